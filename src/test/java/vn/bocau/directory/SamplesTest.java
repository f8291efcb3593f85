package vn.bocau.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The samples fit together: desks, post offices, procedures and partners of Quảng Trị. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SamplesTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final Directory DIRECTORY = References.shipped().current();

    @Test
    void there_is_one_provincial_centre_and_the_other_desks_are_in_communes() {
        List<Agency> agencies = DIRECTORY.agencies();

        assertThat(agencies.stream().filter(a -> a.name().contains("tỉnh"))).hasSize(1);
        assertThat(agencies.stream().filter(a -> !a.name().contains("tỉnh")))
                .hasSizeGreaterThanOrEqualTo(10)
                .allSatisfy(a -> assertThat(a.name())
                        .endsWith(DIRECTORY
                                .commune(a.commune(), DAY)
                                .map(Commune::fullName)
                                .map(n -> n.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + n.substring(1))
                                .orElseThrow()));
    }

    @Test
    void a_desk_is_served_by_the_office_of_its_commune() {
        assertThat(DIRECTORY.agencies())
                .allSatisfy(a -> assertThat(DIRECTORY.officeServing(a.commune()))
                        .get()
                        .extracting(PostOffice::code)
                        .isEqualTo(a.office()));
    }

    @Test
    void whoever_is_spoken_to_has_a_dialect_and_whoever_speaks_to_us_a_secret() {
        assertThat(DIRECTORY.partners()).allSatisfy(p -> {
            assertThat(p.dialect() != null).isEqualTo(p.delivery() == Partner.Delivery.PUSH);
            // EMC has no login, and says nothing to us.
            assertThat(p.secret() == null).isEqualTo(p.id().equals("emc"));
        });
        assertThat(DIRECTORY.partners())
                .extracting(Partner::dialect)
                .containsExactlyInAnyOrder(
                        "dvcqg",
                        "opencps",
                        "webhook",
                        "webhook",
                        "agency-soap",
                        "agency-rest",
                        null,
                        "ngsp-carrier",
                        "emc",
                        "lgsp",
                        "ems",
                        "viettel-post",
                        "myvnpost",
                        "notifier");
    }

    @Test
    void every_procedure_names_its_papers_and_every_one_that_is_filed_has_a_fee_for_each_channel() {
        assertThat(DIRECTORY.procedures().stream().filter(p -> p.level() > 1))
                .isNotEmpty()
                .allSatisfy(p -> {
                    assertThat(p.papers()).isNotEmpty();
                    for (Channel channel : Channel.values()) {
                        assertThat(DIRECTORY.fee(p.code(), channel, DAY)).isNotNegative();
                    }
                });
    }

    /** Decree 42/2022 has two words where the rules have four levels. */
    @ParameterizedTest(name = "{0} is level {1}")
    @CsvSource({"1, 1", "2, 2", "3, 3", "4, 4", "MOT_PHAN, 3", "TOAN_TRINH, 4"})
    void a_procedure_s_level_is_read_in_both_vocabularies(String said, int level, @TempDir Path folder)
            throws IOException {
        References.write(folder, "sandbox/fees.csv", "procedure,channel,amount,valid_from,valid_to\n");
        References.write(
                folder,
                "sandbox/procedures.csv",
                "code,name,field,level,papers,pickup_by_post,result_by_post,identity_check,originals_back\n"
                        + "1.000001,B,C," + said + ",Tờ khai|original|1,no,no,no,0\n");

        Directory directory = References.in(folder).current();

        assertThat(directory.procedure("1.000001").map(Procedure::level)).contains(level);
    }
}
