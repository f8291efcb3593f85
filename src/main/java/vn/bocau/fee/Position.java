package vn.bocau.fee;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.bocau.dossier.DossierMoney;
import vn.bocau.dossier.DossierMoney.Part;
import vn.bocau.dossier.DossierMoney.Taken;
import vn.bocau.dossier.Money;
import vn.bocau.fee.Entry.Act;

/** What should stand in the ledger of a dossier, by what is due, taken and handed on as we know it now. */
final class Position {

    private final Map<Entry, Long> amounts = new LinkedHashMap<>();

    private Position() {}

    /**
     * @param stands what was entered of it until now
     * @return amounts in đồng, none of them 0
     */
    static Map<Entry, Long> of(DossierMoney money, Map<Entry, Long> stands) {
        var position = new Position();
        DossierMoney.Paid paid = money.payment();
        if (paid != null) {
            position.paidOnline(money, paid, stands);
        }
        money.legs().forEach(position::leg);
        if (paid == null && money.legs().stream().noneMatch(part -> part.money() == Money.FEE && part.due() > 0)) {
            position.paidNoMore(stands);
        }
        return position.amounts;
    }

    /** @param whose as a part says */
    static String owner(Money money, String whose) {
        return switch (money) {
            case FEE -> whose;
            case POSTAGE -> Entry.POST;
            case COD -> Entry.payee(whose);
        };
    }

    /**
     * Whose it was, and how much, when the portal said so: neither another agency that the dossier has gone to since has that
     * money, nor does a fee that is another by now change what was due then.
     */
    private void paidOnline(DossierMoney money, DossierMoney.Paid paid, Map<Entry, Long> stands) {
        Optional<Entry> told = stands.keySet().stream()
                .filter(entry -> entry.act() == Act.PAID_ONLINE)
                .findFirst();
        String owner = told.map(Entry::owner).orElse(money.agency());
        String portal = told.map(Entry::debit).orElse(Entry.portal(paid.portal()));
        String cause = money.dossier().toString();
        var of = new Of(owner, null, Money.FEE);
        var asked = new Entry(owner, null, Money.FEE, Act.DUE, cause, Entry.CITIZEN, Entry.claim(owner));
        long due = told.isPresent() ? stands.getOrDefault(asked, 0L) : paid.due();
        long amount = paid.said() == null ? told.map(stands::get).orElse(paid.amount()) : paid.amount();
        add(of, Act.DUE, cause, Entry.CITIZEN, Entry.claim(owner), due);
        add(of, Act.PAID_ONLINE, cause, portal, Entry.CITIZEN, amount);
        close(of, cause, due, amount, true);
    }

    /** It was not paid online after all, and no door is left at which it could be taken: it stays due, and is missing. */
    private void paidNoMore(Map<Entry, Long> stands) {
        stands.forEach((entry, due) -> {
            if (entry.leg() == null && entry.act() == Act.DUE) {
                var of = new Of(entry.owner(), null, Money.FEE);
                add(of, Act.DUE, entry.cause(), entry.debit(), entry.credit(), due);
                close(of, entry.cause(), due, 0, true);
            }
        });
    }

    private void leg(Part part) {
        String owner = owner(part.money(), part.whose());
        String cause = part.leg().toString();
        var of = new Of(owner, part, part.money());
        add(of, Act.DUE, cause, Entry.CITIZEN, Entry.claim(owner), part.due());
        long collected = 0;
        Map<String, Long> held = new LinkedHashMap<>();
        for (Taken taken : part.taken()) {
            String holder = taken.own() ? Entry.post(taken.holder()) : Entry.carrier(taken.holder());
            add(of, Act.COLLECTED, taken.handling().toString(), holder, Entry.CITIZEN, taken.amount());
            held.merge(holder, taken.amount(), Long::sum);
            collected += taken.amount();
        }
        close(of, cause, part.due(), collected, part.done());
        for (DossierMoney.HandedOn on : part.handedOn()) {
            handOver(of, on, held);
        }
    }

    /** The citizen is asked no more for what is missing when the door is done, and gets back what was too much. */
    private void close(Of of, String cause, long due, long given, boolean done) {
        if (done && due > given) {
            add(of, Act.SHORT, cause, Entry.shortOf(of.owner), Entry.CITIZEN, due - given);
        }
        if (given > due) {
            add(of, Act.SURPLUS, cause, Entry.CITIZEN, Entry.REFUND, given - due);
        }
    }

    /** Whoever hands it over relieves those who took it, in that order; what nobody took is missing where it was given. */
    private void handOver(Of of, DossierMoney.HandedOn on, Map<String, Long> held) {
        String transit = Entry.transit(of.owner);
        String cause = on.handling().toString();
        long rest = on.amount();
        for (Map.Entry<String, Long> holder : held.entrySet()) {
            long from = Math.min(rest, holder.getValue());
            add(of, Act.HANDED_OVER, cause, transit, holder.getKey(), from);
            holder.setValue(holder.getValue() - from);
            rest -= from;
        }
        add(of, Act.HANDED_OVER, cause, transit, Entry.post(on.office()), rest);
    }

    private record Of(String owner, @Nullable Part part, Money money) {}

    private void add(Of of, Act act, String cause, String debit, String credit, long amount) {
        if (amount != 0) {
            var entry =
                    new Entry(of.owner, of.part == null ? null : of.part.leg(), of.money, act, cause, debit, credit);
            amounts.merge(entry, amount, Long::sum);
        }
    }
}
