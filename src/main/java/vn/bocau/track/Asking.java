package vn.bocau.track;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.code.Telephone;
import vn.bocau.dossier.Citizens;
import vn.bocau.dossier.Citizens.Offer;
import vn.bocau.dossier.Dossiers;
import vn.bocau.dossier.rules.Rules;
import vn.bocau.journal.Inbound;
import vn.bocau.wire.Entrance;
import vn.bocau.wire.http.signin.TooManyAttempts;

/**
 * Brings in what citizens ask for, once, from whoever knows the last digits of the telephone again: a link is passed on
 * more easily than that.
 */
@Component
class Asking {

    private final TrackLinks links;
    private final Dossiers dossiers;
    private final Citizens citizens;
    private final Guesses guesses;
    private final Entrance entrance;

    Asking(TrackLinks links, Dossiers dossiers, Citizens citizens, Guesses guesses, Entrance entrance) {
        this.links = links;
        this.dossiers = dossiers;
        this.citizens = citizens;
        this.guesses = guesses;
        this.entrance = entrance;
    }

    /**
     * One leg, as somebody looks at it.
     *
     * @param link by which
     * @param byMessage the link was sent to the telephone of this leg
     */
    record View(String link, UUID dossier, Offer offer, boolean byMessage) {

        /** Without the link, which opens the dossier. */
        @Override
        public String toString() {
            return "View[" + dossier + " " + offer + " " + byMessage + "]";
        }
    }

    /** @return empty when the link is none of ours or of a dossier that ended long ago, or it has no such leg of a citizen */
    Optional<View> view(String link, int no) {
        return links.read(link)
                .filter(opened -> dossiers.ofCitizen(opened.dossier())
                        .filter(facts -> !Story.isOver(facts, Instant.now()))
                        .isPresent())
                .flatMap(opened -> citizens.offers(opened.dossier()).stream()
                        .filter(offer -> offer.no() == no)
                        .findFirst()
                        .map(offer -> new View(
                                link,
                                opened.dossier(),
                                offer,
                                links.shows(opened, offer.telephone(), LocalDate.now(Rules.ZONE)))));
    }

    /**
     * @return whether these are the last digits of the telephone
     * @throws TooManyAttempts when no guess is answered now
     */
    boolean knows(View view, String digits, String address) {
        String telephone = Telephone.plain(view.offer().telephone());
        return guesses.behindLink(
                        view.link(), address, () -> Optional.of(digits).filter(telephone::endsWith))
                .isPresent();
    }

    static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * @param what names the route: {@code day}, {@code address}, {@code hold} or {@code link}
     * @param form that was sent: the idempotency key
     * @throws Refused when it was not accepted; nothing of it is kept
     */
    void bring(View view, String what, String form, ObjectNode said) {
        said.put("dossier", view.dossier().toString())
                .put("leg", view.offer().leg().toString());
        said.putObject("by")
                .put("telephone", view.offer().telephone())
                .put("shown", view.byMessage() ? Citizens.BY_MESSAGE : "CODE");
        entrance.bring(new Inbound(Citizens.TRACK, "citizen." + what + "-" + form, "citizen." + what, said));
    }
}
