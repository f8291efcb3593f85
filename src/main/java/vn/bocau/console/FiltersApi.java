package vn.bocau.console;

import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What whoever asks looks for again and again among the failures: each person has filters of their own. */
@RestController
@RequestMapping(path = "/api/ops/v1/failures/filters", produces = MediaType.APPLICATION_JSON_VALUE)
class FiltersApi {

    private final SavedFilters saved;
    private final FailuresApi failures;

    FiltersApi(SavedFilters saved, FailuresApi failures) {
        this.saved = saved;
        this.failures = failures;
    }

    @GetMapping
    List<SavedFilters.Saved> all(Authentication who) {
        return saved.of(who.getName());
    }

    /** Another of the same name gives way. Nothing is read of the body: that it has to be JSON keeps other sites' forms out. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    List<SavedFilters.Saved> save(
            @ModelAttribute("filter") FailureFilter filter,
            @RequestParam(defaultValue = "") String name,
            Authentication who) {
        failures.wanted(filter, who);
        saved.save(who.getName(), name, filter);
        return all(who);
    }

    /** One that is gone already is no error. */
    @PostMapping(path = "/delete", consumes = MediaType.APPLICATION_JSON_VALUE)
    List<SavedFilters.Saved> delete(@RequestParam(defaultValue = "") String name, Authentication who) {
        saved.delete(who.getName(), name);
        return all(who);
    }
}
