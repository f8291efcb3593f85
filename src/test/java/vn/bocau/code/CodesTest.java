package vn.bocau.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CodesTest {

    @ParameterizedTest
    @CsvSource({
        "0977100001-20261128, •••-20261128",
        "sdt0977100001x, sdt•••x",
        "req/0977.100.001, req/•••",
        "0241-234-5678, •••",
        "+84977100001, +•••",
        "84-977-100-001, •••",
        "(+84)977100001, (+84)•••",
        "02438251234|DELIVERED, •••|DELIVERED",
        "cccd-001099012345~0a1b2c3d, cccd-•••~0a1b2c3d",
        "012345678:7, •••:7",
        "order-lan.nguyen@example.com.vn, •••",
        "mailto:lan@example.vn#2, mailto:•••#2",
        "000.00.12.H50-261128-0001, 000.00.12.H50-261128-0001",
        "G01.899.101.000-260101-0001, G01.899.101.000-260101-0001",
        "EA123456789VN|2026-11-28T08:00:00Z, EA123456789VN|2026-11-28T08:00:00Z",
        "ea123456789vn, ea123456789vn",
        "097710000120261128, •••",
        "202611280977100001-7, •••-7",
        "20261128153000-7, •••-7",
        "cmnd012345678x, cmnd•••x",
        "told-0193e1a2-0000-7000-8000-097710000123-5, told-0193e1a2-0000-7000-8000-097710000123-5",
        "partner@2, partner@2",
        "gọi 0977 100 001 rồi, gọi ••• rồi",
        "0977 100001, •••",
        "+84 977 100 001, +•••",
        "000.00.12.H50-261128-0042 261129 2, 000.00.12.H50-261128-0042 261129 2"
    })
    void of_a_senders_key_all_is_shown_but_what_may_be_a_persons_number_or_address(String key, String shown) {
        assertThat(SenderKey.shown(key)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"000.00.12.H50-260415-0007", "x", "H50/2026 số 7"})
    void a_dossier_code_is_taken_as_it_is(String code) {
        assertThat(new DossierCode(code)).hasToString(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                " a",
                "a\n",
                "a\u0000b",
                "a\u200bb",
                "a\u202eb",
                "a\u2028b",
                "a\ud800b",
                "a\ufffdb",
                "e\u0302\u0303",
                "a\ufe0f",
                "a\u3164b",
                "a\u00a0b",
                "a\ue000b"
            })
    void a_dossier_code_with_something_nobody_can_see_is_refused(String code) {
        assertThatThrownBy(() -> new DossierCode(code)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.ground()).isEqualTo(Refused.Ground.MALFORMED);
            assertThat(refused.code()).isEqualTo("dossier-code");
        });
    }

    @Test
    void a_dossier_code_has_at_most_100_characters() {
        assertThat(new DossierCode("ộ".repeat(100)).value()).hasSize(100);
        assertThatThrownBy(() -> new DossierCode("a".repeat(101))).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0912345678",
                "0912.345.678 / 0913 456 789",
                "+84912345678",
                "84 912 345 678",
                "0084912345678",
                "+84 (0)912-345-678",
                "02333852401",
                "(0233) 3852-401 - 12",
                "0692349999",
                "08043162",
                "190055",
                "1900 1234",
                "18001091",
                "1022",
                "+8562055123456",
                "008562055123456",
                "+1 201 555 0123"
            })
    void a_telephone_number_that_can_be(String written) {
        assertThat(Telephone.isNumber(written)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00000000",
                "0000000000",
                "12345678",
                "0123456789",
                "0412345678",
                "091234567",
                "09123456789",
                "912345678",
                "+84112345678",
                "0233385240",
                "+0912345678",
                "/ 0912345678",
                "0500000000",
                "0710000000",
                "0800000000",
                "0200000000000",
                "+10000000",
                "+8562012345678",
                "٠٩١٢٣٤٥٦٧٨"
            })
    void a_telephone_number_that_cannot_be(String written) {
        assertThat(Telephone.isNumber(written)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0912.345.678 / 0913 456 789 | 0912345678",
                "+84 (0)912-345-678 | 0912345678",
                "84 912 345 678 | 0912345678",
                "0084912345678 | 0912345678",
                "+856 20 55 123 456 | +8562055123456",
                "008562055123456 | +8562055123456",
                "(0233) 3852-401 - 12 | 0233385240112",
                "1900 1234 | 19001234"
            })
    void all_spellings_of_a_number_come_to_one(String written, String plain) {
        assertThat(Telephone.plain(written)).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource({
        "0912345678, true",
        "+84912345678, true",
        "+8562055123456, true",
        "02333852401, false",
        "1022, false",
        "0692349999, false",
        "0500000000, false"
    })
    void messages_arrive_at_mobile_numbers_and_abroad(String written, boolean arrives) {
        assertThat(Telephone.readsMessages(written)).isEqualTo(arrives);
    }

    @Test
    void a_handling_is_named_by_a_time_ordered_uuid() {
        UUID made = UuidCreator.getTimeOrderedEpoch();

        assertThat(Uuid7.of(made.toString().toUpperCase(Locale.ROOT)))
                .isEqualTo(new Uuid7(made))
                .hasToString(made.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-7000-8000-1",
                "f47ac10b-58cc-4372-a567-0e02b2c3d479", // version 4
                "018f3f6e-7c1a-7abc-0000-0123456789ab", // not the variant of RFC 9562
                "018f3f6e7c1a7abc80000123456789ab",
                "018f3f6e-7c1a-7abc-8000-0123456789abc"
            })
    void any_other_name_of_a_handling_is_refused(String id) {
        assertThatThrownBy(() -> Uuid7.of(id)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo("uuid-7");
            assertThat(refused.flaws()).extracting(Refused.Flaw::field).containsExactly("id");
        });
    }

    @Test
    void not_even_a_program_can_make_one_of_another_version() {
        assertThatThrownBy(() -> new Uuid7(UUID.randomUUID())).isInstanceOf(Refused.class);
    }
}
