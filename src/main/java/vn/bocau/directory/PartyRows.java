package vn.bocau.directory;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Text;

/** Those who send and carry: partners, post offices, agencies, and the item identifiers carriers gave. */
final class PartyRows {

    private static final String OWN = "OWN";

    private final Picture picture;
    private final Map<String, Row> agencyNamedByPartner = new HashMap<>();

    PartyRows(Picture picture) {
        this.picture = picture;
    }

    void partner(Row row) {
        var partner = new Partner(
                row.shaped(
                        "id",
                        "[a-z][a-z0-9-]{1,39}",
                        "chữ thường, số và gạch nối",
                        "lower-case letters, digits and hyphens"),
                row.oneOf("kind", Partner.Kind.class),
                row.text("name"),
                row.optional("dialect"),
                row.oneOf("delivery", Partner.Delivery.class),
                row.optional("base_url"),
                row.optional("client_id"),
                row.optional("secret"),
                row.optional("agency"),
                row.count("concurrency"),
                settings(row.optional("settings")));
        check(partner);
        once(picture.partners, partner.id(), partner);
        if (partner.clientId() != null) {
            once(picture.partnerByClientId, partner.clientId(), partner);
        }
        if (partner.agency() != null) {
            agencyNamedByPartner.put(partner.agency(), row);
        }
    }

    private static void check(Partner partner) {
        if (partner.delivery() == Partner.Delivery.PUSH && (partner.dialect() == null || partner.baseUrl() == null)) {
            throw new Row.Wrong(
                    "Đối tác nhận PUSH phải có dialect và base_url.", "A PUSH partner needs a dialect and a base_url.");
        }
        if (partner.concurrency() < 1 || partner.concurrency() > 64) {
            throw new Row.Wrong("concurrency phải từ 1 đến 64.", "concurrency must be from 1 to 64.");
        }
        if (partner.clientId() != null && partner.secret() == null) {
            throw new Row.Wrong(
                    "Có client_id thì phải có tên secret.", "With a client_id, the name of a secret is needed.");
        }
    }

    /** Partners are read before agencies, so whether the agencies they act for exist is asked at the end. */
    void checkAgenciesOfPartners(BiConsumer<Row, Text> refuse) {
        agencyNamedByPartner.forEach((agency, row) -> {
            if (!picture.agencies.containsKey(agency)) {
                Partner partner = picture.partners.remove(row.text("id"));
                if (partner != null && partner.clientId() != null) {
                    picture.partnerByClientId.remove(partner.clientId());
                }
                refuse.accept(row, new Text("Không có cơ quan " + agency + ".", "There is no agency " + agency + "."));
            }
        });
    }

    void office(Row row) {
        Set<String> communes = new LinkedHashSet<>(List.of(row.text("communes").split("\\s+")));
        String carrier = row.text("carrier");
        var office = new PostOffice(
                row.shaped("code", "\\d{6}", "sáu chữ số", "six digits"),
                row.text("name"),
                existing(row.text("commune")),
                row.text("street"),
                row.text("phone"),
                carrier,
                communes,
                row.optional("vnpost_district") == null ? null : row.count("vnpost_district"));
        if (!carrier.equals(OWN)) {
            partnerOf(carrier, Partner.Kind.CARRIER);
        }
        communes.forEach(c -> {
            PostOffice other = picture.officeByCommune.get(existing(c));
            if (other != null) {
                throw new Row.Wrong(
                        "Xã " + c + " đã thuộc bưu cục " + other.code() + ".",
                        "Commune " + c + " is served by office " + other.code() + " already.");
            }
        });
        once(picture.offices, office.code(), office);
        communes.forEach(c -> picture.officeByCommune.put(c, office));
        if (office.vnpostDistrict() != null) {
            picture.officeByDistrict.putIfAbsent(office.vnpostDistrict(), office);
        }
    }

    void agency(Row row) {
        String office = row.text("office");
        if (!picture.offices.containsKey(office)) {
            throw new Row.Wrong("Không có bưu cục " + office + ".", "There is no post office " + office + ".");
        }
        var agency = new Agency(
                row.text("id"),
                row.text("name"),
                existing(row.text("commune")),
                row.text("street"),
                row.text("phone"),
                office,
                partnerOrNone(row.optional("partner"), Partner.Kind.AGENCY),
                partnerOrNone(row.optional("portal"), Partner.Kind.PORTAL));
        once(picture.agencies, agency.id(), agency);
    }

    void pool(Row row) {
        var pool = new ItemPool(
                row.text("carrier"),
                row.shaped("service", "[A-Z]{2}", "hai chữ hoa", "two capital letters"),
                row.count("first"),
                row.count("last"),
                row.count("warn_below"));
        if (pool.first() > pool.last()) {
            throw new Row.Wrong("first lớn hơn last.", "first is greater than last.");
        }
        boolean overlaps = picture.pools.stream()
                .anyMatch(p ->
                        p.service().equals(pool.service()) && p.first() <= pool.last() && pool.first() <= p.last());
        if (overlaps) {
            throw new Row.Wrong("Dải số trùng với dải khác.", "The range overlaps another one.");
        }
        picture.pools.add(pool);
    }

    private String existing(String commune) {
        if (picture.commune(commune, LocalDate.now(Today.ZONE)).isEmpty()) {
            throw new Row.Wrong("Hiện không có xã " + commune + ".", "There is no commune " + commune + " today.");
        }
        return commune;
    }

    /** The sample's agencies name sandbox partners; without the sandbox they simply have none. */
    private @Nullable String partnerOrNone(@Nullable String id, Partner.Kind kind) {
        return id == null || !picture.partners.containsKey(id) ? null : partnerOf(id, kind);
    }

    private String partnerOf(String id, Partner.Kind kind) {
        Partner partner = picture.partners.get(id);
        if (partner == null || partner.kind() != kind) {
            throw new Row.Wrong(
                    "Không có đối tác " + id + " loại " + kind + ".",
                    "There is no partner " + id + " of kind " + kind + ".");
        }
        return id;
    }

    private static Map<String, String> settings(@Nullable String text) {
        Map<String, String> settings = new HashMap<>();
        for (String pair : text == null ? new String[0] : text.split(";")) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new Row.Wrong("settings phải dạng tên=giá trị;…", "settings must be name=value;…");
            }
            settings.put(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip());
        }
        return Map.copyOf(settings);
    }

    private static <T> void once(Map<String, T> all, String key, T row) {
        if (all.putIfAbsent(key, row) != null) {
            throw new Row.Wrong(key + " đã có ở dòng khác.", key + " stands in another row already.");
        }
    }
}
