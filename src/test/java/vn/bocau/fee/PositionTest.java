package vn.bocau.fee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vn.bocau.dossier.DossierMoney;
import vn.bocau.dossier.DossierMoney.HandedOn;
import vn.bocau.dossier.DossierMoney.Part;
import vn.bocau.dossier.DossierMoney.Taken;
import vn.bocau.dossier.Money;

/** Whatever was due, taken and handed on: what each account should hold, worked out without entries. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PositionTest {

    private static final List<String> AGENCIES = List.of("ward", "centre");
    private static final List<String> OFFICES = List.of("520100", "520200");

    private static Stream<Long> seeds() {
        return LongStream.range(0, 400).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_account_holds_what_it_should(long seed) {
        DossierMoney money = money(new Random(seed));

        Map<Entry, Long> entries = Position.of(money, Map.of());

        assertThat(entries.values()).as("%s", money).allMatch(amount -> amount > 0);
        assertThat(accounts(entries)).as("%s", money).isEqualTo(wanted(money));
        assertThat(acts(entries)).as("%s", money).isEqualTo(wantedActs(money));
    }

    /** A council sets the fee to nothing, and the dossier goes to another agency: what was paid was due, and is the first one's. */
    @Test
    void what_was_paid_online_stays_as_it_was_when_the_portal_said_so() {
        UUID dossier = UUID.randomUUID();
        var told =
                new DossierMoney(dossier, "ward", new DossierMoney.Paid("dvcqg", 25_000, null), List.of(), List.of());
        Map<Entry, Long> stands = Position.of(told, Map.of());

        assertThat(Position.of(
                        new DossierMoney(
                                dossier, "centre", new DossierMoney.Paid("dvcqg", 0, null), List.of(), List.of()),
                        stands))
                .isEqualTo(stands);
        assertThat(accounts(Position.of(new DossierMoney(dossier, "centre", null, List.of(), List.of()), stands)))
                .as("not after all, and nobody comes for it")
                .isEqualTo(Map.of("ward null FEE CLAIM:ward", -25_000L, "ward null FEE SHORT:ward", 25_000L));
        var withTheResult = new Part(UUID.randomUUID(), "centre", Money.FEE, 25_000, false, List.of(), List.of());
        var dueAtADoor = new DossierMoney(dossier, "centre", null, List.of(withTheResult), List.of());
        assertThat(Position.of(dueAtADoor, stands)).as("somebody does").isEqualTo(Position.of(dueAtADoor, Map.of()));
        assertThat(accounts(Position.of(
                        new DossierMoney(
                                dossier, "ward", new DossierMoney.Paid("dvcqg", 0, 26_000L), List.of(), List.of()),
                        stands)))
                .as("the amount is said later")
                .containsEntry("ward null FEE PORTAL:dvcqg", 26_000L)
                .containsEntry("ward null FEE REFUND", -1_000L);
    }

    @Test
    void who_took_first_is_relieved_first_and_what_nobody_took_is_missing_where_it_was_handed_over() {
        UUID leg = UUID.randomUUID();
        UUID over = UUID.randomUUID();
        var part = new Part(
                leg,
                "ward",
                Money.FEE,
                10,
                true,
                List.of(
                        new Taken(UUID.randomUUID(), true, "520100", 3),
                        new Taken(UUID.randomUUID(), false, "carrier-x", 4),
                        new Taken(UUID.randomUUID(), true, "520200", 3)),
                List.of(new HandedOn(over, "520200", 5), new HandedOn(UUID.randomUUID(), "520200", 6)));

        Map<String, Long> held = accounts(
                Position.of(new DossierMoney(UUID.randomUUID(), "ward", null, List.of(part), List.of()), Map.of()));

        assertThat(held)
                .containsEntry("ward " + leg + " FEE TRANSIT:ward", 11L)
                .containsEntry("ward " + leg + " FEE POST:520200", -1L)
                .doesNotContainKeys("ward " + leg + " FEE POST:520100", "ward " + leg + " FEE CARRIER:carrier-x");
        assertThat(Position.of(new DossierMoney(UUID.randomUUID(), "ward", null, List.of(part), List.of()), Map.of()))
                .containsEntry(
                        new Entry(
                                "ward",
                                leg,
                                Money.FEE,
                                Entry.Act.HANDED_OVER,
                                over.toString(),
                                "TRANSIT:ward",
                                "POST:520100"),
                        3L)
                .containsEntry(
                        new Entry(
                                "ward",
                                leg,
                                Money.FEE,
                                Entry.Act.HANDED_OVER,
                                over.toString(),
                                "TRANSIT:ward",
                                "CARRIER:carrier-x"),
                        2L);
    }

    private static Map<String, Long> accounts(Map<Entry, Long> entries) {
        Map<String, Long> accounts = new HashMap<>();
        entries.forEach((entry, amount) -> {
            String of = entry.owner() + " " + entry.leg() + " " + entry.money() + " ";
            accounts.merge(of + entry.debit(), amount, Long::sum);
            accounts.merge(of + entry.credit(), -amount, Long::sum);
        });
        accounts.values().removeIf(amount -> amount == 0);
        return accounts;
    }

    private static Map<String, Long> acts(Map<Entry, Long> entries) {
        Map<String, Long> acts = new HashMap<>();
        entries.forEach((entry, amount) -> acts.merge(
                entry.owner() + " " + entry.leg() + " " + entry.money() + " " + entry.act(), amount, Long::sum));
        return acts;
    }

    private static Map<String, Long> wanted(DossierMoney money) {
        Map<String, Long> wanted = new HashMap<>();
        DossierMoney.Paid paid = money.payment();
        if (paid != null) {
            String of = money.agency() + " null FEE ";
            put(wanted, of + "CLAIM:" + money.agency(), -paid.due());
            put(wanted, of + "PORTAL:" + paid.portal(), paid.amount());
            put(wanted, of + "SHORT:" + money.agency(), Math.max(0, paid.due() - paid.amount()));
            put(wanted, of + "REFUND", -Math.max(0, paid.amount() - paid.due()));
        }
        for (Part part : money.legs()) {
            String owner = owner(part);
            String of = owner + " " + part.leg() + " " + part.money() + " ";
            long taken = part.taken().stream().mapToLong(Taken::amount).sum();
            long missing = Math.max(0, part.due() - taken);
            put(wanted, of + "CLAIM:" + owner, -part.due());
            put(wanted, of + (part.done() ? "SHORT:" + owner : "CITIZEN"), missing);
            put(wanted, of + "REFUND", -Math.max(0, taken - part.due()));
            put(
                    wanted,
                    of + "TRANSIT:" + owner,
                    part.handedOn().stream().mapToLong(HandedOn::amount).sum());
            List<String> notes = new ArrayList<>();
            for (Taken one : part.taken()) {
                String holder = (one.own() ? "POST:" : "CARRIER:") + one.holder();
                LongStream.range(0, one.amount()).forEach(dong -> notes.add(holder));
            }
            // Each holder's notes lie together, in the order in which the holders came: đồng by đồng they are handed
            // on.
            List<String> order = notes.stream().distinct().toList();
            notes.sort(java.util.Comparator.comparingInt(order::indexOf));
            for (HandedOn on : part.handedOn()) {
                for (long dong = 0; dong < on.amount(); dong++) {
                    if (notes.isEmpty()) {
                        put(wanted, of + "POST:" + on.office(), -1);
                    } else {
                        notes.remove(0);
                    }
                }
            }
            notes.forEach(holder -> put(wanted, of + holder, 1));
        }
        wanted.values().removeIf(amount -> amount == 0);
        return wanted;
    }

    private static String owner(Part part) {
        return switch (part.money()) {
            case FEE -> part.whose();
            case POSTAGE -> "POST";
            case COD -> "PAYEE:" + part.whose();
        };
    }

    private static Map<String, Long> wantedActs(DossierMoney money) {
        Map<String, Long> wanted = new HashMap<>();
        DossierMoney.Paid paid = money.payment();
        if (paid != null) {
            acts(wanted, money.agency() + " null FEE ", "PAID_ONLINE", paid.due(), paid.amount(), true, 0);
        }
        for (Part part : money.legs()) {
            acts(
                    wanted,
                    owner(part) + " " + part.leg() + " " + part.money() + " ",
                    "COLLECTED",
                    part.due(),
                    part.taken().stream().mapToLong(Taken::amount).sum(),
                    part.done(),
                    part.handedOn().stream().mapToLong(HandedOn::amount).sum());
        }
        wanted.values().removeIf(amount -> amount == 0);
        return wanted;
    }

    private static void acts(
            Map<String, Long> wanted, String of, String act, long due, long given, boolean done, long handedOver) {
        put(wanted, of + "DUE", due);
        put(wanted, of + act, given);
        put(wanted, of + "SHORT", done ? Math.max(0, due - given) : 0);
        put(wanted, of + "SURPLUS", Math.max(0, given - due));
        put(wanted, of + "HANDED_OVER", handedOver);
    }

    private static void put(Map<String, Long> all, String account, long amount) {
        all.merge(account, amount, Long::sum);
    }

    private static DossierMoney money(Random random) {
        List<Part> parts = new ArrayList<>();
        for (int leg = random.nextInt(4); leg > 0; leg--) {
            UUID id = UUID.randomUUID();
            for (Money money : Money.values()) {
                List<Taken> taken = new ArrayList<>();
                for (int n = random.nextInt(4); n > 0; n--) {
                    boolean own = random.nextInt(4) > 0;
                    taken.add(new Taken(
                            UUID.randomUUID(), own, own ? any(random, OFFICES) : "carrier-x", 1 + random.nextInt(9)));
                }
                List<HandedOn> on = new ArrayList<>();
                for (int n = money == Money.FEE ? random.nextInt(3) : 0; n > 0; n--) {
                    on.add(new HandedOn(UUID.randomUUID(), any(random, OFFICES), 1 + random.nextInt(12)));
                }
                parts.add(new Part(
                        id, any(random, AGENCIES), money, random.nextInt(20), random.nextBoolean(), taken, on));
            }
        }
        DossierMoney.Paid paid = random.nextInt(3) == 0
                ? new DossierMoney.Paid("dvcqg", random.nextInt(9), (long) random.nextInt(9))
                : null;
        return new DossierMoney(UUID.randomUUID(), any(random, AGENCIES), paid, parts, List.of());
    }

    private static String any(Random random, List<String> all) {
        return all.get(random.nextInt(all.size()));
    }
}
