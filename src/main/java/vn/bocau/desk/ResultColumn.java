package vn.bocau.desk;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A column of a file of results. In any order; only the dossier's code has to be there. */
enum ResultColumn {
    DOSSIER("Mã hồ sơ", "dossier"),
    NAME("Người nhận", "name"),
    PHONE("Điện thoại", "phone"),
    STREET("Địa chỉ", "street"),
    COMMUNE("Xã, phường", "commune"),
    ITEM("Số bưu gửi", "item"),
    FEE("Phí phải thu", "collectFee"),
    ORIGINALS("Bản chính thu lại", "originalsToTakeBack"),
    COD("Tiền thu hộ (COD)", "cod"),
    PAYEE("Đơn vị thụ hưởng", "payee");

    /** As the template has it. */
    final String heading;

    /** As programs write it. */
    final String name;

    ResultColumn(String heading, String name) {
        this.heading = heading;
        this.name = name;
    }

    static Optional<ResultColumn> of(String written) {
        String said = Normalizer.normalize(written.strip(), Normalizer.Form.NFC);
        return Arrays.stream(values())
                .filter(column -> column.heading.equalsIgnoreCase(said) || column.name.equalsIgnoreCase(said))
                .findFirst();
    }

    /** Whether one of its cells names a column. */
    static boolean names(List<String> row) {
        return row.stream().anyMatch(cell -> of(cell).isPresent());
    }

    static List<String> headings() {
        return Arrays.stream(values()).map(column -> column.heading).toList();
    }

    static String listed() {
        return headings().stream()
                .map(heading -> heading.toLowerCase(Locale.forLanguageTag("vi")))
                .collect(Collectors.joining("; "));
    }
}
