package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.code.Sha256;
import vn.bocau.journey.Http;

/** What an agency hands over is held against its manifest by the phone alone, without signal. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SealTest extends PostOffice {

    private static final String NUMBER = "BK-000.00.12.H50-261128-01";

    /** Every list that is one item away from the right one. @returns how many there were, and which were not noticed */
    private static final String MUTATIONS = """
            async ([seal, key, items]) => {
              const { opened, matches } = await import('/scan/seal.js');
              const sealed = await opened(seal, key);
              let tried = 0;
              const missed = [];
              const hold = async (what, list) => { tried++; if (await matches(sealed, list)) missed.push(what); };
              for (let i = 0; i < items.length; i++) {
                await hold('less ' + i, items.toSpliced(i, 1));
                await hold('twice ' + i, items.toSpliced(i, 0, items[i]));
                await hold('another ' + i, items.with(i, 'RR473124829VN'));
                for (let at = 0; at < 13; at++) {
                  const c = items[i].charCodeAt(at);
                  await hold(`letter ${at} of ${i}`, items.with(i, items[i].slice(0, at) + String.fromCharCode(c ^ 1) + items[i].slice(at + 1)));
                }
              }
              return { tried, missed, right: await matches(sealed, items), anyOrder: await matches(sealed, items.toReversed()) };
            }
            """;

    @Test
    void every_list_one_item_away_from_a_manifest_of_200_is_noticed_without_signal() {
        List<String> items =
                IntStream.range(0, 200).mapToObj("RV1%08dVN"::formatted).toList();
        try (Phone phone = phone()) {
            Page page = phone.page();
            page.navigate(road.at("/scan/").toString());
            page.evaluate("import('/scan/seal.js')");
            road.weather(Road.Weather.CLOSED);
            @SuppressWarnings("unchecked")
            var found = (Map<String, Object>)
                    page.evaluate(MUTATIONS, List.of(seal(key(), items), published(key()), items));

            assertThat(found)
                    .containsEntry("tried", 200 * 16)
                    .containsEntry("missed", List.of())
                    .containsEntry("right", true)
                    .containsEntry("anyOrder", true);
        }
    }

    @Test
    void what_the_worker_did_not_sign_for_is_not_missed() {
        List<String> items = List.of("RV100000003VN", "RV100000017VN");
        String seal = sealed(
                key(),
                "bocau-manifest",
                items,
                Map.of(
                        "by",
                        "buu-ta",
                        "at",
                        "2026-11-28T01:31:00Z",
                        "count",
                        1,
                        "digest",
                        digest(items.subList(0, 1))));
        try (Phone phone = phone()) {
            Page page = phone.page();
            page.navigate(road.at("/scan/").toString());
            String holds = """
                    async ([seal, key, some]) => {
                      const { opened, matches } = await import('/scan/seal.js');
                      return matches(await opened(seal, key), some);
                    }
                    """;

            assertThat(page.evaluate(holds, List.of(seal, published(key()), items.subList(0, 1))))
                    .isEqualTo(true);
            assertThat(page.evaluate(holds, List.of(seal, published(key()), items)))
                    .isEqualTo(false);
        }
    }

    @Test
    void a_seal_that_is_not_ours_or_was_read_wrong_is_none() {
        String ours = seal(key(), List.of("RV100000003VN"));
        String[] parts = ours.split("\\.");
        List<String> none = List.of(
                seal(another(), List.of("RV100000003VN")),
                sealed(key(), "JWT", List.of("RV100000003VN")),
                parts[0] + "." + parts[1].substring(0, 10) + "A" + parts[1].substring(11) + "." + parts[2],
                parts[0] + "." + parts[1] + ".x",
                "eyJ.eyJ.eyJ");
        try (Phone phone = phone()) {
            Page page = phone.page();
            page.navigate(road.at("/scan/").toString());
            String opened = "([seal, key]) => import('/scan/seal.js').then(s => s.opened(seal, key))";

            assertThat(page.evaluate(opened, List.of(ours, published(key())))).isNotNull();
            none.forEach(seal -> assertThat(page.evaluate(opened, List.of(seal, published(key()))))
                    .as(seal)
                    .isNull());
        }
    }

    /** The key of the hub is another since: the paper that was sealed before is still ours. */
    @Test
    void a_seal_outlives_its_key() {
        RSAKey before = another();
        hub.db()
                .sql(
                        "insert into public_key (id, modulus, exponent, first_at) values (?, ?, ?, now() - interval '1 year')")
                .params(
                        before.getKeyID(),
                        before.getModulus().toString(),
                        before.getPublicExponent().toString())
                .update();
        String seal = seal(before, List.of("RV100000003VN"));
        try (Phone phone = phone()) {
            Page page = phone.page();
            page.navigate(road.at("/scan/").toString());
            String token = Http.post(
                            hub.at("/api/scan/v1/sign-in"),
                            Map.of(),
                            Map.of("user", "buu-ta", "password", "buu-ta-sandbox", "device", "seal-phone"))
                    .ok()
                    .path("token")
                    .asText();
            String rules = Http.get(hub.at("/api/scan/v1/rules"), Http.bearer(token))
                    .ok()
                    .path("manifestKeys")
                    .toString();
            String opened = "([seal, keys]) => import('/scan/seal.js').then(s => s.opened(seal, JSON.parse(keys)))";

            assertThat(page.evaluate(opened, List.of(seal, rules))).isNotNull();
            assertThat(page.evaluate(opened, List.of(seal(key(), List.of("RV100000003VN")), rules)))
                    .isNotNull();
            assertThat(page.evaluate(opened, List.of(seal(another(), List.of("RV100000003VN")), rules)))
                    .isNull();
            // Printed before seals named their keys.
            RSAKey nameless = new RSAKey.Builder(before).keyID(null).build();
            assertThat(page.evaluate(opened, List.of(seal(nameless, List.of("RV100000003VN")), rules)))
                    .isNotNull();
        } finally {
            hub.db()
                    .sql("delete from public_key where id = ?")
                    .param(before.getKeyID())
                    .update();
        }
    }

    @Test
    void the_worker_sees_whether_what_was_scanned_is_what_the_paper_says() {
        List<String> codes = new ArrayList<>();
        IntStream.range(0, 3).forEach(i -> codes.add(office.asks("Lê Thị Mẫu", i + " đường Mẫu")));
        List<String> items = office.dispatches(codes);
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            hand.withoutSignal();
            hand.go("#/desk/" + Office.CENTRE + "/fetch");
            Page page = hand.page();
            page.waitForSelector("#manifest");
            hand.scan(seal(key(), items.subList(0, 2)));
            page.waitForSelector("[data-seal=short]");
            assertThat(page.inputValue("#manifest")).isEqualTo(NUMBER);
            hand.scan(items.get(0));
            hand.scan(items.get(2));
            page.waitForSelector("[data-seal=other]");
            assertThat(page.locator("[data-side]").count())
                    .as("of what does not match")
                    .isZero();
            look(page, "seal-other");
            page.click("[data-ticked='" + items.get(2) + "'] button");
            hand.scan(items.get(1));
            page.waitForSelector("[data-seal=whole]");
            assertThat(page.textContent("[data-side=signed]")).contains("can-bo", "08:30");
            assertThat(page.textContent("[data-side=received]")).contains("buu-ta-2", "08:31");
            look(page, "seal-whole");
            hand.scan("eyJhbGciOiJSUzI1NiJ9.e30.AAAA");
            page.waitForSelector("[data-seal=foreign]");
        }
    }

    private static RSAKey another() {
        try {
            return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey key() {
        return hub.bean(RSAKey.class);
    }

    private static List<Map<String, Object>> published(RSAKey... keys) {
        return Stream.of(keys).map(key -> key.toPublicJWK().toJSONObject()).toList();
    }

    private static String seal(RSAKey key, List<String> items) {
        return sealed(key, "bocau-manifest", items);
    }

    private static String digest(List<String> items) {
        String text = NUMBER + "\n" + items.size() + "\n"
                + String.join("\n", items.stream().sorted().toList()) + "\n";
        return Sha256.hex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static String sealed(RSAKey key, String type, List<String> items) {
        return sealed(key, type, items, Map.of("by", "buu-ta-2", "at", "2026-11-28T01:31:00Z"));
    }

    private static String sealed(RSAKey key, String type, List<String> items, Map<String, Object> received) {
        var seal = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(new JOSEObjectType(type))
                        .keyID(key.getKeyID())
                        .build(),
                new Payload(Map.of(
                        "number",
                        NUMBER,
                        "count",
                        items.size(),
                        "digest",
                        digest(items),
                        "signed",
                        Map.of("by", "can-bo", "at", "2026-11-28T01:30:00Z"),
                        "received",
                        received)));
        try {
            seal.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return seal.serialize();
    }
}
