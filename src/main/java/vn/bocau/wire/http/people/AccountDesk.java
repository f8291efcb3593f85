package vn.bocau.wire.http.people;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;
import vn.bocau.code.Refused.Flaw;
import vn.bocau.code.Text;
import vn.bocau.directory.Directories;
import vn.bocau.journal.AccountActs;
import vn.bocau.journal.AccountActs.What;

/**
 * What an administrator may do with accounts. Each act is recorded with who and why in its own transaction, and ends
 * what the account had open when it takes something away. No account is ever deleted: what it did refers to it.
 */
@Component
public class AccountDesk {

    /** Also what stands in addresses; begins so that it cannot be mistaken for a way out of one. */
    static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{2,63}");

    static final Text RIGHT_NAME = new Text(
            "Tên đăng nhập gồm 3–64 chữ thường không dấu, chữ số, dấu chấm, gạch nối, gạch dưới, bắt đầu bằng chữ hoặc số.",
            "A user name has 3 to 64 lower-case letters a–z, digits, dots, hyphens, underscores, and begins with a letter"
                    + " or digit.");

    /** In the record: what is usual for the role. */
    private static final String USUAL = "usual";

    private static final Text DISABLED = new Text(
            "Tài khoản này đang bị khóa: mật khẩu chỉ dùng được sau khi mở khóa (…/enable).",
            "This account is disabled: the password opens nothing until it is enabled (…/enable).");

    /**
     * An account and the password it was just given.
     *
     * @param oneTimePassword made here, shown this once; null when the administrator chose it
     * @param notice what has to be done before the password opens anything; null when nothing has
     */
    public record Issued(
            Account account,
            @Nullable String oneTimePassword,
            @Nullable Text notice) {

        @Override
        public String toString() {
            return "Issued[" + account.role() + "]";
        }
    }

    private static final String COLUMNS =
            "select name, role, office, agency, rights, enabled, one_time, created_at from account ";

    private final JdbcClient db;
    private final Directories directories;
    private final SandboxLogins sandbox;
    private final Administrators administrators;
    private final PasswordEncoder hashes;
    private final AccountActs acts;

    AccountDesk(
            JdbcClient db,
            Directories directories,
            SandboxLogins sandbox,
            Administrators administrators,
            PasswordEncoder hashes,
            AccountActs acts) {
        this.db = db;
        this.directories = directories;
        this.sandbox = sandbox;
        this.administrators = administrators;
        this.hashes = hashes;
        this.acts = acts;
    }

    /** @param after the last name of the page before; null for the first */
    public record Wanted(
            @Nullable String role,
            @Nullable String office,
            @Nullable String agency,
            @Nullable String after,
            int size) {}

    /** By name. */
    public List<Account> list(Wanted wanted) {
        return db.sql(COLUMNS + """
                        where (cast(:role as text) is null or role = :role)
                          and (cast(:office as text) is null or office = :office)
                          and (cast(:agency as text) is null or agency = :agency)
                          and (cast(:after as text) is null or name collate "C" > :after)
                        order by name collate "C" limit :size
                        """)
                .param("role", wanted.role())
                .param("office", wanted.office())
                .param("agency", wanted.agency())
                .param("after", wanted.after())
                .param("size", wanted.size())
                .query(Account.class)
                .list();
    }

    /** @throws Refused UNKNOWN {@code unknown-person} */
    public Account named(String name) {
        return find(name, "");
    }

    /**
     * @param password to begin with; null for one made here
     * @throws Refused RULE {@code account}, with all that will not do; CONFLICT {@code person-exists} or
     *     {@code sandbox-name}
     */
    @Transactional
    public Issued add(String name, Assignment to, @Nullable String password, String by, String reason) {
        List<Flaw> flaws = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            flaws.add(new Flaw("/name", RIGHT_NAME));
        }
        flaws.addAll(to.flaws(directories.current()));
        flaws.addAll(flaws(password, name));
        refuse(flaws);
        if (sandbox.named(name).isPresent()) {
            throw conflict(
                    "sandbox-name",
                    "/name",
                    "Tên này là của một tài khoản thử nghiệm; hãy chọn tên khác, hoặc tắt phần thử nghiệm (BOCAU_SANDBOX=off).",
                    "This name is a sandbox login's; choose another, or switch the sandbox off (BOCAU_SANDBOX=off).");
        }
        String given = password == null ? Passwords.oneTime() : password;
        int made = db.sql(
                        "insert into account (name, password, role, office, agency, one_time, password_by, assigned_by)"
                                + " values (:name, :password, :role, :office, :agency, true, :by, :by) on conflict (name) do nothing")
                .param("by", by)
                .param("name", name)
                .param("password", hashes.encode(given))
                .param("role", to.role())
                .param("office", to.office())
                .param("agency", to.agency())
                .update();
        if (made == 0) {
            throw conflict(
                    "person-exists",
                    "/name",
                    "Đã có tài khoản tên này. Nếu chưa ai nhận được mật khẩu của nó, hãy đặt lại mật khẩu.",
                    "There is an account of this name. If nobody got its password, reset it.");
        }
        acts.note(What.ADD, name, by, reason, change(null, to));
        return new Issued(named(name), password == null ? given : null, null);
    }

    /**
     * A new one-time password; what was open has ended. Whoever gave it might act under the name of the person: so READ and
     * EDIT have to be granted anew, by another.
     *
     * @param password null for one made here
     * @throws Refused UNKNOWN {@code unknown-person}, RULE {@code account}
     */
    @Transactional
    public Issued reset(String name, @Nullable String password, String by, String reason) {
        Account before = lock(name);
        refuse(flaws(password, name));
        String given = password == null ? Passwords.oneTime() : password;
        db.sql("update account set password = :password, one_time = true, rights = :rights, password_by = :by,"
                        + " epoch = epoch + 1 where name = :name")
                .param("rights", Grants.ofOne(before.rights()))
                .param("by", by)
                .param("password", hashes.encode(given))
                .param("name", name)
                .update();
        acts.note(What.RESET, name, by, reason);
        Account account = named(name);
        return new Issued(account, password == null ? given : null, account.enabled() ? null : DISABLED);
    }

    /**
     * Another role, post office or agency; what was open has ended, and what was granted for the role before. Nobody assigns
     * himself: what is usual for the role would be a right that nobody has granted.
     *
     * @throws Refused FORBIDDEN {@code own-rights}, UNKNOWN {@code unknown-person}, RULE {@code account}, CONFLICT {@code same-assignment} or
     *     {@code last-administrator}
     */
    @Transactional
    public Account assign(String name, Assignment to, String by, String reason) {
        refuseOwn(name, by);
        if (!to.role().equals(Administrators.ROLE)) {
            administrators.letGo(name);
        }
        Account before = lock(name);
        refuse(to.flaws(directories.current()));
        var had = new Assignment(before.role(), before.office(), before.agency());
        if (to.equals(had)) {
            throw conflict(
                    "same-assignment",
                    "",
                    "Tài khoản này đang có đúng vai trò và nơi ấy rồi.",
                    "This account has that very role and place already.");
        }
        db.sql("update account set role = :role, office = :office, agency = :agency, rights = null,"
                        + " assigned_by = :by, epoch = epoch + 1 where name = :name")
                .param("by", by)
                .param("role", to.role())
                .param("office", to.office())
                .param("agency", to.agency())
                .param("name", name)
                .update();
        acts.note(What.ASSIGN, name, by, reason, change(had, to));
        return named(name);
    }

    /**
     * Other rights; what was open has ended. Nobody grants anything to himself: what he could then read, no second person
     * has allowed. For the same reason nobody grants READ or EDIT to whom he has given his password or role: of two accounts
     * that one person can sign in with, the second is no second person.
     *
     * @param rights as {@link Grants} writes them; null for what is usual for the role
     * @throws Refused FORBIDDEN {@code own-rights}, UNKNOWN {@code unknown-person}, RULE {@code account}
     */
    @Transactional
    public Account grant(String name, @Nullable String rights, String by, String reason) {
        refuseOwn(name, by);
        Set<String> wrong = rights == null ? Set.of() : Grants.wrong(rights);
        refuse(
                wrong.isEmpty()
                        ? List.of()
                        : List.of(new Flaw(
                                "/rights",
                                new Text(
                                        "Mỗi quyền là QUYỀN@đối-tác hoặc QUYỀN@*, cách nhau một dấu cách; QUYỀN là một trong "
                                                + List.of(Right.values()) + ".",
                                        "Each is RIGHT@partner or RIGHT@*, with a space between; RIGHT is one of "
                                                + List.of(Right.values()) + "."))));
        Account before = lock(name);
        if (rights != null
                && Grants.of(Grants.words(before.rights(), before.role())).growsOfTwo(rights)
                && hasMade(name, by)) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "own-rights",
                    "name",
                    "Bạn đã đặt mật khẩu hoặc vai trò của tài khoản này; READ và EDIT phải do một quản trị khác cấp.",
                    "You gave this account its password or its role; another administrator has to grant READ and EDIT.");
        }
        db.sql("update account set rights = :rights, epoch = epoch + 1 where name = :name")
                .param("rights", rights)
                .param("name", name)
                .update();
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        change.put("before", Objects.requireNonNullElse(before.rights(), USUAL))
                .put("now", Objects.requireNonNullElse(rights, USUAL));
        acts.note(What.GRANT, name, by, reason, change);
        return named(name);
    }

    private boolean hasMade(String name, String by) {
        return db.sql("select exists (select from account where name = :name and :by in (password_by, assigned_by))")
                .param("name", name)
                .param("by", by)
                .query(Boolean.class)
                .single();
    }

    private static void refuseOwn(String name, String by) {
        if (name.equals(by)) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "own-rights",
                    "name",
                    "Không ai tự cấp quyền cho mình; hãy nhờ một quản trị khác.",
                    "Nobody grants rights to himself; ask another administrator.");
        }
    }

    /**
     * It may not sign in any more, and what was open has ended.
     *
     * @throws Refused UNKNOWN {@code unknown-person}, CONFLICT {@code person-disabled} or {@code last-administrator}
     */
    @Transactional
    public Account disable(String name, String by, String reason) {
        administrators.letGo(name);
        if (!lock(name).enabled()) {
            throw conflict(
                    "person-disabled", "name", "Tài khoản này đang bị khóa rồi.", "This account is disabled already.");
        }
        db.sql("update account set enabled = false, epoch = epoch + 1 where name = :name")
                .param("name", name)
                .update();
        acts.note(What.DISABLE, name, by, reason);
        return named(name);
    }

    /**
     * It may sign in again, with the password it had.
     *
     * @throws Refused UNKNOWN {@code unknown-person}, CONFLICT {@code person-enabled}
     */
    @Transactional
    public Account enable(String name, String by, String reason) {
        if (lock(name).enabled()) {
            throw conflict("person-enabled", "name", "Tài khoản này không bị khóa.", "This account is not disabled.");
        }
        db.sql("update account set enabled = true where name = :name")
                .param("name", name)
                .update();
        acts.note(What.ENABLE, name, by, reason);
        return named(name);
    }

    private static ObjectNode change(@Nullable Assignment before, Assignment now) {
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        if (before != null) {
            change.set("before", written(before));
        }
        change.set("now", written(now));
        return change;
    }

    private static ObjectNode written(Assignment place) {
        ObjectNode written = JsonNodeFactory.instance.objectNode().put("role", place.role());
        if (place.office() != null) {
            written.put("office", place.office());
        }
        if (place.agency() != null) {
            written.put("agency", place.agency());
        }
        return written;
    }

    private Account lock(String name) {
        return find(name, " for update");
    }

    private Account find(String name, String how) {
        return (NAME.matcher(name).matches()
                        ? db.sql(COLUMNS + "where name = :name" + how)
                                .param("name", name)
                                .query(Account.class)
                                .optional()
                        : java.util.Optional.<Account>empty())
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN,
                        "unknown-person",
                        "name",
                        "Không có tài khoản nào tên này. Tài khoản thử nghiệm không quản lý ở đây.",
                        "There is no account of this name. Sandbox logins are not managed here."));
    }

    private static List<Flaw> flaws(@Nullable String password, String name) {
        return password == null
                ? List.of()
                : Passwords.wrong(password, name).map(wrong -> new Flaw("/password", wrong)).stream()
                        .toList();
    }

    private static void refuse(List<Flaw> flaws) {
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.RULE, "account", flaws);
        }
    }

    private static Refused conflict(String code, String field, String vi, String en) {
        return new Refused(Refused.Ground.CONFLICT, code, field, vi, en);
    }
}
