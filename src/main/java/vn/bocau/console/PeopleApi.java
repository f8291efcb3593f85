package vn.bocau.console;

import java.net.URI;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.journal.AccountActs;
import vn.bocau.journal.Records;
import vn.bocau.wire.http.Parameters;
import vn.bocau.wire.http.people.Account;
import vn.bocau.wire.http.people.AccountDesk;
import vn.bocau.wire.http.people.AccountDesk.Issued;
import vn.bocau.wire.http.people.Assignment;

/** Who may sign in, as what and where. For administrators. Never a password that somebody has chosen, never a hash. */
@RestController
@RequestMapping(path = "/api/ops/v1/people", produces = MediaType.APPLICATION_JSON_VALUE)
class PeopleApi {

    private static final String PASSWORD = "password";
    private static final List<String> ASSIGNMENT = List.of("role", "office", "agency");

    /** @param next ask for it as {@code after} to see those that follow; null when there are none */
    record Page(List<Account> people, @Nullable String next) {}

    record Story(Account person, List<Records.Act> acts) {}

    private final AccountDesk desk;
    private final AccountActs acts;

    PeopleApi(AccountDesk desk, AccountActs acts) {
        this.desk = desk;
        this.acts = acts;
    }

    @GetMapping
    Page people(
            @RequestParam(required = false) @Nullable String role,
            @RequestParam(required = false) @Nullable String office,
            @RequestParam(required = false) @Nullable String agency,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int size) {
        Parameters.oneOf("role", role, Assignment.ROLES);
        Parameters.printable("office", office);
        Parameters.printable("agency", agency);
        Parameters.printable("after", after);
        Parameters.check(size);
        List<Account> found = desk.list(new AccountDesk.Wanted(role, office, agency, after, size));
        return new Page(
                found, found.size() < size ? null : found.get(found.size() - 1).name());
    }

    @GetMapping("/{name}")
    Story person(@PathVariable String name) {
        return new Story(desk.named(name), acts.of(name));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Issued> add(@RequestBody(required = false) byte @Nullable [] body, Principal who) {
        var said = new ActBody(body, List.of("name", "role", "office", "agency", PASSWORD));
        Issued issued =
                desk.add(said.required("name"), assignment(said), said.text(PASSWORD), who.getName(), said.reason());
        return ResponseEntity.created(
                        URI.create("/api/ops/v1/people/" + issued.account().name()))
                .body(issued);
    }

    @PostMapping(path = "/{name}/password", consumes = MediaType.APPLICATION_JSON_VALUE)
    Issued reset(@PathVariable String name, @RequestBody(required = false) byte @Nullable [] body, Principal who) {
        var said = new ActBody(body, List.of(PASSWORD));
        return desk.reset(name, said.text(PASSWORD), who.getName(), said.reason());
    }

    @PostMapping(path = "/{name}/assignment", consumes = MediaType.APPLICATION_JSON_VALUE)
    Account assign(@PathVariable String name, @RequestBody(required = false) byte @Nullable [] body, Principal who) {
        var said = new ActBody(body, ASSIGNMENT);
        return desk.assign(name, assignment(said), who.getName(), said.reason());
    }

    /** What an operator may do, for which partners. */
    @PostMapping(path = "/{name}/rights", consumes = MediaType.APPLICATION_JSON_VALUE)
    Account grant(@PathVariable String name, @RequestBody(required = false) byte @Nullable [] body, Principal who) {
        var said = new ActBody(body, List.of("rights"));
        return desk.grant(name, said.text("rights"), who.getName(), said.reason());
    }

    @PostMapping(path = "/{name}/disable", consumes = MediaType.APPLICATION_JSON_VALUE)
    Account disable(@PathVariable String name, @RequestBody(required = false) byte @Nullable [] body, Principal who) {
        return desk.disable(name, who.getName(), new ActBody(body, List.of()).reason());
    }

    @PostMapping(path = "/{name}/enable", consumes = MediaType.APPLICATION_JSON_VALUE)
    Account enable(@PathVariable String name, @RequestBody(required = false) byte @Nullable [] body, Principal who) {
        return desk.enable(name, who.getName(), new ActBody(body, List.of()).reason());
    }

    private static Assignment assignment(ActBody said) {
        return new Assignment(said.required("role"), said.text("office"), said.text("agency"));
    }
}
