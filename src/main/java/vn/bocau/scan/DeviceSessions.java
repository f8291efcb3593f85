package vn.bocau.scan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.stereotype.Component;
import vn.bocau.code.Sha256;
import vn.bocau.wire.http.people.OpenSessions;
import vn.bocau.wire.http.people.Rights;

/**
 * Phones that signed in. A token is good for a working day and the next morning, because a phone in the mountains cannot
 * sign in again; it is known here by its hash alone, and a lost phone's is revoked. What it may do is what its account may
 * do now, and it ends when that account is disabled, reset or given another role.
 */
@Component
class DeviceSessions implements OpaqueTokenIntrospector {

    /**
     * The only right of a phone that was reported lost: to be told so, to say which shift is open on it, and its handlings
     * kept for a person to look at.
     */
    static final String REVOKED = "REVOKED";

    /**
     * Whether a session, {@code mine}, speaks for its phone: of an account's the latest does, and what has run out only as
     * long as nobody has signed in since. Where its people worked before, nobody locks it.
     */
    static final String SPEAKS = """
            not exists (select from device_session later
                where later.device = mine.device and later.opened_at > mine.opened_at
                  and (later.account = mine.account or mine.expires_at <= clock_timestamp()))
            """;

    private static final SecureRandom RANDOM = new SecureRandom();

    /** @param token given out once, never stored */
    record Opened(String token, Instant expiresAt) {}

    private final JdbcClient db;
    private final OpenSessions accounts;
    private final Duration lasts;

    DeviceSessions(JdbcClient db, OpenSessions accounts, ScanSettings settings) {
        this.db = db;
        this.accounts = accounts;
        this.lasts = settings.session();
    }

    /** @param epoch of the account when it signed in */
    Opened open(Postal who, long epoch, String device) {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Instant expires = Instant.now().plus(lasts);
        db.sql("""
                        insert into device_session (token_hash, account, epoch, role, office, device, expires_at)
                        values (:hash, :account, :epoch, :role, :office, :device, :expires)
                        """)
                .param("hash", hash(token))
                .param("account", who.user())
                .param("epoch", epoch)
                .param("role", who.role())
                .param("office", who.office())
                .param("device", device)
                .param("expires", expires.atOffset(java.time.ZoneOffset.UTC))
                .update();
        return new Opened(token, expires);
    }

    /**
     * Ends every session of a phone, whoever's: what is lost is the phone.
     *
     * @param office at which somebody is signed in on it, or was last
     * @param by user name of the supervisor
     * @return how many there were
     */
    int revoke(String device, String office, String by) {
        return db.sql("update device_session set revoked_at = clock_timestamp(), revoked_by = :by,"
                        + " revoked_office = :office where device = :device and revoked_at is null and exists ("
                        + "select from device_session mine where mine.device = :device and mine.office = :office"
                        + " and mine.revoked_at is null and " + SPEAKS + ")")
                .param("by", by)
                .param("device", device)
                .param("office", office)
                .update();
    }

    /**
     * A phone's name is no secret, and its count and its shifts hang on it: whoever signs in under it shows what the phone
     * showed the first time.
     *
     * @param secret empty when none was shown
     * @return false when the phone showed another, or one at all
     */
    boolean same(String device, String secret) {
        byte[] shown = hash(secret);
        if (!secret.isEmpty()) {
            db.sql("insert into device (id, secret) select :device, :shown where not exists"
                            + " (select from device_session where device = :device and revoked_at is null"
                            + " and expires_at > clock_timestamp()) on conflict do nothing")
                    .param("device", device)
                    .param("shown", shown)
                    .update();
        }
        return db.sql("select secret from device where id = :device")
                .param("device", device)
                .query(byte[].class)
                .optional()
                .map(known -> MessageDigest.isEqual(known, shown))
                .orElse(true);
    }

    /** Whether the phone was reported lost, and no supervisor has released it since. */
    boolean lost(String device) {
        return db.sql("select exists (select from device_session"
                        + " where device = :device and revoked_at is not null and released_at is null)")
                .param("device", device)
                .query(Boolean.class)
                .single();
    }

    /** Who else than this user has a shift open on the phone. */
    Optional<String> worksWith(String device, String user) {
        return db.sql("select account from shift where device = :device and account <> :user and closed_at is null")
                .param("device", device)
                .param("user", user)
                .query(String.class)
                .optional();
    }

    /**
     * Lets people sign in again on a phone that was reported lost, or whose secret was lost: it shows a new one then.
     * Sessions that ended stay ended.
     *
     * @param office that reported it lost: nobody else knows that it was found
     * @param by user name of the supervisor
     * @return false when it is not one of this office's lost phones
     */
    boolean release(String device, String office, String by) {
        return db.sql("""
                        with released as (
                            update device_session set released_at = coalesce(released_at, clock_timestamp()),
                                released_by = coalesce(released_by, :by)
                            where device = :device and revoked_office = :office and not exists (
                                select from device_session theirs where theirs.device = :device
                                and theirs.revoked_office <> :office and theirs.released_at is null)
                            returning device),
                        forgotten as (delete from device where id in (select device from released))
                        select exists (select from released)
                        """)
                .param("by", by)
                .param("device", device)
                .param("office", office)
                .query(Boolean.class)
                .single();
    }

    /** Ends one session, as its phone asks. */
    void end(String token) {
        db.sql("update device_session set expires_at = clock_timestamp() where token_hash = :hash")
                .param("hash", hash(token))
                .update();
    }

    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
        record Session(
                String account,
                long epoch,
                String role,
                String office,
                String device,
                boolean revoked,
                boolean silent) {}
        byte[] hash = hash(token);
        Session session = db.sql("select account, epoch, role, office, device, revoked_at is not null as revoked,"
                        + " seen_at < clock_timestamp() - interval '1 minute' as silent"
                        + " from device_session where token_hash = :hash and expires_at > clock_timestamp()")
                .param("hash", hash)
                .query(Session.class)
                .optional()
                .orElseThrow(() -> new BadOpaqueTokenException("unknown or expired"));
        if (session.silent()) {
            db.sql("update device_session set seen_at = clock_timestamp() where token_hash = :hash")
                    .param("hash", hash)
                    .update();
        }
        List<GrantedAuthority> rights = session.revoked()
                ? AuthorityUtils.createAuthorityList(REVOKED, Rights.OFFICE + session.office())
                : accounts.rights(session.account(), session.epoch());
        return new DefaultOAuth2AuthenticatedPrincipal(
                session.account(), Map.of("device", session.device(), "role", session.role()), rights);
    }

    private static byte[] hash(String secret) {
        return Sha256.of(secret.getBytes(StandardCharsets.UTF_8));
    }
}
