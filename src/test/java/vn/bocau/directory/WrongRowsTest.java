package vn.bocau.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are wrong: each refused by itself, with file, line and reason. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WrongRowsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"partner.csv", "sandbox/Partners.csv"})
    void a_file_that_nothing_reads_is_told_of(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "id,kind\n");
        Files.writeString(folder.resolve("README.md"), "for people");

        assertThat(References.in(folder).report().refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.where()).isEqualTo(name);
            assertThat(refusal.reason().en()).contains("partners.csv");
        });
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '!', textBlock = """
            provinces.csv           ! 4,X,Tỉnh X,2025-07-01,                        ! two digits
            provinces.csv           ! 99,X,Tỉnh X,2025-13-01,                       ! a day such as
            provinces.csv           ! 99,X,Tỉnh X,,                                 ! Column valid_from is empty
            provinces.csv           ! 99,X,Tỉnh X,2025-07-01,2020-01-01             ! validity
            provinces.csv           ! 44,X,Tỉnh X,2025-06-30,2025-06-30             ! validity
            provinces.csv           ! 99,,Tỉnh X,2025-07-01,                        ! Column name is empty
            communes.csv            ! 1,X,Xã X,44,,2025-07-01,                      ! five digits
            communes.csv            ! 99998,X,Xã X,99,,2025-07-01,                  ! no province 99
            communes.csv            ! 99998,X,Xã X,45,,2025-07-01,                  ! no province 45
            communes.csv            ! 18859,X,Xã X,44,,2025-12-31,                  ! validity
            commune-successions.csv ! 99999,18859,2025-07-01                        ! no commune 99999 before
            commune-successions.csv ! 18859,18883,2025-07-01                        ! no commune 18883 from
            commune-successions.csv ! 18859,18859,2025-07-01                        ! already
            agencies.csv            ! A,B,19333,S,1,999999,,                        ! no post office 999999
            agencies.csv            ! A,B,18883,S,1,520100,,                        ! no commune 18883 today
            agencies.csv            ! A,B,19333,S,1,520100,so-tu-fap,               ! no partner so-tu-fap
            agencies.csv            ! A,B,19333,S,1,520100,dvcqg,                   ! of kind AGENCY
            agencies.csv            ! A,B,19333,S,1,520100,,trung-tam-hcc              ! of kind PORTAL
            agencies.csv            ! 000.00.12.H50,B,19333,S,1,520100,,            ! another row
            post-offices.csv        ! 52,B,19333,S,1,OWN,19333,                     ! six digits
            post-offices.csv        ! 529999,B,19333,S,1,OWN,,                      ! Column communes is empty
            post-offices.csv        ! 529999,B,19333,S,1,nobody,19333,              ! no partner nobody
            post-offices.csv        ! 529999,B,19333,S,1,dvcqg,19333,               ! of kind CARRIER
            post-offices.csv        ! 529999,B,19333,S,1,OWN,19333,                 ! served by office 520100
            post-offices.csv        ! 529999,B,19333,S,1,OWN,18883,                 ! no commune 18883 today
            post-offices.csv        ! 529999,B,19333,S,1,OWN,00004,521              ! four digits
            post-offices.csv        ! 529999,B,19333,S,1,OWN,00004,5210             ! another row
            post-offices.csv        ! 520100,B,19333,S,1,OWN,00004,                 ! another row
            payees.csv              ! Công Chứng,B,0100000009,                      ! lower-case letters
            payees.csv              ! a,,0100000009,                                ! Column name is empty
            payees.csv              ! a,B,01000,                                    ! a tax code of 10 digits
            payees.csv              ! cong-chung-mau,B,0100000009,                  ! another row
            item-pools.csv          ! nobody,RV,1,2,0                               ! no partner nobody
            item-pools.csv          ! OWN,R1,1,2,0                                  ! two capital letters
            item-pools.csv          ! OWN,RZ,2,1,0                                  ! greater
            item-pools.csv          ! OWN,RZ,1,123456789,0                          ! whole number
            item-pools.csv          ! OWN,RR,20099999,20100000,0                    ! overlaps
            procedures.csv          ! x,B,C,3,,yes,yes,yes,0                        ! a code such as
            procedures.csv          ! 1.000001,B,C,5,,yes,yes,yes,0                 ! from 1 to 4
            procedures.csv          ! 1.000001,B,C,3,Tờ khai,yes,yes,yes,0          ! name|original
            procedures.csv          ! 1.000001,B,C,3,,maybe,yes,yes,0               ! yes or no
            procedures.csv          ! 1.001193,B,C,3,,yes,yes,yes,0                 ! another row
            fees.csv                ! 1.001193,FAX,1,2025-07-01,                    ! one of
            fees.csv                ! 1.001193,DIRECT,-1,2024-07-01,2024-07-01      ! whole number
            fees.csv                ! 1.001193,DIRECT,1.5,2024-07-01,2024-07-01     ! whole number
            fees.csv                ! 9.999999,DIRECT,1,2025-07-01,                 ! no procedure 9.999999
            fees.csv                ! 1.001193,DIRECT,1,2024-07-01,2025-07-01       ! validity
            partners.csv            ! A B,PORTAL,N,,NONE,,,,,1,                     ! lower-case
            partners.csv            ! dvcqg,PORTAL,N,,NONE,,,,,1,                   ! another row
            partners.csv            ! a1,POST,N,,NONE,,,,,1,                        ! one of
            partners.csv            ! a1,PORTAL,N,,PUSH,,,,,1,                      ! needs a dialect
            partners.csv            ! a1,PORTAL,N,webhook,PUSH,,,,,1,               ! needs a dialect
            partners.csv            ! a1,PORTAL,N,webhook,PUSH,ftp://x/y,,,,1,      ! base_url must begin
            partners.csv            ! a1,PORTAL,N,webhook,PUSH,portal.example,,,,1, ! base_url must begin
            partners.csv            ! a1,PORTAL,N,webhook,PUSH,https:///hook,,,,1,  ! base_url must begin
            partners.csv            ! a1,PORTAL,N,,NONE,http://,,,,1,               ! base_url must begin
            partners.csv            ! scan,PORTAL,N,,NONE,,,,,1,                    ! scan is a name we use
            partners.csv            ! system,PORTAL,N,,NONE,,,,,1,                  ! system is a name we use
            partners.csv            ! desk,PORTAL,N,,NONE,,,,,1,                    ! desk is a name we use
            days.csv                ! 2026-13-01,HOLIDAY,ALL,Lễ                     ! a day such as 2026-01-31
            days.csv                ! 2026-01-01,HOLIDAY,POST,Lễ                    ! another row
            days.csv                ! 2028-01-01,OFF,ALL,Lễ                         ! one of
            days.csv                ! 2028-01-01,HOLIDAY,CITIZEN,Lễ                 ! one of
            days.csv                ! 2028-01-01,HOLIDAY,ALL,                       ! Column name is empty
            partners.csv            ! a1,PORTAL,N,,FETCH,,,,,1,                     ! Only a ONE_STOP can FETCH
            partners.csv            ! a1,PORTAL,N,,NONE,,,,,65,                     ! from 1 to 64
            partners.csv            ! a1,PORTAL,N,,NONE,,c,,,1,                     ! name of a secret
            partners.csv            ! a1,PORTAL,N,,NONE,,portal-dvcqg,s,,1,         ! another row
            partners.csv            ! a1,AGENCY,N,,NONE,,,,999,1,                   ! no agency 999
            partners.csv            ! a1,PORTAL,N,,NONE,,,,000.00.12.H50,1,         ! acts for no agency
            partners.csv            ! a1,PORTAL,N,,NONE,,,,,0,                      ! from 1 to 64
            partners.csv            ! a1,PORTAL,N,,NONE,,,,,1,nonsense              ! name=value
            fees.csv                ! 1.001193,DIRECT,1                             ! 3 columns, must have 5
            fees.csv                ! 1.001193,DIRECT,1,2024-07-01,2024-07-01,x     ! 6 columns, must have 5
            provinces.csv           ! 99,"X,Tỉnh X,2025-07-01,                      ! quotes do not match
            """)
    void is_refused_with_its_line_and_the_reason(String file, String row, String reason) throws IOException {
        // After all the right ones, as the last line of its file.
        String right =
                References.shipped(isSample(file) ? "sandbox/" + file : file).strip();
        String name = isSample(file) ? "sandbox/" + file : file;
        References.write(folder, name, right + "\n" + row + "\n");

        LoadReport report = References.in(folder).report();

        assertThat(report.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.file()).isEqualTo(name);
            assertThat(refusal.line()).isEqualTo((int) right.lines().count() + 1);
            assertThat(refusal.reason().en()).contains(reason);
            assertThat(refusal.reason().vi()).isNotBlank();
        });
        assertThat(report.taken()).isEqualTo(References.shipped().report().taken());
    }

    private static boolean isSample(String file) {
        return !file.startsWith("days")
                && !file.startsWith("communes")
                && !file.startsWith("commune-")
                && !file.startsWith("provinces");
    }

    @Test
    void a_refused_row_leaves_nothing_of_itself_behind() throws IOException {
        References.write(
                folder,
                "sandbox/partners.csv",
                References.shipped("sandbox/partners.csv") + "a1,PORTAL,N,,NONE,,portal-dvcqg,s,,1,\n"
                        + "a2,AGENCY,N,,NONE,,a2,s,999,1,\n");

        Directory directory = References.in(folder).current();

        assertThat(directory.partner("a1")).isEmpty();
        assertThat(directory.partnerByClientId("portal-dvcqg").orElseThrow().id())
                .isEqualTo("dvcqg");
        assertThat(directory.partner("a2")).isEmpty();
        assertThat(directory.partnerByClientId("a2")).isEmpty();
    }

    @Test
    void what_names_a_refused_row_is_refused_too_to_the_end_of_the_chain() throws IOException {
        // The agency of two partners is gone; the agency that names one of them goes with it.
        References.write(
                folder,
                "sandbox/agencies.csv",
                References.shipped("sandbox/agencies.csv")
                        .lines()
                        .filter(l -> !l.startsWith("000.00.12.H50"))
                        .collect(Collectors.joining("\n", "", "\nB,Một cửa B,19333,S,1,520100,trung-tam-hcc,\n")));

        Directories directories = References.in(folder);

        assertThat(directories.report().refusals())
                .extracting(LoadReport.Refusal::file)
                .containsExactlyInAnyOrder("sandbox/partners.csv", "sandbox/partners.csv", "sandbox/agencies.csv");
        assertThat(directories.current().partner("qti-tthcc")).isEmpty();
        assertThat(directories.current().partner("trung-tam-hcc")).isEmpty();
        assertThat(directories.current().agency("B")).isEmpty();
        assertThat(directories.report().taken())
                .containsEntry("partners.csv", 12)
                .containsEntry("agencies.csv", 11);
    }

    @Test
    void a_line_that_is_not_utf_8_is_refused_and_the_others_are_read() throws IOException {
        byte[] right = References.shipped("provinces.csv").getBytes(StandardCharsets.UTF_8);
        byte[] wrong = "99,X,Tỉnh X,2025-07-01,\n98,B\u00e9,B\u00e9,2025-07-01,\n".getBytes(StandardCharsets.UTF_8);
        byte[] latin = "97,B\u00e9,B\u00e9,2025-07-01,\n".getBytes(StandardCharsets.ISO_8859_1);
        try (var out = Files.newOutputStream(folder.resolve("provinces.csv"))) {
            out.write(right);
            out.write(latin);
            out.write(wrong);
        }

        Directories directories = References.in(folder);

        assertThat(directories.report().refusals())
                .singleElement()
                .satisfies(r -> assertThat(r.reason().en()).contains("UTF-8"));
        assertThat(directories.report().taken()).containsEntry("provinces.csv", 37 + 2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'procedure,channel,amount,from,to'",
        "'procedure,channel,amount,valid_from'",
        "'procedure;channel;amount;valid_from;valid_to'",
        "''"
    })
    void a_file_with_another_heading_is_refused_as_a_whole(String heading) throws IOException {
        References.write(folder, "sandbox/fees.csv", heading + "\n1.001193,DIRECT,1,2025-07-01,\n");

        LoadReport report = References.in(folder).report();

        assertThat(report.refusals()).singleElement().satisfies(r -> {
            assertThat(r.file()).isEqualTo("sandbox/fees.csv");
            assertThat(r.line()).isZero();
            assertThat(r.reason().en()).contains("procedure,channel,amount,valid_from,valid_to");
        });
        assertThat(report.taken()).containsEntry("fees.csv", 0);
    }

    @Test
    void a_spreadsheet_s_byte_order_mark_and_line_ends_and_remarks_do_no_harm() throws IOException {
        References.write(
                folder,
                "sandbox/fees.csv",
                "\ufeff# ghi chú\r\nprocedure,channel,amount,valid_from,valid_to\r\n\r\n"
                        + "1.001193 , DIRECT ,\"7\", 2025-07-01 ,\r\n# hết\r\n");

        Directories directories = References.in(folder);

        assertThat(directories.report().refusals()).isEmpty();
        assertThat(directories.report().taken()).containsEntry("fees.csv", 1);
    }

    @Test
    void a_folder_that_is_not_there_is_told() {
        LoadReport report = References.in(folder.resolve("nowhere")).report();

        assertThat(report.refusals())
                .singleElement()
                .satisfies(r -> assertThat(r.reason().en()).contains("no such folder"));
    }
}
