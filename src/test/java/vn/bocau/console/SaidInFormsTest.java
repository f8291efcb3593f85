package vn.bocau.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.code.Refused;
import vn.bocau.wire.http.Why;

/** A form brings what no JSON could: PostgreSQL keeps no zero, and nobody can read what turns the line around. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SaidInFormsTest {

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\u0001b", "a\u202Eb", "a\uD800b"})
    void what_cannot_be_kept_is_refused_by_its_field(String said) {
        assertThat(catchThrowableOfType(Refused.class, () -> Why.said(said)).flaws())
                .extracting(Refused.Flaw::field)
                .containsExactly("/reason");
        var routes = new FailureRoutes(new DefaultCamelContext());
        var ask = new MendAsk(null, null, said, said, said, null, null, null, null, null, null, null);
        for (List<Refused.Flaw> flaws : List.of(
                catchThrowableOfType(Refused.class, () -> ask.wanted(routes)).flaws(),
                catchThrowableOfType(Refused.class, () -> ask.chosen(routes)).flaws())) {
            assertThat(flaws).extracting(Refused.Flaw::field).containsExactly("/code", "/partner", "/kind");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "công dân 0912345678 gọi hỏi",
                "gọi 0912.345.678",
                "gọi 0912 345 678",
                "gọi +84 912 345 678",
                "84912345678",
                "CCCD 045203001234",
                "viết cho lan.nguyen@example.vn",
                "gọi 0912 34 56 78 không được",
                "SĐT:0912.34.56.78",
                "gọi 0912-345 678",
                "gọi (0912) 345678",
                "gọi (+84) 912 34 56 78",
                "gọi 0912 – 345 – 678",
                "091 2345 678",
                "0912\u00a0345\u00a0678",
                "CMND 191 234 567",
                "CCCD 0452 0300 1234",
                "ĐT.0912 345 678",
                "ĐT.0912.34.56.78",
                "Tel.0912 345 678",
                "SĐT-0912 34 56 78",
                "CMND 191 234 567 đã hết hạn",
                "gọi 912 345 678 để hỏi",
                "0912,345,678",
                "0912/345/678",
                "191-234-567",
                "gọi 0912.34.10.20 hoặc 09.12.34.10.20",
                "gọi 09.12 345 678",
                "09.12 34 56 78",
                "0912 34 08.12",
                "0912 34 05-12",
                "0912 34.5 678",
                "0912 10.20 30",
                "091 234 08.12",
                "ĐT 091 234 567 VN"
            })
    void a_person_s_number_or_address_is_refused_with_what_to_write_instead(String said) {
        assertThat(catchThrowableOfType(Refused.class, () -> Why.said(said)).flaws())
                .singleElement()
                .satisfies(flaw -> {
                    assertThat(flaw.field()).isEqualTo("/reason");
                    assertThat(flaw.wrong().vi()).contains("mã hồ sơ").doesNotContain(said);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hồ sơ 000.00.12.H50-261128-0042, bưu gửi RR123456785VN",
                "đợt 0193e1a2-0000-7000-8000-097710000123",
                "biên nhận 4711023, BL-0001",
                "bảo trì từ 22:00 30/11/2026 đến 06:00 01-12-2026",
                "hết lúc 2026-11-30T22:00:00Z",
                "thiếu 1.250.000 đồng ở bưu cục 520100",
                "thiếu 191 234 567 đồng",
                "bưu gửi ca000000119vn",
                "tới 01-12-2026 06:30, hoặc 05.12.2026 8h",
                "từ 01-12-2026 - 05-12-2026",
                "tạm dừng 06.12 08.00 - 10.00",
                "nghỉ 08.30 - 17.00 05.12",
                "nghỉ 05-12 07.30-11.30 13.30-17.00",
                "các ngày 01/12, 02/12, 03/12",
                "thiếu 191 234 567đ",
                "đợt 0193e1af-0000-7000-8000-09771000012f",
                "nghỉ 06/12/26 - 08/12/26",
                "06/12/26-08/12/26",
                "bảo trì 01/2026 - 12/2026",
                "mất bưu gửi CA 000 000 119 VN"
            })
    void codes_times_and_amounts_are_no_person_s(String said) {
        assertThat(Why.said(said)).isEqualTo(said);
    }
}
