package vn.bocau.dossier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.directory.Agency;
import vn.bocau.dossier.rules.Act;
import vn.bocau.dossier.rules.Choice;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.Step;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Receipt;

/**
 * What a clerk does about what the post could not deliver, other than to put its address right: it waits at the counter, the
 * citizen was called, or papers that were turned away are taken after all. Answers are {@code {"leg": …}}.
 */
@Component("undelivered")
public class Undelivered {

    /** How a call to the citizen ended. */
    public enum Outcome {
        WILL_FETCH("Sẽ đến nhận", "Will come for it"),
        ADDRESS_GIVEN("Đã cho địa chỉ đúng", "Gave the right address"),
        CALL_LATER("Hẹn gọi lại", "To be called again"),
        NO_ANSWER("Không nghe máy", "No answer"),
        WRONG_NUMBER("Sai số", "Wrong number");

        private final Text text;

        Outcome(String vi, String en) {
            text = new Text(vi, en);
        }

        /** For people. */
        public Text text() {
            return text;
        }
    }

    private final Journal journal;
    private final Journeys journeys;
    private final Legs legs;
    private final Deciders deciders;
    private final JdbcClient db;

    Undelivered(Journal journal, Journeys journeys, Legs legs, Deciders deciders, JdbcClient db) {
        this.journal = journal;
        this.journeys = journeys;
        this.legs = legs;
        this.deciders = deciders;
        this.db = db;
    }

    /**
     * It waits at the counter of the office that would bring it, as long as the citizen could ask for that. The answer says with
     * {@code "from"} from which day on it is there.
     *
     * @throws Refused UNKNOWN {@code unknown-dossier}, {@code no-such-leg}; CONFLICT {@code too-late}
     */
    public Receipt hold(Inbound in) {
        return journal.once(in, () -> {
            Decider decider = deciders.of(in);
            Journey journey = journey(in);
            Leg leg = between(journey, in, decider.agency());
            if (!journey.choices(leg).contains(Choice.OFFICE)) {
                throw new Refused(
                        Refused.Ground.CONFLICT,
                        "too-late",
                        "leg",
                        "Không giữ được tại bưu cục: " + leg.step().text().vi() + ".",
                        "It cannot be held at a post office: "
                                + leg.step().text().en() + ".");
            }
            journey.happened(
                    leg,
                    Legs.now(null, HandlingCode.HELD_FOR_PICKUP, decider.author())
                            .with(leg.counter(), null));
            legs.label(journey);
            journeys.save(journey);
            return answer(leg).put("from", journey.fetchedFrom(leg, Legs.now()).toString());
        });
    }

    /**
     * The citizen was called. Moves nothing; who looks at it next sees by whom, when, and how it ended.
     *
     * @throws Refused UNKNOWN {@code unknown-dossier}, {@code no-such-leg}
     */
    public Receipt call(Inbound in) {
        return journal.once(in, () -> {
            Decider decider = deciders.of(in);
            Leg leg = own(journey(in), in, decider.agency());
            db.sql("insert into leg_call (id, leg, by, agency, outcome) values (:id, :leg, :by, :agency, :outcome)")
                    .param("id", UuidCreator.getTimeOrderedEpoch())
                    .param("leg", leg.id())
                    .param("by", decider.author().name())
                    .param("agency", decider.agency().id())
                    .param("outcome", in.payload().path("outcome").asText())
                    .update();
            return answer(leg);
        });
    }

    /**
     * The agency has the envelope that it had turned away: there is nothing to decide about the dossier, which has gone on
     * without, and the papers lie with it.
     *
     * @throws Refused UNKNOWN {@code unknown-dossier}; CONFLICT {@code nothing-to-take}
     */
    public Receipt take(Inbound in) {
        return journal.once(in, () -> {
            Decider decider = deciders.of(in);
            Journey journey = journey(in);
            Leg leg = journey.leg(leg(in))
                    .filter(known -> known.step() == Step.AGENCY_RETURNED
                            && journey.owed(known) == Act.DECIDE_ON_PAPERS
                            && journey.isOwedBy(known, decider.agency().id()))
                    .orElseThrow(() -> new Refused(
                            Refused.Ground.CONFLICT,
                            "nothing-to-take",
                            "leg",
                            "Không có phong bì nào như vậy mà cơ quan chưa nhận.",
                            "There is no such envelope that the agency has not taken."));
            legs.happened(journey, leg, leg.facts().item(), HandlingCode.HANDED_TO_AGENCY, decider.author());
            journeys.save(journey);
            return answer(leg);
        });
    }

    private Journey journey(Inbound in) {
        return journeys.byCode(in.payload().path("dossier").asText()).orElseThrow(() -> Dossiers.unknown("dossier"));
    }

    /** Between the citizen and the agency. */
    private static Leg between(Journey journey, Inbound in, Agency agency) {
        Leg leg = own(journey, in, agency);
        LegKind kind = leg.facts().kind();
        if (!kind.outbound() && !kind.inbound()) {
            throw noSuchLeg();
        }
        return leg;
    }

    private static Leg own(Journey journey, Inbound in, Agency agency) {
        return journey.leg(leg(in))
                .filter(known -> known.facts().agency().equals(agency.id()))
                .orElseThrow(Undelivered::noSuchLeg);
    }

    private static UUID leg(Inbound in) {
        return UUID.fromString(in.payload().path("leg").asText());
    }

    private static Refused noSuchLeg() {
        return new Refused(
                Refused.Ground.UNKNOWN,
                "no-such-leg",
                "leg",
                "Hồ sơ này không có bưu gửi nào như vậy của cơ quan.",
                "The dossier has no such item of the agency.");
    }

    private static ObjectNode answer(Leg leg) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("leg", Legs.answer(leg.facts()));
        return answer;
    }
}
