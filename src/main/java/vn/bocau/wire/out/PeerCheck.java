package vn.bocau.wire.out;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import vn.bocau.code.Text;
import vn.bocau.code.Unavailable;
import vn.bocau.directory.Directory;
import vn.bocau.directory.Partner;
import vn.bocau.directory.PartnerCheck;
import vn.bocau.journal.LineSettings;
import vn.bocau.wire.Secrets;
import vn.bocau.wire.mapping.MappingSet;

/** Whether a partner could be spoken to by its row: everything that would hold its line, but for the partner itself. */
@Component
final class PeerCheck implements PartnerCheck {

    /** What each kind of partner is told, and its dialect has to say or be silent about. */
    private static final Map<Partner.Kind, List<String>> TOLD = Map.of(
            Partner.Kind.PORTAL, List.of("progress", "status"),
            Partner.Kind.AGENCY, List.of("arrival", "outcome"),
            Partner.Kind.ONE_STOP, List.of("progress"),
            Partner.Kind.CARRIER, List.of("order", "order-cancel"),
            Partner.Kind.NOTIFIER, List.of("notice"),
            Partner.Kind.ALERTS, List.of("alert"));

    /** From the claim to the first word, on a busy machine, in milliseconds. */
    private static final int HASTE = 1_000;

    private final Secrets secrets;
    private final LineSettings lines;

    PeerCheck(Secrets secrets, LineSettings lines) {
        this.secrets = secrets;
        this.lines = lines;
    }

    @Override
    public List<Text> wrong(Partner partner, Directory next) {
        List<Text> wrong = new ArrayList<>();
        if (partner.clientId() != null && partner.secret() != null) {
            secrets.wrong(partner.secret()).ifPresent(wrong::add);
        }
        partner.follows().stream()
                .filter(followed -> !follows(partner, followed, next))
                .forEach(followed -> wrong.add(new Text(
                        "follows chỉ dành cho PORTAL nhận PUSH, và nêu một PORTAL khác trong danh bạ: " + followed,
                        "follows is for a PORTAL that is told by PUSH, and names another PORTAL of the directory: "
                                + followed)));
        if (partner.delivery() == Partner.Delivery.PUSH && partner.dialect() != null) {
            try {
                MappingSet files = next.companion(MappingSet.class);
                spoken(new Peer(partner, DialectFiles.of(files, partner.dialect()), files, secrets), wrong);
            } catch (WrongDialect dialect) {
                wrong.add(dialect.reason());
            }
        }
        return wrong;
    }

    private static boolean follows(Partner partner, String followed, Directory next) {
        return partner.kind() == Partner.Kind.PORTAL
                && partner.delivery() == Partner.Delivery.PUSH
                && !followed.equals(partner.id())
                && next.partner(followed)
                        .filter(known -> known.kind() == Partner.Kind.PORTAL)
                        .isPresent();
    }

    private void spoken(Peer peer, List<Text> wrong) {
        Dialect dialect = peer.dialect();
        List<String> told = TOLD.getOrDefault(peer.partner().kind(), List.of());
        if (dialect.silent().containsAll(told)) {
            wrong.add(new Text(
                    "Phương ngữ " + dialect.name() + " không dành cho loại đối tác này: nó im lặng với " + told + ".",
                    "The dialect " + dialect.name() + " is not for this kind of partner: it is silent about " + told
                            + "."));
        }
        for (String kind : told) {
            if (dialect.message(kind).isEmpty() && !dialect.silent().contains(kind)) {
                wrong.add(new Text(
                        "Phương ngữ " + dialect.name() + " không nói loại " + kind + " mà đối tác loại này được báo.",
                        "The dialect " + dialect.name() + " has no way to say " + kind
                                + ", which a partner of this kind is told."));
            }
        }
        if (dialect.usesClient() && peer.partner().clientId() == null) {
            wrong.add(new Text(
                    "Phương ngữ " + dialect.name() + " cần client_id.",
                    "The dialect " + dialect.name() + " needs a client_id."));
        }
        dialect.settings().forEach(name -> hold(wrong, () -> peer.setting(name)));
        hold(wrong, peer::connectTimeout);
        hold(wrong, () -> peer.every(1));
        hold(wrong, () -> waited(peer));
        hold(wrong, () -> peer.uri("/"));
        hold(wrong, () -> peer.login(dialect.login().path().replaceAll("\\{[^}]*}", "x")));
        dialect.headers()
                .forEach(all -> all.forEach((name, template) -> {
                    if (!Blanks.in(template)
                            .map(blank -> ofRow(peer.partner(), blank))
                            .allMatch(DialectCheck::isValue)) {
                        hold(wrong, () -> {
                            throw Blanks.unfit(peer, name);
                        });
                    }
                }));
        if (dialect.login().kind() != Dialect.Login.Kind.NONE) {
            secret(peer, wrong);
        }
        Dialect.Push push = dialect.push();
        if (push != null) {
            hold(wrong, () -> peer.secret(push.secret()));
        }
    }

    /** What the row puts into a blank; empty for what is known with a message alone. */
    private static String ofRow(Partner partner, String blank) {
        if (blank.equals("client")) {
            return partner.clientId() == null ? "" : partner.clientId();
        }
        return blank.startsWith("partner.")
                ? partner.settings().getOrDefault(blank.substring("partner.".length()), "")
                : "";
    }

    /** One that it shows us as well is missed there already. */
    private static void secret(Peer peer, List<Text> wrong) {
        boolean told =
                peer.partner().clientId() != null && peer.dialect().login().secret() == null;
        boolean set = hold(told ? new ArrayList<>() : wrong, peer::secret);
        if (set && peer.dialect().login().kind() == Dialect.Login.Kind.WEBHOOK) {
            hold(wrong, () -> Logins.webhook(peer));
        }
        if (set && isShown(peer.dialect().login().kind()) && !DialectCheck.isValue(peer.secret())) {
            Set<String> headers = peer.dialect().login().headers().keySet();
            wrong.add(Blanks.unfit(peer, headers.isEmpty() ? "Authorization" : String.join(", ", headers))
                    .reason());
        }
    }

    /** As it is, in a header. */
    private static boolean isShown(Dialect.Login.Kind kind) {
        return kind == Dialect.Login.Kind.BEARER || kind == Dialect.Login.Kind.KEY;
    }

    /** Nothing is said whose answer may come after the claim: with such a time-out nothing ever would be. */
    private void waited(Peer peer) {
        if (peer.readTimeout() + HASTE > lines.claim().toMillis()) {
            throw new Unavailable(
                    "claim-too-short",
                    "read-timeout của " + peer.id() + " (" + peer.readTimeout()
                            + " ms) phải ngắn hơn BOCAU_LINE_CLAIM ít nhất một giây ("
                            + lines.claim().toMillis() + " ms).",
                    "The read-timeout of " + peer.id() + " (" + peer.readTimeout()
                            + " ms) must be a second shorter than BOCAU_LINE_CLAIM ("
                            + lines.claim().toMillis() + " ms).");
        }
    }

    /** What would hold the line at the first message is said now; each thing once. Whether nothing would. */
    private static boolean hold(List<Text> wrong, Runnable use) {
        try {
            use.run();
            return true;
        } catch (Unavailable held) {
            if (!wrong.contains(held.reason())) {
                wrong.add(held.reason());
            }
            return false;
        }
    }
}
