package vn.bocau.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

/** Whoever tampers with the record is found out, and the row is named; by files and public keys alone. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AuditCheckTest {

    private static final int ROWS = 120;
    private static final int A_DAY = 40;

    private static final List<String> FIELDS =
            List.of("at", "by", "what", "outcome", "kind", "target", "partner", "reason", "detail");

    @TempDir
    static Path data;

    private static AuditKey key;

    /** What an attacker with all rights on the database finds. */
    private static final class Kept {
        private List<AuditRow> rows = new ArrayList<>();
        private List<AuditSeal> roots = new ArrayList<>();
        private AuditSeal head;
    }

    private static final Kept WRITTEN = new Kept();

    @BeforeAll
    static void writeWhatTheNodeRemembers() {
        var environment = new MockEnvironment().withProperty("bocau.data", data.toString());
        key = new AuditKey(environment);
        write();
        var witness = new AuditWitness(environment);
        whole().rows.forEach(row -> witness.saw(key.seal(null, row.seq(), row.digest())));
    }

    /** As it was written; a copy, because signing it takes longer than all that is done to it. */
    private static Kept whole() {
        var kept = new Kept();
        kept.rows.addAll(WRITTEN.rows);
        kept.roots.addAll(WRITTEN.roots);
        kept.head = WRITTEN.head;
        return kept;
    }

    private static void write() {
        Kept kept = WRITTEN;
        byte[] previous = AuditRow.BEGINNING;
        for (int i = 1; i <= ROWS; i++) {
            Instant at = Instant.parse("2026-11-20T01:00:00Z").plusSeconds((i - 1) / A_DAY * 86_400L + i);
            Audited said = Audited.act("truc-ca", "RETRY", Audited.Kind.MESSAGE, "m-" + i, "dvcqg", "lý do " + i);
            AuditRow row = AuditRow.after(i, previous, at, said);
            // Two by two, as some transactions write them.
            kept.rows.add(i % 2 == 0 ? row.with(key.stamp(i - 1, i, row.digest())) : row);
            previous = row.digest();
            if (i % A_DAY == 0) {
                kept.roots.add(key.seal(LocalDate.ofInstant(at, AuditCheck.VIETNAM), i, row.digest()));
            }
        }
        kept.head = key.seal(null, ROWS, previous);
    }

    @Test
    void what_nobody_touched_is_whole() throws Exception {
        assertThat(verify(whole())).isEqualTo("0 120 dòng, nguyên vẹn · rows, all as they were written\n");
    }

    /** Fifty, each kind of tampering in turn; the seed is the number of the repetition. */
    @RepeatedTest(50)
    void each_tampering_is_found_and_its_row_named(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        Kept kept = whole();
        int victim = 2 + random.nextInt(ROWS - 12);

        String named = switch (repetition.getCurrentRepetition() % 11) {
            case 0 -> {
                AuditRow row = kept.rows.get(victim - 1);
                kept.rows.set(victim - 1, changed(row, FIELDS.get(random.nextInt(FIELDS.size()))));
                yield "CHANGED " + victim + ":";
            }
            case 1 -> {
                AuditRow row = kept.rows.get(victim - 1);
                kept.rows.set(victim - 1, anew(row, row.seq(), row.previous(), "nobody"));
                yield "CHANGED " + victim + ":";
            }
            case 2 -> {
                rechain(kept, victim - 1, "nobody");
                yield "CHANGED " + victim + ":";
            }
            case 3 -> {
                kept.rows.remove(victim - 1);
                yield "DELETED " + victim + ":";
            }
            case 4 -> {
                kept.rows.subList(victim - 1, victim + 4).clear();
                yield "DELETED " + victim + "–" + (victim + 4) + ":";
            }
            case 5 -> {
                kept.rows.remove(victim - 1);
                rechain(kept, victim - 1, "truc-ca");
                yield "CHANGED " + victim + ":";
            }
            case 6 -> {
                Collections.swap(kept.rows, victim - 1, victim + 3);
                yield "REORDERED " + victim + ":";
            }
            case 7 -> {
                kept.rows.subList(victim - 1, ROWS).clear();
                yield "TRUNCATED " + victim + "–" + ROWS + ":";
            }
            case 8 -> {
                // A file without an end of its own.
                kept.rows.subList(victim - 1, ROWS).clear();
                kept.roots.clear();
                kept.head = null;
                yield "TRUNCATED " + victim + "–" + ROWS + ":";
            }
            case 9 -> {
                AuditRow last = kept.rows.get(ROWS - 1);
                kept.rows.add(anew(last, ROWS + 1, last.digest(), "nobody"));
                yield "UNSIGNED " + (ROWS + 1) + ":";
            }
            default -> {
                // And the head with it, to which we have chained the next since.
                AuditRow last = kept.rows.get(ROWS - 1);
                AuditRow forged = anew(last, ROWS + 1, last.digest(), "nobody");
                AuditRow ours = anew(last, ROWS + 2, forged.digest(), "truc-ca");
                kept.rows.add(forged);
                kept.rows.add(ours.with(key.stamp(ROWS + 2, ROWS + 2, ours.digest())));
                kept.head = key.seal(null, ROWS + 2, ours.digest());
                yield "UNSIGNED " + (ROWS + 1) + ":";
            }
        };

        assertThat(verify(kept)).startsWith("1 ").contains(named);
    }

    @Test
    void what_was_recorded_after_an_export_is_said_and_no_flaw_of_it() throws Exception {
        Kept kept = whole();
        kept.rows.subList(100, ROWS).clear();
        kept.roots.remove(2);
        kept.head = key.seal(null, 100, kept.rows.get(99).digest());

        assertThat(verify(kept))
                .startsWith("0 ")
                .contains("Rows 101–120 were recorded after this export, or cut off from it", "2026-11-22T01:01:40Z")
                .endsWith("100 dòng, nguyên vẹn · rows, all as they were written\n");
    }

    @Test
    void what_was_put_before_the_beginning_is_found() throws Exception {
        for (long seq : new long[] {Long.MIN_VALUE, -1, 0}) {
            Kept kept = whole();
            AuditRow forged = anew(kept.rows.get(0), seq, AuditRow.BEGINNING, "nobody");
            kept.rows.add(0, forged.with(key.stamp(seq, seq, forged.digest())));

            assertThat(verify(kept)).startsWith("1 UNSIGNED " + seq + ":").contains("1 chỗ");
        }
    }

    @Test
    void a_root_or_head_of_another_key_is_believed_in_nothing(@TempDir Path elsewhere) throws Exception {
        var foreign = new AuditKey(new MockEnvironment().withProperty("bocau.data", elsewhere.toString()));
        Kept kept = whole();
        rechain(kept, 10, "nobody");
        kept.roots = kept.roots.stream()
                .map(root -> foreign.seal(
                        root.day(),
                        root.seq(),
                        kept.rows.get((int) root.seq() - 1).digest()))
                .toList();
        kept.head = foreign.seal(null, ROWS, kept.rows.get(ROWS - 1).digest());

        assertThat(verify(kept)).startsWith("1 ").contains("UNSIGNED 120:").contains("CHANGED 11:");
    }

    @Test
    void a_root_that_was_taken_away_is_found() throws Exception {
        Kept kept = whole();
        kept.roots.remove(1);

        assertThat(verify(kept)).startsWith("1 ").contains("UNSIGNED 80:");
    }

    /** The last root alone may wait, for a day that has just ended. */
    @Test
    void roots_that_were_taken_away_to_the_last_are_found() throws Exception {
        Kept kept = whole();
        kept.roots.remove(2);
        assertThat(verify(kept)).startsWith("0 ");
        kept.roots.remove(1);
        assertThat(verify(kept)).startsWith("0 ");
        kept.roots.remove(0);
        assertThat(verify(kept))
                .startsWith("1 ")
                .contains("UNSIGNED 40:", "2026-11-20")
                .doesNotContain("UNSIGNED 80:");
    }

    @Test
    void what_a_former_key_has_signed_stays_whole_under_a_new_one(@TempDir Path elsewhere) throws Exception {
        Kept kept = whole();
        var environment = new MockEnvironment().withProperty("bocau.data", elsewhere.toString());
        var successor = new AuditKey(environment);
        kept.head = successor.seal(null, ROWS, kept.rows.get(ROWS - 1).digest());
        copyKeys(elsewhere, data);

        assertThat(verify(kept)).startsWith("0 ");
    }

    @Test
    void old_rows_may_be_archived_by_whole_days_and_only_by_those_who_say_so() throws Exception {
        Kept kept = whole();
        kept.rows.subList(0, A_DAY).clear();
        assertThat(verify(kept)).startsWith("1 ").contains("DELETED 1–40:");
        assertThat(verify(kept, "--from=41")).startsWith("0 ");
        assertThat(verify(kept, "--from=31")).startsWith("1 ").contains("DELETED 31–40:");

        kept.rows.remove(0);
        assertThat(verify(kept, "--from=41")).startsWith("1 ").contains("DELETED 41:");
        assertThat(verify(kept, "--from=42"))
                .as("not by whole days")
                .startsWith("1 ")
                .contains("DELETED 41:");
        assertThat(verify(kept, "--from=yesterday")).startsWith("2 ").contains("--from=yesterday");
    }

    @Test
    void a_record_that_was_taken_back_and_went_on_is_found_however_long_it_went_on(@TempDir Path node)
            throws Exception {
        var environment = new MockEnvironment().withProperty("bocau.data", node.toString());
        Files.createDirectories(node.resolve("audit"));
        copyKeys(data, node);
        // Four heads fill a file.
        var witness = new AuditWitness(environment, 2000);
        Kept kept = whole();
        kept.rows.forEach(row -> witness.saw(key.seal(null, row.seq(), row.digest())));
        Path always = node.resolve("audit/heads.kept");
        assertThat(Files.readAllLines(always)).as("of each day one").hasSizeBetween(1, 2);

        kept.rows.subList(ROWS - 2, ROWS).clear();
        kept.roots.remove(2);
        var restarted = new AuditWitness(environment, 2000);
        for (int i = ROWS - 1; i < 2 * ROWS; i++) {
            AuditRow before = kept.rows.get(i - 2);
            AuditRow ours = anew(before, i, before.digest(), "truc-ca");
            kept.rows.add(ours.with(key.stamp(i, i, ours.digest())));
            assertThat(restarted.wentBackLately()).isEqualTo(i > ROWS - 1);
            restarted.saw(key.seal(null, i, ours.digest()));
        }
        assertThat(Objects.requireNonNull(restarted.newest()).seq()).isEqualTo(2 * ROWS - 1);
        kept.head = key.seal(null, 2 * ROWS - 1, kept.rows.get(2 * ROWS - 2).digest());

        assertThat(Files.readAllLines(always)).as("told once").hasSizeBetween(3, 4);
        Path file = Files.writeString(node.resolve("record.jsonl"), String.join("\n", lines(kept)));
        assertThat(run(node, file.toString()))
                .startsWith("1 CHANGED ")
                .contains("–119:", "CHANGED 120:")
                .doesNotContain("UNSIGNED", "121");
    }

    @Test
    void half_a_line_of_a_full_disk_is_left_out_and_the_next_stands_on_its_own(@TempDir Path node) throws Exception {
        var environment = new MockEnvironment().withProperty("bocau.data", node.toString());
        var signer = new AuditKey(environment);
        var witness = new AuditWitness(environment);
        AuditRow plain = whole().rows.get(0);
        AuditRow first = plain.with(signer.stamp(1, 1, plain.digest()));
        witness.saw(signer.seal(null, 1, first.digest()));
        Path heads = node.resolve("audit/heads.log");
        String line = Files.readString(heads);
        for (int cut : new int[] {1, 2, 40, line.length() - 3}) {
            Files.writeString(heads, line.substring(0, line.length() - 1 - cut));
            witness.saw(signer.seal(null, 1, first.digest()));

            Path file = Files.writeString(
                    node.resolve("record.jsonl"),
                    AuditFile.head(signer.seal(null, 1, first.digest())) + "\n" + AuditFile.row(first));
            assertThat(run(node, file.toString())).startsWith("0 ").contains("heads.log:1:", "1 dòng, nguyên vẹn");
        }
    }

    @Test
    void what_is_no_record_is_said_with_its_line_and_all_else_is_judged(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("x.jsonl"),
                Stream.of(
                                List.of("", "{\"row\": {\"seq\": 1}}", "  "),
                                lines(whole()),
                                List.of("half a li", "{\"head\": 1}", "null"))
                        .flatMap(List::stream)
                        .collect(Collectors.joining("\n")));
        assertThat(run(data, file.toString()))
                .startsWith("1 ")
                .contains("UNREADABLE 2: x.jsonl:2 ", "UNREADABLE 128: ", "UNREADABLE 129: ", "UNREADABLE 130: ")
                .contains("124 dòng, 4 chỗ");
        assertThat(run(data, folder.resolve("none.jsonl").toString())).startsWith("2 ");
    }

    @Test
    void whatever_of_a_row_is_changed_it_is_found() throws Exception {
        for (String field : FIELDS) {
            Kept kept = whole();
            kept.rows.set(6, changed(kept.rows.get(6), field));

            assertThat(verify(kept)).as(field).startsWith("1 CHANGED 7:");
        }
    }

    /** One field of it alone, and not the digest that was made of them. */
    private static AuditRow changed(AuditRow row, String field) {
        return new AuditRow(
                row.seq(),
                field.equals("at") ? row.at().plusMillis(1) : row.at(),
                field.equals("by") ? row.by() + "x" : row.by(),
                field.equals("what") ? row.what() + "x" : row.what(),
                field.equals("outcome") ? row.outcome() + "x" : row.outcome(),
                field.equals("kind") ? row.kind() + "x" : row.kind(),
                field.equals("target") ? row.target() + "x" : row.target(),
                field.equals("partner") ? null : row.partner(),
                field.equals("reason") ? row.reason() + "x" : row.reason(),
                field.equals("detail") ? row.detail() + "x" : row.detail(),
                row.previous(),
                row.digest(),
                row.stamp());
    }

    /** With a digest that is right. */
    private static AuditRow anew(AuditRow row, long seq, byte[] previous, String by) {
        return AuditRow.after(
                seq,
                previous,
                row.at(),
                Audited.act(by, row.what(), Audited.Kind.MESSAGE, row.target(), row.partner(), row.reason()));
    }

    /** All rows from here on numbered and chained anew, the first as somebody else's. */
    private static void rechain(Kept kept, int from, String by) {
        for (int i = from; i < kept.rows.size(); i++) {
            byte[] previous = i == 0 ? AuditRow.BEGINNING : kept.rows.get(i - 1).digest();
            kept.rows.set(i, anew(kept.rows.get(i), i + 1, previous, i == from ? by : "truc-ca"));
        }
    }

    private static void copyKeys(Path from, Path to) throws Exception {
        try (Stream<Path> keys = Files.list(from.resolve("audit"))) {
            for (Path pem :
                    keys.filter(file -> file.toString().endsWith(".pem")).toList()) {
                Files.copy(pem, to.resolve("audit").resolve(pem.getFileName()));
            }
        }
    }

    private static List<String> lines(Kept kept) {
        return Stream.of(
                        Stream.ofNullable(kept.head).map(AuditFile::head),
                        kept.roots.stream().map(AuditFile::root),
                        kept.rows.stream().map(AuditFile::row))
                .flatMap(s -> s)
                .toList();
    }

    private static String verify(Kept kept, String... options) throws Exception {
        Path file = Files.createTempFile(data, "record", ".jsonl");
        Files.writeString(file, String.join("\n", lines(kept)));
        return run(
                data,
                Stream.concat(Stream.of(options), Stream.of(file.toString())).toArray(String[]::new));
    }

    private static String run(Path folder, String... arguments) {
        var out = new ByteArrayOutputStream();
        int code = new AuditCommand(
                        Map.of("BOCAU_DATA", folder.toString()), new PrintStream(out, true, StandardCharsets.UTF_8))
                .verify(List.of(arguments));
        return code + " " + out.toString(StandardCharsets.UTF_8);
    }
}
