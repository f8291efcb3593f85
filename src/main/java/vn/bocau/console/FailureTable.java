package vn.bocau.console;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import vn.bocau.journal.Failures;
import vn.bocau.journal.Refusals;

/** Failed messages as a table for spreadsheets, however many: without their words, and no cell begins a formula. */
@Component
class FailureTable {

    private static final int AT_ONCE = 1000;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm:ss").withZone(ZoneId.of("Asia/Ho_Chi_Minh"));
    private static final List<String> HEADINGS = List.of(
            "parked",
            "partner",
            "direction",
            "kind",
            "dossier",
            "state",
            "code",
            "whose",
            "cause",
            "next",
            "reason",
            "attempts",
            "id",
            "created",
            "closed");

    private static final List<String> REFUSED =
            List.of("newest", "since", "partner", "kind", "code", "whose", "cause", "next", "count", "hour");

    private interface Rows {
        void into(SequenceWriter rows) throws IOException;
    }

    private final Failures failures;
    private final Explanations explanations;
    private final MessageSource words;

    FailureTable(Failures failures, Explanations explanations, MessageSource words) {
        this.failures = failures;
        this.explanations = explanations;
        this.words = words;
    }

    /** All that is wanted, the newest first, written as it is read. */
    void write(Failures.Wanted wanted, Locale locale, HttpServletResponse response) {
        write("failures.csv", HEADINGS, locale, response, rows -> {
            Long before = null;
            List<Failures.Failed> some;
            do {
                some = failures.messages(wanted, before, AT_ONCE);
                for (Failures.Failed failed : some) {
                    rows.write(cells(failed, locale));
                    before = failed.seq();
                }
            } while (some.size() == AT_ONCE);
        });
    }

    /** What the doors did not take. */
    void write(List<Refusals.Refusal> refused, Locale locale, HttpServletResponse response) {
        write("refused.csv", REFUSED, locale, response, rows -> {
            for (Refusals.Refusal each : refused) {
                rows.write(cells(each, locale));
            }
        });
    }

    private void write(String name, List<String> headings, Locale locale, HttpServletResponse response, Rows all) {
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        try {
            OutputStream out = response.getOutputStream();
            // Spreadsheets take a file for UTF-8 by its mark alone, and in Vietnam part columns by semicolons.
            out.write("\uFEFF".getBytes(StandardCharsets.UTF_8));
            SequenceWriter rows = new CsvMapper()
                    .writer(CsvSchema.emptySchema().withColumnSeparator(';').withLineSeparator("\r\n"))
                    .writeValues(out);
            rows.write(headings.stream()
                    .map(heading -> words.getMessage("failures.column." + heading, null, locale))
                    .toList());
            all.into(rows);
            rows.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private List<Object> cells(Failures.Failed failed, Locale locale) {
        Explanation explained = explanations.of(failed.code(), failed.partner());
        return List.of(
                CLOCK.format(failed.parkedAt()),
                text(failed.partner()),
                failed.direction(),
                text(failed.kind()),
                text(failed.subject()),
                words.getMessage("message.state." + failed.state(), null, locale),
                text(failed.code()),
                explained.whose().words().in(locale),
                explained.cause().in(locale),
                explained.next().in(locale),
                text(failed.reason() == null ? null : failed.reason().in(locale)),
                failed.attempts(),
                failed.id().toString(),
                CLOCK.format(failed.createdAt()),
                clock(failed.closedAt()));
    }

    private List<Object> cells(Refusals.Refusal refused, Locale locale) {
        Explanation explained = explanations.of(refused.code(), refused.partner());
        return List.of(
                CLOCK.format(refused.newest()),
                CLOCK.format(refused.since()),
                text(refused.partner()),
                text(refused.kind()),
                text(refused.code()),
                explained.whose().words().in(locale),
                explained.cause().in(locale),
                explained.next().in(locale),
                refused.count(),
                refused.lastHour());
    }

    private static String clock(@Nullable Instant at) {
        return at == null ? "" : CLOCK.format(at);
    }

    /** Partly anybody's words: a spreadsheet takes what begins so for a formula. */
    private static String text(@Nullable String cell) {
        if (cell == null || cell.isEmpty()) {
            return "";
        }
        return "=+-@\t\r\n".indexOf(cell.charAt(0)) < 0 ? cell : "'" + cell;
    }
}
