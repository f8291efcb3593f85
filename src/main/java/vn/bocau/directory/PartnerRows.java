package vn.bocau.directory;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Partners and the agencies they act for. Each may name the other, so that is settled when both are read. */
final class PartnerRows {

    private static final int MOST_AT_ONCE = 64;

    /** Who speaks to us without being a partner: phones, the clock, and who did not prove who it is. */
    private static final Set<String> OURS = Set.of("scan", "desk", "cashier", "track", "system", "unknown");

    private final Picture picture;
    private final Map<Partner, Row> partnerRows = new LinkedHashMap<>();
    private final Map<Agency, Row> agencyRows = new LinkedHashMap<>();

    PartnerRows(Picture picture) {
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
        Picture.checkNew(picture.partners, partner.id());
        if (partner.clientId() != null) {
            Picture.checkNew(picture.partnerByClientId, partner.clientId());
            picture.partnerByClientId.put(partner.clientId(), partner);
        }
        picture.partners.put(partner.id(), partner);
        partnerRows.put(partner, row);
    }

    private static void check(Partner partner) {
        if (partner.delivery() == Partner.Delivery.PUSH && (partner.dialect() == null || partner.baseUrl() == null)) {
            throw new Row.Wrong(
                    "Đối tác nhận PUSH phải có dialect và base_url.", "A PUSH partner needs a dialect and a base_url.");
        }
        if (partner.baseUrl() != null && !partner.baseUrl().matches("https?://[^/\\s]+\\S*")) {
            throw new Row.Wrong(
                    "base_url phải bắt đầu bằng http:// hoặc https:// và có tên máy.",
                    "base_url must begin with http:// or https:// and name a host.");
        }
        if (partner.delivery() == Partner.Delivery.FETCH && partner.kind() != Partner.Kind.ONE_STOP) {
            throw new Row.Wrong(
                    "Chỉ hệ thống ONE_STOP mới có FETCH.", "Only a ONE_STOP can FETCH: nobody else has a feed.");
        }
        if (OURS.contains(partner.id())) {
            throw new Row.Wrong(
                    partner.id() + " là tên chúng tôi dùng cho chính mình.",
                    partner.id() + " is a name we use for ourselves.");
        }
        if (partner.concurrency() < 1 || partner.concurrency() > MOST_AT_ONCE) {
            throw new Row.Wrong(
                    "concurrency phải từ 1 đến " + MOST_AT_ONCE + ".",
                    "concurrency must be from 1 to " + MOST_AT_ONCE + ".");
        }
        if (partner.clientId() != null && partner.secret() == null) {
            throw new Row.Wrong(
                    "Có client_id thì phải có tên secret.", "With a client_id, the name of a secret is needed.");
        }
        boolean forAgency = partner.kind() == Partner.Kind.AGENCY || partner.kind() == Partner.Kind.ONE_STOP;
        if (partner.agency() != null && !forAgency) {
            throw new Row.Wrong(
                    "Cổng, bưu chính, nơi nhắn tin và nơi nhận báo động không đại diện cho cơ quan nào.",
                    "A portal, carrier, notifier or receiver of alerts acts for no agency.");
        }
    }

    void agency(Row row) {
        String office = row.text("office");
        if (!picture.offices.containsKey(office)) {
            throw new Row.Wrong("Không có bưu cục " + office + ".", "There is no post office " + office + ".");
        }
        String partner = row.optional("partner");
        String portal = row.optional("portal");
        var agency = new Agency(
                row.shaped("id", "\\S{1,40}", "mã không có khoảng trắng", "an identifier without spaces"),
                row.text("name"),
                picture.communeToday(row.text("commune")),
                row.text("street"),
                row.text("phone"),
                office,
                partner == null ? null : named(partner, Partner.Kind.AGENCY),
                portal == null ? null : named(portal, Partner.Kind.PORTAL));
        Picture.checkNew(picture.agencies, agency.id());
        picture.agencies.put(agency.id(), agency);
        agencyRows.put(agency, row);
    }

    /** The id of a partner of this kind, or a refusal of the row that names it. */
    String named(String id, Partner.Kind kind) {
        Partner partner = picture.partners.get(id);
        if (partner == null || partner.kind() != kind) {
            throw new Row.Wrong(
                    "Không có đối tác " + id + " loại " + kind + ".",
                    "There is no partner " + id + " of kind " + kind + ".");
        }
        return id;
    }

    /** Takes back partners of agencies that are not there, then agencies of partners that are not, and so on. */
    void settle(BiConsumer<Row, Row.Wrong> takeBack) {
        boolean again = true;
        while (again) {
            again = partnerRows.entrySet().removeIf(e -> isTakenBack(e.getKey(), e.getValue(), takeBack));
            again |= agencyRows.entrySet().removeIf(e -> isTakenBack(e.getKey(), e.getValue(), takeBack));
        }
    }

    /**
     * Tries the partners that are left. One that will not do is told of and stays: at start its line waits and says why,
     * where without it its agency would be gone too, and citizens refused for a secret somebody forgot.
     */
    void check(List<PartnerCheck> checks, BiConsumer<Row, Row.Wrong> refused) {
        partnerRows.forEach((partner, row) -> checks.stream()
                .flatMap(check -> check.wrong(partner, picture).stream())
                .forEach(reason -> refused.accept(row, new Row.Wrong(reason))));
    }

    /** The fields of those that are left, by their ids. */
    Map<String, Map<String, String>> fields() {
        Map<String, Map<String, String>> fields = new HashMap<>();
        partnerRows.forEach((partner, row) -> fields.put(partner.id(), row.fields()));
        return fields;
    }

    private boolean isTakenBack(Partner partner, Row row, BiConsumer<Row, Row.Wrong> takeBack) {
        String agency = partner.agency();
        if (agency == null || picture.agencies.containsKey(agency)) {
            return false;
        }
        picture.partners.remove(partner.id());
        picture.partnerByClientId.values().remove(partner);
        takeBack.accept(row, new Row.Wrong("Không có cơ quan " + agency + ".", "There is no agency " + agency + "."));
        return true;
    }

    private boolean isTakenBack(Agency agency, Row row, BiConsumer<Row, Row.Wrong> takeBack) {
        String partner = agency.partner();
        if (partner == null || picture.partners.containsKey(partner)) {
            return false;
        }
        picture.agencies.remove(agency.id());
        takeBack.accept(
                row, new Row.Wrong("Không có đối tác " + partner + ".", "There is no partner " + partner + "."));
        return true;
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
}
