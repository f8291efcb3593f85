package vn.bocau.wire.http.people;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.User;

/** A person who has signed in by name and password, and the epoch of the account then. */
public final class SignedIn extends User {

    private static final long serialVersionUID = 1;

    private final long epoch;

    SignedIn(String name, String hash, boolean enabled, Collection<GrantedAuthority> rights, long epoch) {
        super(name, hash, enabled, true, true, true, rights);
        this.epoch = epoch;
    }

    /** Of the account when this person signed in; see {@link OpenSessions#rights}. */
    public long epoch() {
        return epoch;
    }

    /** Sessions of one account are the same person's, whenever they were opened. */
    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
