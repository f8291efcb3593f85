package vn.bocau.wire.soap;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.apache.cxf.message.Message;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.dom.handler.RequestData;
import org.apache.wss4j.dom.message.token.UsernameToken;
import org.apache.wss4j.dom.validate.UsernameTokenValidator;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.wire.AtTheDoor;
import vn.bocau.wire.http.signin.Attempts;

/** Who guesses at a partner's password here is slowed down as at every other door, counted for the partner and address. */
final class SlowedTokens extends UsernameTokenValidator {

    private final Attempts attempts;
    private final Directories directories;

    SlowedTokens(Attempts attempts, Directories directories) {
        this.attempts = attempts;
        this.directories = directories;
    }

    @Override
    protected void verifyDigestPassword(UsernameToken claim, RequestData data) throws WSSecurityException {
        String account = "soap " + claim.getName();
        String address = address(data);
        attempts.admit(account, address);
        try {
            super.verifyDigestPassword(claim, data);
        } catch (WSSecurityException wrong) {
            attempts.failed(account, address);
            throw wrong;
        }
        attempts.succeeded(account, address);
        directories
                .current()
                .partnerByClientId(claim.getName())
                .map(Partner::id)
                .ifPresent(AtTheDoor::proven);
    }

    private static String address(RequestData data) {
        var request = (HttpServletRequest) ((Message) data.getMsgContext()).get(AbstractHTTPDestination.HTTP_REQUEST);
        return Objects.requireNonNull(request, "an envelope without a request").getRemoteAddr();
    }
}
