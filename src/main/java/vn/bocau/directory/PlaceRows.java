package vn.bocau.directory;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Provinces, communes and what became of them, by the codes of the National Statistics Office. */
final class PlaceRows {

    private final Picture picture;

    PlaceRows(Picture picture) {
        this.picture = picture;
    }

    void province(Row row) {
        var province = new Province(
                row.shaped("code", "\\d{2}", "hai chữ số", "two digits"),
                row.text("name"),
                row.text("full_name"),
                row.day("valid_from"),
                row.optionalDay("valid_to"));
        Picture.addInTime(picture.provinces, province.code(), province, Province::from, Province::to, p -> true);
        picture.places.add(province);
    }

    void commune(Row row) {
        var commune = new Commune(
                // Three for a district that had no communes: Cồn Cỏ.
                row.shaped("code", "\\d{5}|\\d{3}", "năm chữ số", "five digits"),
                row.text("name"),
                row.text("full_name"),
                row.shaped("province", "\\d{2}", "hai chữ số", "two digits"),
                row.optional("district"),
                row.day("valid_from"),
                row.optionalDay("valid_to"));
        if (picture.province(commune.province(), commune.from()).isEmpty()) {
            throw new Row.Wrong(
                    "Không có tỉnh " + commune.province() + " vào ngày " + commune.from() + ".",
                    "There is no province " + commune.province() + " on " + commune.from() + ".");
        }
        Picture.addInTime(picture.communes, commune.code(), commune, Commune::from, Commune::to, c -> true);
        picture.communesByProvince
                .computeIfAbsent(commune.province(), k -> new ArrayList<>())
                .add(commune);
        picture.places.add(commune);
    }

    void succession(Row row) {
        LocalDate on = row.day("on");
        String oldCode = row.text("old_code");
        String newCode = row.text("new_code");
        Commune old = picture.commune(oldCode, on.minusDays(1))
                .orElseThrow(() -> new Row.Wrong(
                        "Trước ngày " + on + " không có xã " + oldCode + ".",
                        "There was no commune " + oldCode + " before " + on + "."));
        if (picture.commune(newCode, on).isEmpty()) {
            throw new Row.Wrong(
                    "Từ ngày " + on + " không có xã " + newCode + ".",
                    "There is no commune " + newCode + " from " + on + " on.");
        }
        var succession = new Picture.Succession(oldCode, newCode, on);
        List<Picture.Succession> known = picture.successions.computeIfAbsent(oldCode, k -> new ArrayList<>(1));
        if (known.contains(succession)) {
            throw new Row.Wrong("Dòng này đã có.", "This row stands there already.");
        }
        known.add(succession);
        picture.predecessors.computeIfAbsent(newCode, k -> new ArrayList<>()).add(old);
    }
}
