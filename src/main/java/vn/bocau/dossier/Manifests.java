package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.Step;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Receipt;

/** Writes down what an agency hands to the post, and takes that back as long as nothing was fetched. */
@Component("manifests")
public class Manifests {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyMMdd");
    private static final Duration TWO_DAYS = Duration.ofDays(2);

    private final JdbcClient db;
    private final Journal journal;
    private final Journeys journeys;
    private final Legs legs;
    private final Deciders deciders;
    private final ManifestBook book;
    private final Addresses addresses;

    Manifests(
            JdbcClient db,
            Journal journal,
            Journeys journeys,
            Legs legs,
            Deciders deciders,
            ManifestBook book,
            Addresses addresses) {
        this.db = db;
        this.journal = journal;
        this.journeys = journeys;
        this.legs = legs;
        this.deciders = deciders;
        this.book = book;
        this.addresses = addresses;
    }

    /** An envelope that may go on a manifest. */
    private record Envelope(Journey journey, Leg leg, String item) {

        /** One manifest for each who comes: by carrier and post office. */
        List<String> bearer() {
            return List.of(leg.facts().carrier(), leg.facts().fromOffice());
        }
    }

    /**
     * Enters envelopes that wait at the agency on a manifest, one for each carrier and post office; each is judged alone.
     * Answers {@code {"manifests": [number], "refused": [{"item", "code", "vi", "en"}]}}.
     */
    public Receipt make(Inbound in) {
        return journal.once(in, () -> {
            Decider decider = deciders.of(in);
            List<String> items = items(in.payload().path("items"));
            Map<String, UUID> found = find(decider, items);
            Map<UUID, Journey> known = journeys.lock(found.values());
            Map<String, String> elsewhere = entered(items);
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            answer.putArray("manifests");
            answer.putArray("refused");
            Map<List<String>, List<Envelope>> bearers = new LinkedHashMap<>();
            for (String item : items) {
                try {
                    Journey journey =
                            Optional.ofNullable(found.get(item)).map(known::get).orElseThrow(() -> unknown(item));
                    Envelope envelope = judge(decider, journey, item, elsewhere.get(item));
                    bearers.computeIfAbsent(envelope.bearer(), b -> new ArrayList<>())
                            .add(envelope);
                } catch (Refused no) {
                    Refused.Flaw flaw = no.flaws().get(0);
                    answer.withArray("refused")
                            .addObject()
                            .put("item", item)
                            .put("code", no.code())
                            .put("vi", flaw.wrong().vi())
                            .put("en", flaw.wrong().en());
                }
            }
            Set<Journey> touched = new LinkedHashSet<>();
            // Everybody locks in this order, the pools that numbers are drawn from last: two clerks never wait for each
            // other.
            lockNumbers(decider.agency().id());
            bearers.values().forEach(envelopes -> envelopes.replaceAll(this::orderedAnew));
            bearers.values().forEach(envelopes -> {
                answer.withArray("manifests").add(write(decider, envelopes));
                envelopes.forEach(envelope -> touched.add(envelope.journey()));
            });
            journeys.save(touched);
            return answer;
        });
    }

    /**
     * Takes a manifest back: its items may go on another.
     *
     * @throws Refused UNKNOWN {@code no-such-manifest}; CONFLICT {@code fetched-already}
     */
    public Receipt withdraw(Inbound in) {
        return journal.once(in, () -> {
            Decider decider = deciders.of(in);
            String number = in.payload().path("manifest").asText();
            List<UUID> dossiers = db.sql(
                            "select l.dossier from manifest m join manifest_item i on i.manifest = m.number"
                                    + " join leg l on l.id = i.leg where m.number = :number and m.agency = :agency"
                                    + " and m.withdrawn_at is null")
                    .param("number", number)
                    .param("agency", decider.agency().id())
                    .query(UUID.class)
                    .list();
            if (dossiers.isEmpty()) {
                throw none();
            }
            // Who fetches an item holds the lock of its dossier.
            journeys.lock(dossiers);
            Optional<Manifest> now = book.one(decider.agency().id(), number);
            if (now.filter(manifest -> manifest.withdrawnAt() != null).isPresent()) {
                return JsonNodeFactory.instance.objectNode().put("manifest", number);
            }
            if (now.filter(Manifest::untouched).isEmpty()) {
                throw new Refused(
                        Refused.Ground.CONFLICT,
                        "fetched-already",
                        "manifest",
                        "Bưu tá đã nhận bưu gửi theo bảng kê này nên không rút được nữa.",
                        "Items on this manifest were fetched already; it cannot be withdrawn.");
            }
            // What it took over lies with the manifest before again.
            db.sql("update manifest_item set moved_to = null where moved_to = :number")
                    .param("number", number)
                    .update();
            db.sql("update manifest set withdrawn_by = :by, withdrawn_at = :now where number = :number")
                    .param("by", decider.author().name())
                    .param("now", Writes.at(Legs.now()))
                    .param("number", number)
                    .update();
            return JsonNodeFactory.instance.objectNode().put("manifest", number);
        });
    }

    /**
     * The clerk signs it for the agency: number, count and items, as their digest has them.
     *
     * @throws Refused UNKNOWN {@code no-such-manifest}; CONFLICT {@code withdrawn}, {@code other-manifest},
     *     {@code changed-since}
     */
    public Receipt sign(Inbound in) {
        return journal.once(in, () -> {
            Decider decider = deciders.of(in);
            Manifest manifest = standing(decider, in);
            if (!manifest.digest().equals(in.payload().path("digest").asText())) {
                throw new Refused(
                        Refused.Ground.CONFLICT,
                        "other-manifest",
                        "digest",
                        "Bảng kê không phải là bản đã xem; hãy mở lại trang.",
                        "The manifest is not the one that was looked at; open the page again.");
            }
            refuseReaddressed(manifest);
            db.sql("update manifest set signed_by = :by, signed_at = :now, signed_digest = :digest"
                            + " where number = :number and signed_by is null")
                    .param("by", decider.author().name())
                    .param("now", Writes.at(Legs.now()))
                    .param("digest", manifest.digest())
                    .param("number", manifest.number())
                    .update();
            return JsonNodeFactory.instance.objectNode().put("manifest", manifest.number());
        });
    }

    /**
     * A postal worker, whom the desk has asked to prove who they are, signs for all of it at the agency: they have it now. What
     * was reported missing from it, or does not go any more, is left out, and named: answers {@code {"manifest",
     * "short": [item], "gone": [item]}}.
     *
     * @throws Refused UNKNOWN {@code no-such-manifest}; CONFLICT {@code withdrawn}, {@code not-signed},
     *     {@code fetched-already}, {@code changed-since}, {@code all-missing}; FORBIDDEN {@code other-office}
     */
    public Receipt receive(Inbound in) {
        return journal.once(in, () -> {
            Decider decider = deciders.of(in);
            String number = in.payload().path("manifest").asText();
            // Who fetches an item holds the lock of its dossier.
            Map<UUID, Journey> known = journeys.lock(db.sql(
                            "select l.dossier from manifest_item i join leg l on l.id = i.leg where i.manifest = :number")
                    .param("number", number)
                    .query(UUID.class)
                    .list());
            Manifest manifest = standing(decider, in);
            refuseUnreceivable(
                    manifest, in.payload().path("receiver").path("office").asText());
            String worker = in.payload().path("receiver").path("user").asText();
            Instant now = Legs.now();
            ObjectNode answer = JsonNodeFactory.instance.objectNode().put("manifest", number);
            answer.putArray("short");
            answer.putArray("gone");
            List<String> leftOut = new ArrayList<>();
            for (Manifest.Line line : manifest.lines()) {
                if (line.isHere()) {
                    collect(known, manifest, line, worker, now);
                    continue;
                }
                leftOut.add(line.item());
                if (line.movedTo() == null) {
                    answer.withArray(line.isShort() ? "short" : "gone").add(line.item());
                }
            }
            journeys.save(new LinkedHashSet<>(known.values()));
            db.sql("update manifest set received_by = :by, received_at = :now where number = :number")
                    .param("by", worker)
                    .param("now", Writes.at(now))
                    .param("number", number)
                    .update();
            db.sql("update manifest_item set left_out = true where manifest = :number and item = any(:items)")
                    .param("number", number)
                    .param("items", leftOut.toArray(String[]::new))
                    .update();
            return answer;
        });
    }

    private static void collect(
            Map<UUID, Journey> known, Manifest manifest, Manifest.Line line, String worker, Instant now) {
        for (Journey journey : known.values()) {
            journey.latest(leg -> line.item().equals(leg.facts().item())
                            && leg.facts().kind() != LegKind.RETURN
                            && leg.facts().agency().equals(manifest.agency()))
                    .ifPresent(leg -> journey.happened(
                            leg,
                            Report.handedOver(
                                    UuidCreator.getTimeOrderedEpoch(),
                                    line.item(),
                                    now,
                                    worker,
                                    manifest.office(),
                                    manifest.number())));
        }
    }

    private Manifest standing(Decider decider, Inbound in) {
        Manifest manifest = book.one(
                        decider.agency().id(), in.payload().path("manifest").asText())
                .orElseThrow(Manifests::none);
        if (manifest.withdrawnAt() != null) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "withdrawn",
                    "manifest",
                    "Bảng kê này đã rút.",
                    "This manifest was withdrawn.");
        }
        return manifest;
    }

    private static void refuseUnreceivable(Manifest manifest, String office) {
        if (!manifest.office().equals(office)) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "other-office",
                    "receiver",
                    "Bảng kê này giao cho bưu cục khác; bưu tá của bưu cục ấy ký nhận.",
                    "This manifest is for another post office; a postal worker of that one signs for it.");
        }
        if (manifest.signed() == null) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "not-signed",
                    "manifest",
                    "Cán bộ của cơ quan phải ký giao trước.",
                    "A clerk of the agency has to sign first.");
        }
        if (!manifest.receivable()) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "fetched-already",
                    "manifest",
                    "Bưu tá đã nhận bưu gửi theo bảng kê này rồi; không ký lại ở đây.",
                    "Items on this manifest were fetched already; it is not signed for again here.");
        }
        if (manifest.here() == 0) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "all-missing",
                    "manifest",
                    "Mọi phong bì của bảng kê này đã được báo là thiếu hoặc không đi nữa; không còn gì để ký nhận.",
                    "All envelopes of this manifest were reported missing, or do not go any more; there is nothing to sign"
                            + " for.");
        }
        if (manifest.lines().stream().anyMatch(line -> line.isHere() && line.renumbered() != null)) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "changed-since",
                    "manifest",
                    "Số của một phong bì trong bảng kê đã đổi; hãy rút và lập bảng kê mới.",
                    "The number of an envelope on the manifest has changed; withdraw it and make a new one.");
        }
        refuseReaddressed(manifest);
    }

    /** Whoever sorts reads the label, and that was printed before. */
    private static void refuseReaddressed(Manifest manifest) {
        manifest.lines().stream()
                .filter(line -> line.isHere() && line.readdressed() != null)
                .findFirst()
                .ifPresent(line -> {
                    throw new Refused(
                            Refused.Ground.CONFLICT,
                            "changed-since",
                            "manifest",
                            "Nơi nhận của " + line.item()
                                    + " đã đổi sau khi lập bảng kê; hãy rút bảng kê, in lại nhãn rồi lập bảng kê mới.",
                            "Where " + line.item()
                                    + " goes has changed since the manifest was made; withdraw it, print the label again"
                                    + " and make a new one.");
                });
    }

    private static Refused none() {
        return new Refused(
                Refused.Ground.UNKNOWN,
                "no-such-manifest",
                "manifest",
                "Cơ quan không có bảng kê nào như vậy đang còn hiệu lực.",
                "The agency has no such manifest that still stands.");
    }

    /** An outside carrier that came in vain comes for another order, and so for another number. */
    private Envelope orderedAnew(Envelope envelope) {
        Leg leg = envelope.leg();
        if (leg.step() != Step.SHORT || leg.facts().ownCarrier()) {
            return envelope;
        }
        legs.orderAnew(envelope.journey(), leg, null);
        legs.label(envelope.journey());
        return new Envelope(
                envelope.journey(), leg, Objects.requireNonNull(leg.facts().item()));
    }

    private static List<String> items(JsonNode said) {
        Set<String> items = new LinkedHashSet<>();
        said.forEach(item -> items.add(Scene.item(item.asText())));
        return List.copyOf(items);
    }

    /** In which dossier each item goes out from the agency; the newest leg of an item counts. */
    private Map<String, UUID> find(Decider decider, List<String> items) {
        Map<String, UUID> found = new LinkedHashMap<>();
        db.sql("select item, dossier from leg where item = any(:items) and agency = :agency and kind <> 'RETURN'"
                        + " order by no")
                .param("items", items.toArray(String[]::new))
                .param("agency", decider.agency().id())
                .query(row -> {
                    found.put(row.getString(1), row.getObject(2, UUID.class));
                });
        return found;
    }

    /** The manifest that bears the item and may still be taken back; where others were fetched, it was left behind. */
    private Map<String, String> entered(List<String> items) {
        Map<String, String> entered = new LinkedHashMap<>();
        db.sql("select i.item, m.number from manifest_item i join manifest m on m.number = i.manifest"
                        + " where i.item = any(:items) and " + ManifestBook.BOUND + " order by m.made_at")
                .param("items", items.toArray(String[]::new))
                .query(row -> {
                    entered.put(row.getString(1), row.getString(2));
                });
        return entered;
    }

    private Envelope judge(Decider decider, Journey journey, String item, @Nullable String elsewhere) {
        Leg leg = journey.latest(known -> item.equals(known.facts().item())
                        && known.facts().agency().equals(decider.agency().id()))
                .orElseThrow(() -> unknown(item));
        // What was not as its manifest said is handed over once more; a result by being dispatched again.
        boolean again = leg.step() == Step.SHORT && leg.facts().kind() != LegKind.RESULT;
        if (leg.step() != Step.READY && !again) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "not-ready",
                    "items",
                    "Bưu gửi " + item + " không chờ bàn giao: "
                            + leg.step().text().vi() + ".",
                    "The item " + item + " does not wait to be handed over: "
                            + leg.step().text().en() + ".");
        }
        if (elsewhere != null) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "on-another-manifest",
                    "items",
                    "Bưu gửi " + item + " đã có trong bảng kê " + elsewhere + "; muốn lập lại, hãy rút bảng kê ấy.",
                    "The item " + item + " is on manifest " + elsewhere + " already; withdraw that to enter it anew.");
        }
        addresses.toMend(leg.facts()).ifPresent(why -> {
            throw new Refused(
                    Refused.Ground.RULE,
                    "address-not-certain",
                    "items",
                    why.vi() + " Hãy sửa nơi nhận của " + item + " rồi in lại nhãn.",
                    why.en() + " Put the address of " + item + " right, and print its label again.");
        });
        return new Envelope(journey, leg, item);
    }

    private String write(Decider decider, List<Envelope> envelopes) {
        String agency = decider.agency().id();
        LegFacts first = envelopes.get(0).leg().facts();
        String number = next(agency);
        db.sql("insert into manifest (number, agency, office, carrier, made_by, made_at)"
                        + " values (:number, :agency, :office, :carrier, :by, :now)")
                .param("number", number)
                .param("agency", agency)
                .param("office", first.fromOffice())
                .param("carrier", first.carrier())
                .param("by", decider.author().name())
                .param("now", Writes.at(Legs.now()))
                .update();
        UUID[] legsOf = envelopes.stream().map(one -> one.leg().id()).toArray(UUID[]::new);
        String[] items = envelopes.stream().map(Envelope::item).toArray(String[]::new);
        db.sql(
                        "insert into manifest_item (manifest, no, leg, item, dossier)"
                                + " select :number, no, leg, item, dossier from unnest(cast(:legs as uuid[]),"
                                + " cast(:items as text[]), cast(:dossiers as text[])) with ordinality as t (leg, item, dossier, no)")
                .param("number", number)
                .param("legs", legsOf)
                .param("items", items)
                .param(
                        "dossiers",
                        envelopes.stream()
                                .map(one ->
                                        one.journey().dossier().codes().get(0).code())
                                .toArray(String[]::new))
                .update();
        db.sql("update manifest_item set moved_to = :number"
                        + " where (item = any(cast(:items as text[])) or leg = any(cast(:legs as uuid[])))"
                        + " and manifest <> :number and moved_to is null")
                .param("number", number)
                .param("legs", legsOf)
                .param("items", items)
                .update();
        envelopes.forEach(one -> legs.manifested(one.journey(), one.leg(), number, decider.author()));
        return number;
    }

    /** Two clerks at once never get the same. */
    private void lockNumbers(String agency) {
        db.sql("select pg_advisory_xact_lock(hashtextextended(:agency, 5))")
                .param("agency", agency)
                .query((row, n) -> true)
                .list();
    }

    /** Numbers of one agency count up from day to day. */
    private String next(String agency) {
        String day = "BK-" + agency + "-" + Legs.today().format(DAY) + "-";
        // By the index, which begins with these; the clocks of two nodes may differ.
        long before = db.sql("select count(*) from manifest where agency = :agency and made_at >= :since"
                        + " and starts_with(number, :day)")
                .param("agency", agency)
                .param("since", Writes.at(Legs.now().minus(TWO_DAYS)))
                .param("day", day)
                .query(Long.class)
                .single();
        return day + String.format("%02d", before + 1);
    }

    private static Refused unknown(String item) {
        return new Refused(
                Refused.Ground.UNKNOWN,
                "unknown-item",
                "items",
                "Cơ quan không gửi bưu gửi nào có số " + item + ".",
                "The agency sends no item " + item + ".");
    }
}
