package vn.bocau.dossier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.ItemId;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.directory.Directories;
import vn.bocau.directory.PostOffice;
import vn.bocau.dossier.rules.LegKind;

/**
 * What stands on the sealed envelopes. No telephone number and no amount: the envelope passes through many hands, and what
 * is due may change while it travels.
 */
@Component("labels")
public class Labels {

    /**
     * One envelope. Personal data.
     *
     * @param item grouped for the eye, such as {@code RR 123 456 785 VN}
     * @param dossier its first code
     * @param office where it is handed over at its end
     */
    public record Label(String code, String item, LegKind kind, String dossier, End from, End to, String office) {

        /** Without anything personal. */
        @Override
        public String toString() {
            return "Label[" + code + "]";
        }
    }

    /**
     * A sender or receiver. Personal data.
     *
     * @param place commune and province; empty when the address is in words alone
     */
    public record End(String name, String street, String place) {

        /** Without anything personal. */
        @Override
        public String toString() {
            return "End[" + place + "]";
        }
    }

    private final JdbcClient db;
    private final Journeys journeys;
    private final Directories directories;

    Labels(JdbcClient db, Journeys journeys, Directories directories) {
        this.db = db;
        this.journeys = journeys;
        this.directories = directories;
    }

    /**
     * @param office a post office where the items start or end
     * @return a label for each item, in the order asked for
     * @throws Refused UNKNOWN {@code unknown-item}, with every item that is none of this office's
     */
    @Transactional(readOnly = true)
    public List<Label> of(String office, List<ItemId> items) {
        return of(":owner in (from_office, to_office)", office, items);
    }

    /**
     * @param agency the one that sends the items out
     * @return a label for each item, in the order asked for
     * @throws Refused UNKNOWN {@code unknown-item}, with every item that this agency does not send
     */
    @Transactional(readOnly = true)
    public List<Label> sentBy(String agency, List<ItemId> items) {
        return of("agency = :owner and kind in ('RESULT', 'ORIGINALS_BACK', 'TRANSFER')", agency, items);
    }

    private List<Label> of(String whose, String owner, List<ItemId> items) {
        record Stop(UUID dossier, UUID leg) {}
        Map<String, Stop> stops = new LinkedHashMap<>();
        // The envelope that comes back has the item of the leg before; the way it now goes counts.
        db.sql("select item, dossier, id from leg where item = any(:items) and " + whose + " order by no")
                .param("items", items.stream().map(ItemId::value).toArray(String[]::new))
                .param("owner", owner)
                .query(row -> {
                    stops.put(row.getString(1), new Stop(row.getObject(2, UUID.class), row.getObject(3, UUID.class)));
                });
        refuseUnknown(items, stops);
        Map<UUID, Journey> known = journeys.read(
                stops.values().stream().map(Stop::dossier).distinct().toArray(UUID[]::new));
        List<Label> labels = new ArrayList<>();
        for (ItemId item : items) {
            Stop stop = Objects.requireNonNull(stops.get(item.value()));
            Journey journey = Objects.requireNonNull(known.get(stop.dossier()));
            journey.legs().stream()
                    .filter(leg -> leg.id().equals(stop.leg()))
                    .forEach(leg -> labels.add(label(item, leg.facts(), journey.dossier())));
        }
        return labels;
    }

    private static void refuseUnknown(List<ItemId> items, Map<String, ?> stops) {
        List<Refused.Flaw> flaws = IntStream.range(0, items.size())
                .filter(i -> !stops.containsKey(items.get(i).value()))
                .mapToObj(i -> new Refused.Flaw(
                        "item[" + i + "]",
                        new Text(
                                "Không có bưu gửi " + items.get(i) + " ở đây.",
                                "There is no item " + items.get(i) + " here.")))
                .toList();
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.UNKNOWN, "unknown-item", flaws);
        }
    }

    private Label label(ItemId item, LegFacts facts, Dossier dossier) {
        String office = directories
                .current()
                .office(facts.toOffice())
                .map(PostOffice::name)
                .orElse(facts.toOffice());
        return new Label(
                item.value(),
                item.grouped(),
                facts.kind(),
                dossier.codes().get(0).code(),
                end(facts.sender()),
                end(facts.receiver()),
                office);
    }

    private End end(Party party) {
        return new End(
                party.name(),
                party.street(),
                Optional.ofNullable(party.commune()).map(this::place).orElse(""));
    }

    /** Commune and province, as of today. */
    private String place(String code) {
        var today = Legs.today();
        return directories
                .current()
                .commune(code, today)
                .map(commune -> directories
                        .current()
                        .province(commune.province(), today)
                        .map(province -> commune.fullName() + ", " + province.fullName())
                        .orElse(commune.fullName()))
                .orElse("");
    }
}
