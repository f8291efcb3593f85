package vn.bocau.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.code.ItemId.Outcome;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ItemIdTest {

    private static final String VECTORS = "/code/s10-test-vectors.csv";

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvFileSource(resources = VECTORS, numLinesToSkip = 1)
    void reads_the_vectors_of_the_standard(String input, String valid, @Nullable String normalized, String reason) {
        ItemId.Reading reading = ItemId.read(input);

        assertThat(reading.outcome())
                .as(reason)
                .isIn(
                        switch (valid) {
                            case "true" -> Set.of(Outcome.VALID);
                            case "warn" -> Set.of(Outcome.WARN);
                            case "repair" -> Set.of(Outcome.REPAIRED);
                            case "repair-or-reject" -> Set.of(Outcome.REPAIRED, Outcome.INVALID);
                            default -> Set.of(Outcome.INVALID);
                        });
        if (normalized != null) {
            assertThat(reading.item()).isEqualTo(new ItemId(normalized));
        }
        assertThat(reading.item() == null).isEqualTo(reading.outcome() == Outcome.INVALID);
        assertThat(reading.reason() == null).isEqualTo(reading.outcome() == Outcome.VALID);
    }

    @Test
    void there_are_29_vectors() throws Exception {
        try (var in = ItemIdTest.class.getResourceAsStream(VECTORS)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .hasSize(30);
        }
    }

    @ParameterizedTest(name = "{0} was {1}")
    @CsvSource({
        "Ê876543216CA, EE876543216CA", // Telex EE
        "ê876543216ca, EE876543216CA",
        "RÁ23456785VN, RA123456785VN", // VNI A1
        "RÀ02607006VN, RA202607006VN", // VNI A2
        "RĐ02607005VN, RD902607005VN", // VNI D9
        "ẼX, ", // too short for either method
        "RƯ123456785VN, RW123456785VN", // Telex lone W
        "RR123456785Ê, RR123456785EE", // Telex in the country
    })
    void puts_back_the_keys_a_vietnamese_keyboard_swallowed(String scanned, @Nullable String meant) {
        ItemId.Reading reading = ItemId.read(scanned);

        assertThat(reading.outcome()).isEqualTo(meant == null ? Outcome.INVALID : Outcome.REPAIRED);
        assertThat(reading.item()).isEqualTo(meant == null ? null : new ItemId(meant));
    }

    @Test
    void telex_and_vni_together_never_leave_a_choice_to_chance() {
        // Ô may be OO (Telex) or O6 (VNI); whichever fits must be the only one that fits.
        Random random = new Random(20260701);
        for (int i = 0; i < 20_000; i++) {
            ItemId item = ItemId.of("" + letter(random) + letter(random), random.nextInt(100_000_000), "VN");
            for (String corrupted : List.of(telex(item.value()), vni(item.value()))) {
                ItemId.Reading reading = ItemId.read(corrupted);
                assertThat(reading.item() == null || reading.item().equals(item))
                        .as("%s became %s and was read as %s", item, corrupted, reading)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ßR123456785VN", "ıR123456785VN", "ﬁ123456785VN", "RR１23456785VN"})
    void no_other_letter_or_digit_turns_into_one_of_ours(String typed) {
        assertThat(ItemId.read(typed).outcome()).isEqualTo(Outcome.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RR123456785", "rr123456785vn", "RR123456784VN", "RR123456785XX", "RR 123 456 785 VN"})
    void only_the_normal_form_is_an_identifier(String text) {
        assertThatThrownBy(() -> new ItemId(text)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.ground()).isEqualTo(Refused.Ground.MALFORMED);
            assertThat(refused.code()).isEqualTo("item-id");
            assertThat(refused.flaws()).extracting(Refused.Flaw::field).containsExactly("item");
        });
    }

    @Test
    void it_is_grouped_for_the_eye_and_read_back() {
        ItemId item = new ItemId("RR123456785VN");

        assertThat(item.grouped()).isEqualTo("RR 123 456 785 VN");
        assertThat(ItemId.read(" rr 123\u00a0456 785 vn").item()).isEqualTo(item);
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource({"RV, 20260006, RV202600060VN", "RV, 20260009, RV202600095VN", "RR, 0, RR000000005VN"})
    void computes_the_check_digit_for_a_pool(String service, int serial, String expected) {
        assertThat(ItemId.of(service, serial, "VN")).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({"R1, 1, VN", "rv, 1, VN", "RVX, 1, VN", "RV, -1, VN", "RV, 100000000, VN", "RV, 1, XX", "RV, 1, V"})
    void makes_nothing_that_is_not_one(String service, int serial, String country) {
        assertThatThrownBy(() -> ItemId.of(service, serial, country)).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @CsvSource({"GA, VALID", "GD, VALID", "GB, WARN", "XA, WARN", "TR, WARN", "QA, VALID"})
    void says_when_an_indicator_is_unusual(String service, Outcome expected) {
        String id = ItemId.of(service, 12345678, "VN").value();

        assertThat(ItemId.read(id).outcome()).isEqualTo(expected);
    }

    private static char letter(Random random) {
        return "AEOUDWRJS".charAt(random.nextInt(9));
    }

    /** The first two letters as Telex rewrites them. */
    private static String telex(String id) {
        return id.replaceFirst("^AA", "Â")
                .replaceFirst("^EE", "Ê")
                .replaceFirst("^OO", "Ô")
                .replaceFirst("^DD", "Đ")
                .replaceFirst("^EJ", "Ẹ")
                .replaceFirst("^ES", "É")
                .replaceFirst("^OW", "Ơ")
                .replaceFirst("^(.)W", "$1Ư");
    }

    /** The second letter and the digit after it as VNI rewrites them. */
    private static String vni(String id) {
        return id.replaceFirst("^(.)A1", "$1Á")
                .replaceFirst("^(.)E5", "$1Ẹ")
                .replaceFirst("^(.)O6", "$1Ô")
                .replaceFirst("^(.)U7", "$1Ư")
                .replaceFirst("^(.)D9", "$1Đ");
    }
}
