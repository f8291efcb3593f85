package vn.bocau.dossier;

import java.util.Objects;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.directory.PostOffice;
import vn.bocau.dossier.rules.Step;

/** Which door a leg goes to, or is fetched from. */
@Component
class Doors {

    private final Legs legs;
    private final Salts salts;

    Doors(Legs legs, Salts salts) {
        this.legs = legs;
        this.salts = salts;
    }

    /**
     * A leg to another door. Whoever carries it stays the same once it is under way, and an outside carrier takes no change
     * then.
     *
     * @param field where the party stood, for what is refused
     * @param ofTheLeg where the leg was named
     */
    LegFacts moved(Journey journey, Leg leg, Party party, String field, String ofTheLeg) {
        Party citizen = party.after(leg.facts().citizen());
        salts.keep(citizen, journey.id(), field);
        PostOffice office = legs.officeAt(Objects.requireNonNull(citizen.commune()), field + "/address/commune");
        boolean begun = !leg.step().beforeUnderWay();
        boolean sameCarrier = office.carrier().equals(leg.facts().carrier());
        if (begun
                && (leg.facts().kind().inbound() || !sameCarrier || !leg.facts().ownCarrier())) {
            throw underWay(ofTheLeg);
        }
        return leg.facts().citizenAt(citizen, office.code(), office.carrier());
    }

    /** Moves it there. An outside carrier that came in vain to the old door gets another order. */
    void move(Journey journey, Leg leg, Party party, String field, String ofTheLeg) {
        legs.change(journey, leg, moved(journey, leg, party, field, ofTheLeg), null);
        if (leg.step() == Step.PICKUP_FAILED) {
            legs.orderAnew(journey, leg, null);
        }
    }

    static Refused underWay(String field) {
        return new Refused(
                Refused.Ground.CONFLICT,
                "under-way",
                field,
                "Bưu gửi đã trên đường, không đổi được nữa.",
                "The item is on its way; this cannot be changed any more.");
    }
}
