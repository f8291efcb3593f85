package vn.bocau.dossier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.directory.Agency;
import vn.bocau.directory.Directories;
import vn.bocau.directory.PostOffice;
import vn.bocau.directory.Procedure;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.Step;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Outbound;

/**
 * What outside carriers are told follows from how a leg stands and who has its item when its journey is saved, and from
 * what they were told before: nobody who changes a leg has to think of them.
 */
@Component
class CarrierOrders {

    private final Directories directories;
    private final ItemPools pools;
    private final Journal journal;

    CarrierOrders(Directories directories, ItemPools pools, Journal journal) {
        this.directories = directories;
        this.pools = pools;
        this.journal = journal;
    }

    /**
     * Takes their numbers off legs that a carrier is to hear of anew: its old order is taken back, and the contract knows no
     * other under the same number. Not where an envelope bears the number already.
     */
    void renumber(Journey journey) {
        journey.legs().stream()
                .filter(leg -> isWanted(leg) && leg.step().beforeUnderWay())
                .filter(leg -> leg.carrierOrder()
                        .filter(has -> !has.says(leg) && pools.drew(has.item()))
                        .isPresent())
                .forEach(leg -> journey.agree(leg, leg.facts().withItem(null)));
    }

    /** Tells each carrier what is otherwise than it was told. */
    void tell(Journey journey) {
        OrderBook book = journey.orders();
        // Before anything is taken back: what gets another number stands on.
        List<Leg> wanted =
                journey.legs().stream().filter(CarrierOrders::isWanted).toList();
        journey.legs()
                .forEach(leg -> book.of(leg.id()).stream()
                        .filter(has -> !has.cancelled() && isToBeTakenBack(leg, has))
                        .forEach(has -> tell(journey, leg, "order-cancel", has.back(book.nextTurn(), Legs.now()))));
        wanted.forEach(leg -> {
            Optional<CarrierOrder> has = leg.carrierOrder();
            if (has.filter(known -> known.says(leg)).isEmpty()) {
                // Whatever it was told under this number before, an order would be a repeat to it.
                tell(
                        journey,
                        leg,
                        has.isPresent() ? "order-change" : "order",
                        CarrierOrder.of(leg, has.map(CarrierOrder::takenBack).orElse(0), book.nextTurn(), Legs.now()));
            } else {
                Cod cod = leg.toTake().cod();
                has.filter(known -> cod.amount() > 0 && !known.toTake().cod().equals(cod))
                        .ifPresent(known -> journey.told(known.owedTo(cod)));
            }
        });
    }

    /**
     * Somebody is to come for it, or has it. An order that stands is kept true; one that was taken back before we heard that
     * it was being carried out stands again, but for papers: their door is behind them. So does one that was taken back in
     * error.
     */
    private static boolean isWanted(Leg leg) {
        LegFacts facts = leg.facts();
        return !facts.ownCarrier()
                && facts.item() != null
                && facts.kind() != LegKind.RETURN
                && leg.toBeCarried()
                && !leg.progress().recalled()
                && (isToBeOrdered(leg)
                        || leg.isOrdered()
                        || leg.wasTakenBackInError()
                        || !facts.kind().inbound() && leg.wasFetchedBy(facts.carrier(), facts.item()))
                && !leg.isCarriedOtherwise(facts.carrier(), facts.item());
    }

    /** Not while a person has to say how it goes on. What is with us is ordered of nobody. */
    private static boolean isToBeOrdered(Leg leg) {
        return leg.step() != Step.PICKUP_FAILED && leg.step() != Step.SHORT && !leg.isWithUs();
    }

    private static boolean isToBeTakenBack(Leg leg, CarrierOrder has) {
        boolean saidSoItself = leg.endedWith().filter(has::isMeantBy).isPresent();
        // What the agency did not take from it, it still has.
        boolean arrived = leg.possession()
                .filter(report -> report.code() == HandlingCode.HANDED_TO_AGENCY
                        || report.code() == HandlingCode.AGENCY_RETURNED
                                && !report.source().equals(has.carrier()))
                .isPresent();
        boolean calledOff = leg.step() == Step.CANCELLED && !arrived
                || leg.step() == Step.LOST
                || leg.step() == Step.AWAITING_RESULT
                || leg.step() == Step.RETURN_APPROVED
                || leg.progress().recalled() && leg.open();
        return calledOff && !saidSoItself
                || leg.open() && !has.isFor(leg.facts())
                || leg.isCarriedOtherwise(has.carrier(), has.item());
    }

    private void tell(Journey journey, Leg leg, String kind, CarrierOrder order) {
        String code = journey.dossier().codes().get(0).code();
        journal.tell(new Outbound(
                order.carrier(),
                journey.id().toString(),
                kind,
                kind + "-" + leg.id() + "-" + order.item() + "-" + order.turn(),
                code,
                body(journey.dossier(), code, leg, order)));
        journey.told(order);
    }

    private ObjectNode body(Dossier dossier, String code, Leg leg, CarrierOrder order) {
        LegFacts facts = leg.facts();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("orderNumber", order.item())
                .put("item", order.item())
                .put("kind", facts.kind().name())
                .put("dossierCode", code)
                .put(
                        "agency",
                        directories
                                .current()
                                .agency(facts.agency())
                                .map(Agency::name)
                                .orElse(facts.agency()));
        Optional.ofNullable(dossier.procedure())
                .flatMap(directories.current()::procedure)
                .map(Procedure::name)
                .or(() -> Optional.ofNullable(dossier.procedureName()))
                .ifPresent(name -> body.put("procedure", name));
        body.set("sender", addressed(facts.sender(), facts.fromOffice()));
        body.set("receiver", addressed(facts.receiver(), facts.toOffice()));
        body.set("papers", Paper.json(facts.papers()));
        body.put("fee", order.toTake().fee())
                .put("postage", order.toTake().postage())
                .put("cod", order.toTake().cod().amount())
                .put("originalsToTakeBack", order.toTake().originals())
                .put("identityCheck", facts.identityCheck());
        Optional.ofNullable(leg.progress().nextDate()).ifPresent(day -> body.put("day", day.toString()));
        return body;
    }

    /** An office whose row is gone says no more than its code. */
    private ObjectNode addressed(Party party, String officeCode) {
        ObjectNode json = party.json();
        Optional<PostOffice> office = directories.current().office(officeCode);
        @Nullable
        String commune = Optional.ofNullable(party.commune())
                .or(() -> office.map(PostOffice::commune))
                .orElse(null);
        ObjectNode address = json.withObject("/address");
        if (commune != null) {
            address.put("commune", commune);
            directories
                    .current()
                    .commune(commune, Legs.today())
                    .ifPresent(known ->
                            address.put("communeName", known.fullName()).put("province", known.province()));
        }
        if (officeCode.matches("[0-9]{2}.*")) {
            address.put("vnpostProvince", Integer.parseInt(officeCode.substring(0, 2)));
        }
        office.map(PostOffice::vnpostDistrict).ifPresent(district -> address.put("vnpostDistrict", district));
        return json;
    }
}
