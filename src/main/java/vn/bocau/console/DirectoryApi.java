package vn.bocau.console;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.code.Refused;
import vn.bocau.directory.Directories;
import vn.bocau.directory.LoadReport;
import vn.bocau.wire.http.Why;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;

/** The reference data in force: what was read, what was refused and why. */
@RestController
@RequestMapping(path = "/api/ops/v1/directory", produces = MediaType.APPLICATION_JSON_VALUE)
class DirectoryApi {

    private final Directories directories;
    private final Recorded recorded;

    DirectoryApi(Directories directories, Recorded recorded) {
        this.directories = directories;
        this.recorded = recorded;
    }

    @GetMapping
    LoadReport report() {
        return directories.report();
    }

    /**
     * Reads the files again, and keeps in the record which of them have changed since it last said so, and in which columns
     * a partner's row.
     *
     * @throws Refused RULE {@code reload-refused} with every row and file that will not do; nothing has changed then
     */
    @PostMapping(path = "/reload", consumes = MediaType.APPLICATION_JSON_VALUE)
    LoadReport reload(@RequestBody(required = false) byte @Nullable [] why, Authentication who) {
        Grants.of(who).demandForAll(Right.ADMINISTER);
        return recorded.reading(who.getName(), "RELOAD", "directory", Why.given(why), this::reloaded);
    }

    private LoadReport reloaded() {
        LoadReport report = directories.reload();
        if (!report.inForce()) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "reload-refused",
                    report.refusals().stream().map(DirectoryApi::flaw).toList());
        }
        return report;
    }

    private static Refused.Flaw flaw(LoadReport.Refusal refusal) {
        return new Refused.Flaw(refusal.place(), refusal.reason());
    }
}
