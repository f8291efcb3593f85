package vn.bocau.directory;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import vn.bocau.code.Refused;

/** The facts and the samples we ship. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ShippedReferenceTest {

    private static final LocalDate BEFORE = LocalDate.of(2024, 5, 1);
    private static final LocalDate AFTER = LocalDate.of(2026, 1, 1);
    private static final Directories SHIPPED = References.shipped();
    private static final Directory DIRECTORY = SHIPPED.current();

    @Test
    void every_row_we_ship_is_taken() {
        assertThat(SHIPPED.report().refusals()).isEmpty();
        assertThat(SHIPPED.report().taken())
                .containsEntry("communes.csv", 3321 + 264 + 1)
                .containsEntry("commune-successions.csv", 264 + 1)
                .containsEntry("provinces.csv", 34 + 1 + 2)
                .containsEntry("days.csv", 30)
                .containsEntry("partners.csv", 14)
                .containsEntry("procedures.csv", 23);
    }

    @Test
    void a_public_holiday_is_off_and_a_day_like_any_other_is_as_its_week() {
        assertThat(WorkWeek.values()).allSatisfy(week -> {
            assertThat(DIRECTORY.isWorked(week, LocalDate.of(2026, 9, 2))).isFalse();
            assertThat(DIRECTORY.isWorked(week, LocalDate.of(2026, 9, 3))).isTrue();
            assertThat(DIRECTORY.isWorked(week, LocalDate.of(2026, 11, 29)))
                    .as("a Sunday")
                    .isFalse();
        });
        assertThat(DIRECTORY.isWorked(WorkWeek.POST, LocalDate.of(2026, 11, 28)))
                .as("a Saturday")
                .isTrue();
        assertThat(DIRECTORY.isWorked(WorkWeek.AGENCY, LocalDate.of(2026, 11, 28)))
                .isFalse();
    }

    /** Article 112 of the Labour Code gives 11 days, and Article 111 another for each that falls on a day of rest. */
    @Test
    void each_year_has_the_days_the_law_gives_by_either_week() {
        for (int year : new int[] {2026, 2027}) {
            for (WorkWeek week : WorkWeek.values()) {
                long off = LocalDate.of(year, 1, 1)
                        .datesUntil(LocalDate.of(year + 1, 1, 1))
                        .filter(day -> week.isWorked(day) && !DIRECTORY.isWorked(week, day))
                        .count();
                long madeUp = LocalDate.of(year, 1, 1)
                        .datesUntil(LocalDate.of(year + 1, 1, 1))
                        .filter(day -> !week.isWorked(day) && DIRECTORY.isWorked(week, day))
                        .count();
                assertThat(off - madeUp).as(year + " " + week).isEqualTo(11);
            }
        }
        assertThat(DIRECTORY.holidaysKnownUntil()).contains(LocalDate.of(2027, 12, 31));
    }

    /** What is announced first of a year is its first day: its Tết is no known holiday by that. */
    @Test
    void a_year_is_known_when_it_has_as_many_holidays_as_a_year_has(@TempDir Path folder) throws IOException {
        String shipped = new ClassPathResource("reference/days.csv").getContentAsString(StandardCharsets.UTF_8);
        Path days = folder.resolve("days.csv");
        Files.writeString(days, shipped + "2028-01-01,HOLIDAY,ALL,Tết\n2028-01-03,HOLIDAY,AGENCY,Nghỉ bù\n");
        assertThat(References.in(folder).current().holidaysKnownUntil()).contains(LocalDate.of(2027, 12, 31));

        Files.writeString(
                days, shipped + shipped.substring(shipped.indexOf("2027-01-01")).replace("2027-", "2029-"));
        assertThat(References.in(folder).current().holidaysKnownUntil())
                .as("2028 is missing")
                .contains(LocalDate.of(2027, 12, 31));

        Files.writeString(
                days,
                shipped
                        + shipped.substring(shipped.indexOf("2027-01-01"))
                                .replace("2027-", "2028-")
                                .replace(",ALL,", ",POST,"));
        assertThat(References.in(folder).current().holidaysKnownUntil())
                .as("known to the post alone")
                .contains(LocalDate.of(2027, 12, 31));
    }

    @Test
    void a_saturday_worked_in_place_of_a_monday_is_worked_at_desks_alone() {
        assertThat(DIRECTORY.isWorked(WorkWeek.AGENCY, LocalDate.of(2026, 8, 22)))
                .isTrue();
        assertThat(DIRECTORY.isWorked(WorkWeek.AGENCY, LocalDate.of(2026, 8, 31)))
                .isFalse();
        assertThat(DIRECTORY.isWorked(WorkWeek.POST, LocalDate.of(2026, 8, 31))).isTrue();
    }

    @Test
    void nothing_invented_is_in_force_without_the_sandbox() {
        Directories real = References.withoutSandbox();

        assertThat(real.report().refusals()).isEmpty();
        assertThat(real.current().communes("44", AFTER)).hasSize(78);
        assertThat(real.current().partners()).isEmpty();
        assertThat(real.current().agencies()).isEmpty();
        assertThat(real.current().offices()).isEmpty();
        assertThat(real.current().procedures()).isEmpty();
        assertThat(real.current().pools()).isEmpty();
    }

    @Test
    void the_country_has_34_provinces_and_3321_communes_78_of_them_in_quang_tri() {
        List<Province> provinces = DIRECTORY.provinces(AFTER);

        assertThat(provinces).hasSize(34).extracting(Province::code).isSorted();
        assertThat(provinces.stream()
                        .mapToInt(p -> DIRECTORY.communes(p.code(), AFTER).size())
                        .sum())
                .isEqualTo(3321);
        assertThat(DIRECTORY.communes("44", AFTER))
                .hasSize(78)
                .extracting(Commune::code)
                .isSorted();
    }

    @Test
    void the_two_old_provinces_had_264_communes_and_con_co() {
        assertThat(DIRECTORY.communes("44", BEFORE)).hasSize(145);
        assertThat(DIRECTORY.communes("45", BEFORE)).hasSize(119 + 1);
        assertThat(DIRECTORY.successors("471", BEFORE))
                .extracting(Commune::fullName)
                .containsExactly("Đặc khu Cồn Cỏ");
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({
        "44, 2025-06-30, Tỉnh Quảng Bình",
        "44, 2025-07-01, Tỉnh Quảng Trị",
        "45, 2025-06-30, Tỉnh Quảng Trị",
        "45, 2025-07-01, ",
        "75, 2026-04-29, Tỉnh Đồng Nai",
        "75, 2026-04-30, Thành phố Đồng Nai"
    })
    void a_province_code_means_nothing_without_a_day(String code, LocalDate on, String name) {
        assertThat(DIRECTORY.province(code, on).map(Province::fullName).orElse(null))
                .isEqualTo(name);
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({
        "18859, 2024-05-01, Phường Bắc Lý",
        "18859, 2025-06-30, Phường Bắc Lý",
        "18859, 2025-07-01, Phường Đồng Thuận",
        "18859, 2026-01-01, Phường Đồng Thuận",
        "19333, 2024-05-01, Phường 1",
        "19333, 2026-01-01, Phường Đông Hà",
        "18883, 2024-05-01, Xã Quang Phú",
        "18883, 2026-01-01, "
    })
    void a_commune_code_means_nothing_without_a_day(String code, LocalDate on, String name) {
        assertThat(DIRECTORY.commune(code, on).map(Commune::fullName).orElse(null))
                .isEqualTo(name);
    }

    @Test
    void sixty_two_of_the_78_codes_were_the_code_of_something_else() {
        List<Commune> now = DIRECTORY.communes("44", AFTER);

        assertThat(now.stream().filter(c -> DIRECTORY.commune(c.code(), BEFORE).isPresent()))
                .hasSize(77);
        assertThat(now.stream()
                        .filter(c -> DIRECTORY
                                .commune(c.code(), BEFORE)
                                .filter(then -> !PlaceNames.same(then.fullName(), c.fullName()))
                                .isPresent()))
                .hasSize(62);
    }

    @Test
    void every_old_commune_became_something_and_every_new_one_came_from_something() {
        List<Commune> old = List.of("44", "45").stream()
                .flatMap(p -> DIRECTORY.communes(p, BEFORE).stream())
                .toList();

        assertThat(old)
                .allSatisfy(c -> assertThat(DIRECTORY.successors(c.code(), BEFORE))
                        .as(c.fullName())
                        .isNotEmpty());
        assertThat(old.stream().flatMap(c -> DIRECTORY.successors(c.code(), BEFORE).stream()))
                .containsAll(DIRECTORY.communes("44", AFTER));
        assertThat(DIRECTORY.successors("18859", AFTER)).isEmpty();
    }

    @Test
    void each_of_the_78_communes_is_served_by_exactly_one_office_on_its_side_of_the_old_border() {
        Map<String, Long> served = DIRECTORY.offices().stream()
                .flatMap(o -> o.communes().stream())
                .collect(groupingBy(c -> c, counting()));

        assertThat(served)
                .hasSize(78)
                .allSatisfy(
                        (commune, offices) -> assertThat(offices).as(commune).isEqualTo(1));
        assertThat(DIRECTORY.communes("44", AFTER)).allSatisfy(c -> {
            String side = DIRECTORY.communes("44", BEFORE).stream()
                            .anyMatch(o -> o.code().equals(c.code()))
                    ? "51"
                    : "52";
            assertThat(DIRECTORY.officeServing(c.code()).orElseThrow().code())
                    .as(c.fullName())
                    .startsWith(side);
        });
        assertThat(DIRECTORY.officeServing("19333").orElseThrow().code()).isEqualTo("520100");
        assertThat(DIRECTORY.officeOfDistrict(5210).orElseThrow().code()).isEqualTo("520100");
        assertThat(DIRECTORY.offices()).extracting(PostOffice::carrier).contains("OWN", "carrier-x");
    }

    @ParameterizedTest(name = "{0} {1} on {2}: {3}")
    @CsvSource({
        "1.012783, DIRECT, 2026-06-30, 50000",
        "1.012783, DIRECT, 2026-07-01, 60000",
        "1.012783, ONLINE, 2026-07-01, 30000",
        "2.000635, ONLINE, 2026-07-01, 0",
        "2.000635, DIRECT, 2026-07-01, 8000",
        "2.000635, POST, 2026-07-01, 8000"
    })
    void a_fee_depends_on_the_channel_and_the_day_filed(String procedure, Channel channel, LocalDate on, long fee) {
        assertThat(DIRECTORY.fee(procedure, channel, on)).isEqualTo(fee);
    }

    @ParameterizedTest
    @CsvSource({"2.000635, DIRECT, 2020-01-01", "9.999999, DIRECT, 2026-07-01"})
    void a_fee_nobody_has_set_is_not_nothing(String procedure, Channel channel, LocalDate on) {
        assertThatThrownBy(() -> DIRECTORY.fee(procedure, channel, on))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo("fee-not-set"));
    }

    @Test
    void level_1_is_never_carried() {
        assertThat(DIRECTORY.procedures().stream().filter(p -> p.level() == 1))
                .isNotEmpty()
                .allMatch(p -> !p.pickupByPost() && !p.resultByPost());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void every_cell_of_the_level_matrix_has_a_procedure(int level) {
        List<Procedure> some =
                DIRECTORY.procedures().stream().filter(p -> p.level() == level).toList();

        assertThat(some).extracting(Procedure::pickupByPost).contains(true, false);
        assertThat(some).extracting(Procedure::resultByPost).contains(true, false);
        assertThat(some).extracting(Procedure::identityCheck).contains(true, false);
        if (level > 2) {
            assertThat(some)
                    .extracting(Procedure::asksForOriginals, Procedure::resultByPost)
                    .contains(tuple(true, true), tuple(true, false), tuple(false, true), tuple(false, false));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dvcqg, PORTAL, portal.dvcqg, http://localhost:8090/portal/dvcqg, portal-dvcqg",
        "opencps, PORTAL, portal.opencps, http://localhost:8090/portal/opencps, portal-opencps",
        "webhook-portal, PORTAL, portal.webhook-portal, http://localhost:8090/portal/webhook, portal-webhook",
        "trung-tam-hcc, AGENCY, agency.trung-tam-hcc, http://localhost:8090/agency/soap, trung-tam-hcc",
        "ubnd-dong-ha, AGENCY, agency.ubnd-dong-ha, http://localhost:8090/agency/rest, ubnd-dong-ha",
        "qti-tthcc, ONE_STOP, one-stop.qti-tthcc, , sandbox-key",
        "carrier-x, CARRIER, carrier.carrier-x, http://localhost:8090/carrier/ngsp, ",
        "tin-nhan, NOTIFIER, notifier.tin-nhan, http://localhost:8090/notifier, "
    })
    void the_sandbox_plays_eight_partners(String id, Partner.Kind kind, String queue, String url, String client) {
        Partner partner = DIRECTORY.partner(id).orElseThrow();

        assertThat(partner)
                .extracting(Partner::kind, Partner::queue, Partner::baseUrl, Partner::clientId)
                .containsExactly(kind, queue, url, client);
        if (client != null) {
            assertThat(DIRECTORY.partnerByClientId(client)).contains(partner);
        }
    }
}
