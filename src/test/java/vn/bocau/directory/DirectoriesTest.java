package vn.bocau.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

/** The reference data we ship, and what happens to rows that are wrong. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DirectoriesTest {

    private static final LocalDate BEFORE = LocalDate.of(2024, 5, 1);
    private static final LocalDate AFTER = LocalDate.of(2026, 9, 1);
    private static final Directories SHIPPED = read("");

    @TempDir
    Path folder;

    @Test
    void every_row_we_ship_is_taken() {
        assertThat(SHIPPED.report().refusals()).isEmpty();
        assertThat(SHIPPED.report().taken())
                .containsEntry("communes.csv", 3321 + 264)
                .containsEntry("provinces.csv", 34 + 1 + 2)
                .containsEntry("partners.csv", 7);
    }

    @Test
    void today_has_34_provinces_and_3321_communes_78_of_them_in_quang_tri() {
        Directory directory = SHIPPED.current();
        List<String> provinces = directory.communes("44", AFTER).stream()
                .map(Commune::province)
                .distinct()
                .toList();

        assertThat(provinces).containsExactly("44");
        assertThat(directory.communes("44", AFTER)).hasSize(78);
        assertThat(directory.communes("44", BEFORE)).hasSize(145);
        assertThat(directory.communes("45", BEFORE)).hasSize(119);
        assertThat(directory.province("45", AFTER)).isEmpty();
        assertThat(directory.province("44", BEFORE).orElseThrow().name()).isEqualTo("Quảng Bình");
        assertThat(directory.province("44", AFTER).orElseThrow().name()).isEqualTo("Quảng Trị");
    }

    @Test
    void a_commune_code_means_nothing_without_a_day() {
        Directory directory = SHIPPED.current();

        assertThat(directory.commune("18859", BEFORE).orElseThrow().fullName()).isEqualTo("Phường Bắc Lý");
        assertThat(directory.commune("18859", AFTER).orElseThrow().fullName()).isEqualTo("Phường Đồng Thuận");
        assertThat(directory.successors("18859", BEFORE))
                .extracting(Commune::name)
                .containsExactly("Đồng Thuận");
        assertThat(directory.successors("18859", AFTER)).isEmpty();
    }

    @Test
    void sixty_two_of_the_new_codes_were_the_code_of_something_else() {
        Directory directory = SHIPPED.current();
        long reused = directory.communes("44", AFTER).stream()
                .filter(now -> directory
                        .commune(now.code(), BEFORE)
                        .filter(then -> !PlaceNames.same(then.fullName(), now.fullName()))
                        .isPresent())
                .count();
        long sameCode = directory.communes("44", AFTER).stream()
                .filter(now -> directory.commune(now.code(), BEFORE).isPresent())
                .count();

        assertThat(sameCode).isGreaterThanOrEqualTo(62);
        assertThat(reused).isEqualTo(62);
    }

    @Test
    void every_old_commune_has_a_successor_today() {
        Directory directory = SHIPPED.current();
        for (String province : List.of("44", "45")) {
            assertThat(directory.communes(province, BEFORE))
                    .allSatisfy(c -> assertThat(directory.successors(c.code(), BEFORE))
                            .as(c.fullName())
                            .isNotEmpty());
        }
    }

    @Test
    void each_of_the_78_communes_is_served_by_exactly_one_office() {
        Directory directory = SHIPPED.current();
        Map<String, Long> served = directory.offices().stream()
                .flatMap(o -> o.communes().stream())
                .collect(Collectors.groupingBy(c -> c, Collectors.counting()));

        assertThat(served)
                .hasSize(78)
                .allSatisfy((commune, offices) -> assertThat(offices).isEqualTo(1));
        assertThat(directory.communes("44", AFTER))
                .allSatisfy(c -> assertThat(directory.officeServing(c.code())).isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "1.012783, DIRECT, 2026-06-30, 50000",
        "1.012783, DIRECT, 2026-07-01, 60000",
        "1.012783, ONLINE, 2026-07-01, 30000",
        "2.000635, ONLINE, 2026-07-01, 0",
        "2.000635, DIRECT, 2026-07-01, 8000",
        "2.000635, DIRECT, 2020-01-01, 0"
    })
    void a_fee_depends_on_the_channel_and_the_day_filed(String procedure, Channel channel, LocalDate on, long fee) {
        assertThat(SHIPPED.current().fee(procedure, channel, on)).isEqualTo(fee);
    }

    @Test
    void every_level_and_every_eligibility_is_in_the_sample() {
        assertThat(SHIPPED.current().procedures()).extracting(Procedure::level).contains(1, 2, 3, 4);
        for (int level : new int[] {2, 3, 4}) {
            var some = SHIPPED.current().procedures().stream()
                    .filter(p -> p.level() == level)
                    .toList();
            assertThat(some)
                    .extracting(Procedure::resultByPost)
                    .as("level " + level)
                    .contains(true, false);
            assertThat(some)
                    .extracting(Procedure::pickupByPost)
                    .as("level " + level)
                    .contains(true, false);
        }
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '!', textBlock = """
            provinces.csv ! code,name,full_name,valid_from,valid_to\\n4,X,Tỉnh X,2025-07-01, ! two digits
            provinces.csv ! code,name,full_name,valid_from,valid_to\\n44,X,Tỉnh X,2025-13-01, ! a day such as
            provinces.csv ! code,name,full_name,valid_from,valid_to\\n44,X,Tỉnh X,2025-07-01,2020-01-01 ! validity
            provinces.csv ! code,name,full_name,valid_from,valid_to\\n44,,Tỉnh X,2025-07-01, ! Column name is empty
            communes.csv ! code,name,full_name,province,district,valid_from,valid_to\\n1,X,Xã X,44,,2025-07-01, ! five digits
            communes.csv ! code,name,full_name,province,district,valid_from,valid_to\\n18859,X,Xã X,99,,2025-07-01, ! no province 99
            commune-successions.csv ! old_code,new_code,on\\n99999,18859,2025-07-01 ! no commune 99999 before
            commune-successions.csv ! old_code,new_code,on\\n18859,99999,2025-07-01 ! no commune 99999 from
            agencies.csv ! id,name,commune,street,phone,office,partner,portal\\nA,B,19333,S,1,999999,, ! no post office 999999
            agencies.csv ! id,name,commune,street,phone,office,partner,portal\\nA,B,00000,S,1,520100,, ! no commune 00000 today
            post-offices.csv ! code,name,commune,street,phone,carrier,communes,vnpost_district\\n52,B,19333,S,1,OWN,19333, ! six digits
            post-offices.csv ! code,name,commune,street,phone,carrier,communes,vnpost_district\\n520100,B,19333,S,1,nobody,19333, ! no partner nobody
            procedures.csv ! code,name,field,level,papers,pickup_by_post,result_by_post,identity_check,originals_back\\nx,B,C,3,,yes,yes,yes,0 ! a code such as
            procedures.csv ! code,name,field,level,papers,pickup_by_post,result_by_post,identity_check,originals_back\\n1.000001,B,C,5,,yes,yes,yes,0 ! from 1 to 4
            procedures.csv ! code,name,field,level,papers,pickup_by_post,result_by_post,identity_check,originals_back\\n1.000001,B,C,3,Tờ khai,yes,yes,yes,0 ! name|original
            procedures.csv ! code,name,field,level,papers,pickup_by_post,result_by_post,identity_check,originals_back\\n1.000001,B,C,3,,maybe,yes,yes,0 ! yes or no
            fees.csv ! procedure,channel,amount,valid_from,valid_to\\n1.001193,FAX,1,2025-07-01, ! one of
            fees.csv ! procedure,channel,amount,valid_from,valid_to\\n1.001193,DIRECT,-1,2025-07-01, ! whole number
            fees.csv ! procedure,channel,amount,valid_from,valid_to\\n9.999999,DIRECT,1,2025-07-01, ! no procedure 9.999999
            partners.csv ! id,kind,name,dialect,delivery,base_url,client_id,secret,agency,concurrency,settings\\nA B,PORTAL,N,,NONE,,,,,1, ! lower-case
            partners.csv ! id,kind,name,dialect,delivery,base_url,client_id,secret,agency,concurrency,settings\\na1,PORTAL,N,,PUSH,,,,,1, ! needs a dialect
            partners.csv ! id,kind,name,dialect,delivery,base_url,client_id,secret,agency,concurrency,settings\\na1,PORTAL,N,,NONE,,c,,,1, ! name of a secret
            partners.csv ! id,kind,name,dialect,delivery,base_url,client_id,secret,agency,concurrency,settings\\na1,PORTAL,N,,NONE,,,,999,1, ! no agency 999
            partners.csv ! id,kind,name,dialect,delivery,base_url,client_id,secret,agency,concurrency,settings\\na1,PORTAL,N,,NONE,,,,,0, ! from 1 to 64
            partners.csv ! id,kind,name,dialect,delivery,base_url,client_id,secret,agency,concurrency,settings\\na1,PORTAL,N,,NONE,,,,,1,nonsense ! name=value
            """)
    void a_wrong_row_is_refused_with_its_line_and_the_reason(String file, String content, String reason)
            throws IOException {
        Files.writeString(folder.resolve(file), content.replace("\\n", "\n") + "\n");

        LoadReport report = read(folder.toString()).report();

        assertThat(report.refusals()).filteredOn(r -> r.file().equals(file)).anySatisfy(r -> {
            assertThat(r.line()).isEqualTo(2);
            assertThat(r.reason().en()).contains(reason);
            assertThat(r.reason().vi()).isNotBlank();
        });
    }

    @Test
    void a_reload_with_a_wrong_row_changes_nothing_and_a_right_one_takes_all() throws IOException {
        Path fees = folder.resolve("fees.csv");
        Files.writeString(fees, "procedure,channel,amount,valid_from,valid_to\n1.001193,DIRECT,7,2025-07-01,\n");
        Directories directories = read(folder.toString());
        Directory before = directories.current();

        Files.writeString(
                fees,
                "procedure,channel,amount,valid_from,valid_to\n1.001193,DIRECT,9,2025-07-01,\n1.001193,FAX,9,2025-07-01,\n");
        assertThat(directories.reload().inForce()).isFalse();
        assertThat(directories.current()).isSameAs(before);

        Files.writeString(fees, "procedure,channel,amount,valid_from,valid_to\n1.001193,DIRECT,9,2025-07-01,\n");
        assertThat(directories.reload().inForce()).isTrue();
        assertThat(directories.current().fee("1.001193", Channel.DIRECT, AFTER)).isEqualTo(9);
    }

    @Test
    void without_the_sandbox_there_is_no_sandbox_partner() {
        var environment = new MockEnvironment().withProperty("bocau.sandbox.enabled", "false");

        assertThat(new FileDirectories(new ReferenceFiles(environment))
                        .current()
                        .partners())
                .isEmpty();
    }

    private static Directories read(String folder) {
        return new FileDirectories(new ReferenceFiles(new MockEnvironment()
                .withProperty("bocau.reference", folder)
                .withProperty("bocau.sandbox.enabled", "true")
                .withProperty("bocau.sandbox.url", "http://localhost:8090")));
    }
}
