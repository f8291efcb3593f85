package vn.bocau.directory;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Post offices with the communes they serve, and the item identifiers carriers gave us. */
final class PostRows {

    private static final String OWN = "OWN";

    private final Picture picture;
    private final PartnerRows partners;

    PostRows(Picture picture, PartnerRows partners) {
        this.picture = picture;
        this.partners = partners;
    }

    void office(Row row) {
        Set<String> communes = new LinkedHashSet<>(List.of(row.text("communes").split("\\s+")));
        var office = new PostOffice(
                row.shaped("code", "\\d{6}", "sáu chữ số", "six digits"),
                row.text("name"),
                picture.communeToday(row.text("commune")),
                row.text("street"),
                row.text("phone"),
                carrier(row),
                communes,
                row.optional("vnpost_district") == null
                        ? null
                        : Integer.valueOf(row.shaped("vnpost_district", "\\d{4}", "bốn chữ số", "four digits")));
        Picture.checkNew(picture.offices, office.code());
        communes.forEach(this::checkUnserved);
        if (office.vnpostDistrict() != null) {
            Picture.checkNew(picture.officeByDistrict, office.vnpostDistrict());
            picture.officeByDistrict.put(office.vnpostDistrict(), office);
        }
        picture.offices.put(office.code(), office);
        communes.forEach(c -> picture.officeByCommune.put(c, office));
    }

    private void checkUnserved(String commune) {
        PostOffice other = picture.officeByCommune.get(picture.communeToday(commune));
        if (other != null) {
            throw new Row.Wrong(
                    "Xã " + commune + " đã thuộc bưu cục " + other.code() + ".",
                    "Commune " + commune + " is served by office " + other.code() + " already.");
        }
    }

    void pool(Row row) {
        var pool = new ItemPool(
                carrier(row),
                row.shaped("service", "[A-Z]{2}", "hai chữ hoa", "two capital letters"),
                row.count("first"),
                row.count("last"),
                row.count("warn_below"));
        if (pool.first() > pool.last()) {
            throw new Row.Wrong("first lớn hơn last.", "first is greater than last.");
        }
        // Whoever the carrier: an identifier is one item in the whole world.
        boolean overlaps = picture.pools.stream()
                .anyMatch(p ->
                        p.service().equals(pool.service()) && p.first() <= pool.last() && pool.first() <= p.last());
        if (overlaps) {
            throw new Row.Wrong("Dải số trùng với dải khác.", "The range overlaps another one.");
        }
        picture.pools.add(pool);
    }

    private String carrier(Row row) {
        String carrier = row.text("carrier");
        return carrier.equals(OWN) ? OWN : partners.named(carrier, Partner.Kind.CARRIER);
    }
}
