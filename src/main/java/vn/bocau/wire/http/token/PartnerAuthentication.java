package vn.bocau.wire.http.token;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import vn.bocau.directory.Partner;

/** A partner that has proved who it is. Its name is its id. */
public final class PartnerAuthentication extends AbstractAuthenticationToken {

    private final String partner;

    public PartnerAuthentication(Partner partner) {
        super(List.of(new SimpleGrantedAuthority("ROLE_PARTNER")));
        this.partner = partner.id();
        setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return partner;
    }
}
