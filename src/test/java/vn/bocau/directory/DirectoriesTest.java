package vn.bocau.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;
import vn.bocau.code.Text;

/** The picture in force, and how it is replaced. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DirectoriesTest {

    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);
    private static final String HEADING = "procedure,channel,amount,valid_from,valid_to\n";
    private static final String WRONG = "1.001193,FAX,9,2025-07-01,\n";

    @TempDir
    Path folder;

    private FileDirectories directories;

    @BeforeEach
    void a_folder_with_one_fee() throws IOException {
        fees("1.001193,DIRECT,7,2025-07-01,\n");
        directories = References.in(folder);
    }

    @Test
    void a_reload_takes_everything() throws IOException {
        fees("1.001193,DIRECT,9,2025-07-01,\n");

        LoadReport report = directories.reload();

        assertThat(report.inForce()).isTrue();
        assertThat(directories.report()).isEqualTo(report);
        assertThat(fee()).isEqualTo(9);
        assertThat(status()).isEqualTo("UP");
    }

    @Test
    void a_reload_with_a_wrong_row_changes_nothing_and_says_so_until_it_is_mended() throws IOException {
        Directory before = directories.current();
        fees("1.001193,DIRECT,9,2025-07-01,\n" + WRONG);

        LoadReport report = directories.reload();

        assertThat(report.inForce()).isFalse();
        assertThat(report.refusals()).hasSize(1);
        assertThat(directories.current()).isSameAs(before);
        assertThat(fee()).isEqualTo(7);
        assertThat(status()).isEqualTo("DEGRADED");

        fees("1.001193,DIRECT,9,2025-07-01,\n");
        directories.reload();
        assertThat(status()).isEqualTo("UP");
    }

    @Test
    void at_start_the_right_rows_are_taken_and_the_rest_is_told() throws IOException {
        fees(WRONG + "1.001193,DIRECT,9,2025-07-01,\n");

        directories = References.in(folder);

        assertThat(directories.report().inForce()).isTrue();
        assertThat(directories.report().refusals()).hasSize(1);
        assertThat(fee()).isEqualTo(9);
        assertThat(status()).isEqualTo("DEGRADED");
    }

    @Test
    void a_partner_that_cannot_be_spoken_to_refuses_a_reload_and_at_start_is_told_of_and_taken() {
        var mute = new java.util.HashSet<String>();
        directories = References.in(folder, (partner, next) -> {
            assertThat(next.companion(String.class)).isEqualTo("read with it");
            return mute.contains(partner.id()) ? List.of(new Text("câm", "mute")) : List.of();
        });
        Directory before = directories.current();
        assertThat(status()).isEqualTo("UP");

        mute.add("dvcqg");
        assertThat(directories.reload().inForce()).isFalse();
        assertThat(directories.current()).isSameAs(before);

        directories = References.in(folder, (partner, next) -> List.of(new Text("câm", "mute")));
        assertThat(directories.report().refusals())
                .hasSize(14)
                .allSatisfy(r -> assertThat(r.file()).isEqualTo("sandbox/partners.csv"))
                .extracting(LoadReport.Refusal::line)
                .doesNotHaveDuplicates();
        assertThat(directories.current().partner("dvcqg")).isPresent();
        assertThat(status()).isEqualTo("DEGRADED");
    }

    @Test
    void a_row_that_is_gone_and_still_needed_refuses_a_reload_and_is_told_of_at_start() {
        var refusal = new LoadReport.Refusal("post-offices.csv", 0, new Text("Thiếu dòng", "The row is missing"));
        directories = References.in(folder, next -> List.of(refusal));

        assertThat(directories.report().refusals()).containsExactly(refusal);
        assertThat(directories.report().inForce()).as("the rest works").isTrue();
        assertThat(status()).isEqualTo("DEGRADED");
        assertThat(directories.reload().inForce()).isFalse();
    }

    @Test
    void what_changed_is_told_until_it_is_recorded_whoever_reads_the_files() throws IOException {
        fees("1.001193,DIRECT,9,2025-07-01,\n");
        directories.reload();
        assertThat(directories.reload().changes().files()).containsOnlyKeys("sandbox/fees.csv");

        assertThat(recorded(false).files()).containsOnlyKeys("sandbox/fees.csv");
        assertThat(recorded(true).files()).containsOnlyKeys("sandbox/fees.csv");

        assertThat(recorded(true).files()).isEmpty();
        assertThat(directories.reload().changes().files()).isEmpty();
    }

    private LoadReport.Changes recorded(boolean committed) {
        TransactionSynchronizationManager.initSynchronization();
        try {
            LoadReport.Changes told = directories.toRecord();
            if (committed) {
                TransactionSynchronizationUtils.triggerAfterCommit();
            }
            return told;
        } finally {
            TransactionSynchronizationManager.clearSynchronization();
        }
    }

    @Test
    void a_picture_taken_before_a_reload_stays_as_it_was() throws IOException {
        Directory before = directories.current();
        fees("1.001193,DIRECT,9,2025-07-01,\n");

        directories.reload();

        assertThat(before.fee("1.001193", Channel.DIRECT, DAY)).isEqualTo(7);
    }

    private void fees(String rows) throws IOException {
        References.write(folder, "sandbox/fees.csv", HEADING + rows);
    }

    private long fee() {
        return directories.current().fee("1.001193", Channel.DIRECT, DAY);
    }

    private String status() {
        return directories.health().getStatus().getCode();
    }
}
