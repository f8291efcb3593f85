package vn.bocau.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.code.Misconfigured;

/** Which PostgreSQL will do, by the number it gives itself (server_version_num). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DurabilityTest {

    @ParameterizedTest
    @CsvSource({"140019, 14", "130000, 13", "90624, 9"})
    void one_that_is_too_old_is_told_of(int number, int version) {
        var told = catchThrowableOfType(Misconfigured.class, () -> Durability.checkVersion(number));

        assertThat(told.flaws().get(0).wrong().en())
                .isEqualTo("The PostgreSQL in BOCAU_DB_URL is version " + version + ", too old.");
        assertThat(told.flaws().get(0).wrong().vi()).contains("là bản " + version);
        assertThat(told.flaws().get(0).cure().en()).startsWith("use version 15 or later");
    }

    @ParameterizedTest
    @ValueSource(ints = {150000, 150014, 180006})
    void from_15_on_it_will_do(int number) {
        assertThatCode(() -> Durability.checkVersion(number)).doesNotThrowAnyException();
    }
}
