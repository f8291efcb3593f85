package vn.bocau.wire.http.ngsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.lang3.StringUtils;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import vn.bocau.journey.Http;
import vn.bocau.wire.http.OwnHub;

/** One partner's token that cannot be read is that partner's trouble alone. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@ExtendWith(OutputCaptureExtension.class)
class UnreadableTokenTest {

    @TempDir
    Path folder;

    @Test
    void the_others_come_in_and_the_operator_is_told_who_cannot(CapturedOutput log) throws Exception {
        Path reference = Files.createDirectory(folder.resolve("reference"));
        Files.writeString(
                reference.resolve("partners.csv"),
                "id,kind,name,dialect,delivery,base_url,client_id,secret,agency,concurrency,settings\n"
                        + row("a-one", "broken") + row("b-two", "missing") + row("z-three", "whole"));
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("whole"), "agreed-with-three");
        // A folder where a file should be cannot be read, by root neither.
        Path broken = Files.createDirectory(secrets.resolve("broken"));
        try (var hub =
                new OwnHub(Map.of("bocau.reference", reference, "bocau.secrets", secrets), OrderingDomain.class)) {
            var sdk = new Sdk(hub);

            assertThat(token(sdk, "agreed-with-three")).isEqualTo(200);
            assertThat(token(sdk, "agreed-with-three")).isEqualTo(200);
            assertThat(token(sdk, "agreed-with-one")).isEqualTo(401);
            assertThat(StringUtils.countMatches(log.getOut(), "a-one không vào được bằng static-token"))
                    .isEqualTo(1);
            assertThat(StringUtils.countMatches(log.getOut(), "b-two không vào được bằng static-token"))
                    .isEqualTo(1);
            assertThat(shut(hub, "a-one")).contains("Không đọc được tệp", "cannot be read");
            assertThat(shut(hub, "b-two")).contains("is not set");
            assertThat(shut(hub, "z-three")).isEqualTo("[] []");

            mend(broken);

            assertThat(token(sdk, "agreed-with-one")).isEqualTo(200);
            assertThat(shut(hub, "a-one")).isEqualTo("[] []");
        }
    }

    private static String row(String id, String token) {
        return id + ",ONE_STOP,Một cửa,,FETCH,,,,000.00.12.H50,1,customer-code=" + id + ";static-token=" + token + "\n";
    }

    private static int token(Sdk sdk, String agreed) {
        return sdk.post("/ngsp/token", Map.of("Authorization", "Bearer " + agreed), "")
                .http();
    }

    private static String shut(OwnHub hub, String id) {
        for (JsonNode partner : Http.get(hub.at("/api/ops/v1/partners"), Http.basic("truc-ca", "truc-ca-sandbox"))
                .json()) {
            if (partner.path("id").asText().equals(id)) {
                return partner.path("shut").findValuesAsText("vi") + " "
                        + partner.path("shut").findValuesAsText("en");
            }
        }
        throw new AssertionError("no partner " + id);
    }

    private static void mend(Path broken) throws IOException {
        Files.delete(broken);
        Files.writeString(broken, "agreed-with-one");
    }
}
