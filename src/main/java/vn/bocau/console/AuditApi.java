package vn.bocau.console;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.audit.AuditFile;
import vn.bocau.audit.AuditRow;
import vn.bocau.audit.AuditRows;
import vn.bocau.wire.http.Parameters;

/** The record of what operators did, saw and were refused. For administrators and data officers. */
@RestController
class AuditApi {

    static final List<String> OUTCOMES = List.of("DONE", "REFUSED", "FAILED");
    private static final List<String> KINDS =
            List.of("MESSAGE", "PARTNER", "ACCOUNT", "DOSSIER", "MEND", "PAGE", "STRETCH", "DIRECTORY");

    /** @param next ask for it as {@code before} to see older ones; null when there are none */
    record Page(List<Entry> entries, @Nullable Long next) {}

    /** A row of the record; its digest is what its successor and the day's root are chained to. */
    record Entry(
            long seq,
            Instant at,
            String by,
            String what,
            String outcome,
            String kind,
            String target,
            @Nullable String partner,
            @Nullable String reason,
            @Nullable String detail,
            String digest) {

        static Entry of(AuditRow row) {
            return new Entry(
                    row.seq(),
                    row.at(),
                    row.by(),
                    row.what(),
                    row.outcome(),
                    row.kind(),
                    row.target(),
                    row.partner(),
                    row.reason(),
                    row.detail(),
                    HexFormat.of().formatHex(row.digest()));
        }
    }

    private final AuditRows rows;

    AuditApi(AuditRows rows) {
        this.rows = rows;
    }

    @GetMapping(path = "/api/ops/v1/audit", produces = MediaType.APPLICATION_JSON_VALUE)
    Page entries(
            @RequestParam(required = false) @Nullable String by,
            @RequestParam(required = false) @Nullable String what,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "50") int size) {
        Parameters.printable("by", by);
        Parameters.printable("what", what);
        Parameters.oneOf("outcome", outcome, OUTCOMES);
        Parameters.oneOf("kind", kind, KINDS);
        Parameters.printable("target", target);
        Parameters.check(size);
        List<Entry> found = rows.rows(new AuditRows.Wanted(by, what, outcome, kind, target, before, size)).stream()
                .map(Entry::of)
                .toList();
        return new Page(
                found, found.size() < size ? null : found.get(found.size() - 1).seq());
    }

    /** All of it as a file that {@code ./bocau audit verify} takes. */
    @GetMapping(
            path = {"/api/ops/v1/audit/export", "/console/record/export"},
            produces = "application/jsonl")
    void export(HttpServletResponse response) {
        response.setContentType("application/jsonl");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Content-Disposition", "attachment; filename=\"audit.jsonl\"");
        try {
            PrintWriter lines = response.getWriter();
            rows.export(
                    head -> lines.append(AuditFile.head(head)).append('\n'),
                    root -> lines.append(AuditFile.root(root)).append('\n'),
                    row -> lines.append(AuditFile.row(row)).append('\n'));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
