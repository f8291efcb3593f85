package vn.bocau.wire.http.ngsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.code.Text;
import vn.bocau.directory.Directory;
import vn.bocau.directory.Partner;
import vn.bocau.directory.PartnerCheck;
import vn.bocau.wire.Secrets;

/** Whether a one-stop system could come in by its row, and is nobody but itself there. */
@Component
final class OneStopCheck implements PartnerCheck {

    private final Secrets secrets;

    OneStopCheck(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public List<Text> wrong(Partner partner, Directory next) {
        List<Text> wrong = new ArrayList<>();
        if (partner.kind() != Partner.Kind.ONE_STOP) {
            return wrong;
        }
        @Nullable String code = setting(partner, OneStops.CUSTOMER_CODE);
        if (code == null) {
            wrong.add(new Text(
                    "ONE_STOP phải có customer-code trong settings.",
                    "A ONE_STOP needs a customer-code in its settings."));
        } else if (isTaken(partner, next, p -> Optional.ofNullable(setting(p, OneStops.CUSTOMER_CODE)))) {
            wrong.add(new Text(
                    "customer-code " + code + " đã có ở dòng khác.",
                    "The customer-code " + code + " stands in another row already."));
        }
        @Nullable String token = setting(partner, OneStops.STATIC_TOKEN);
        if (token == null && partner.clientId() == null) {
            wrong.add(new Text(
                    "ONE_STOP phải có client_id hoặc static-token, nếu không thì không vào được.",
                    "A ONE_STOP needs a client_id or a static-token, or it cannot come in."));
        } else if (token != null && secrets.wrong(token).isPresent()) {
            secrets.wrong(token).ifPresent(wrong::add);
        } else if (token != null && isTaken(partner, next, this::agreed)) {
            wrong.add(new Text(
                    "static-token trùng với đối tác khác.", "Its static-token is that of another partner too."));
        }
        return wrong;
    }

    private Optional<String> agreed(Partner partner) {
        // Of another, whose file may be unreadable: that is told at its own row.
        return Optional.ofNullable(setting(partner, OneStops.STATIC_TOKEN))
                .filter(name -> secrets.wrong(name).isEmpty())
                .flatMap(secrets::named);
    }

    private static boolean isTaken(Partner partner, Directory next, Function<Partner, Optional<String>> what) {
        return next.partners().stream()
                .filter(p -> p.kind() == Partner.Kind.ONE_STOP && !p.id().equals(partner.id()))
                .anyMatch(other -> what.apply(other).equals(what.apply(partner)));
    }

    private static @Nullable String setting(Partner partner, String name) {
        return partner.settings().get(name);
    }
}
