package vn.bocau.directory;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/** How people type what the lists write: made by its own rules, so that it cannot share a mistake with what reads it. */
final class Spelt {

    private static final String OLD_TONES = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy";
    private static final String NEW_TONES = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ";
    private static final String I_FOR_Y = "lý lí|mỹ mĩ|kỳ kì|ly li|sỹ sĩ|quy qui";

    private static final Map<String, String> SHORT = Map.of(
            "Xã",
            "x",
            "Phường",
            "P",
            "Thị trấn",
            "TT",
            "Đặc khu",
            "ĐK",
            "Huyện",
            "H",
            "Thị xã",
            "TX",
            "Thành phố",
            "TP",
            "Tỉnh",
            "T");

    private Spelt() {}

    static String bare(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replace('đ', 'd')
                .replace('Đ', 'D');
    }

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static String decomposed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD);
    }

    static String toneFirst(String text) {
        return pairs(text, NEW_TONES.split(" "), OLD_TONES.split(" "));
    }

    static String toneLast(String text) {
        return pairs(text, OLD_TONES.split(" "), NEW_TONES.split(" "));
    }

    static String withI(String text) {
        String result = text;
        for (String pair : I_FOR_Y.split("\\|")) {
            String[] two = pair.split(" ");
            result = result.replaceAll("(?iu)\\b" + two[0] + "(?=[ ,]|$)", two[1]);
        }
        return result;
    }

    static String withoutStroke(String text) {
        return text.replace('đ', 'd').replace('Đ', 'D');
    }

    /** "Thị trấn Hồ Xá" as "TT. Hồ Xá". */
    static String shortly(String fullName) {
        return kind(fullName, ". ");
    }

    static String glued(String fullName) {
        return kind(fullName, "");
    }

    /** "Xã Hải An" as "xã Hải An". */
    static String inText(String fullName) {
        return fullName.substring(0, 1).toLowerCase(Locale.ROOT) + fullName.substring(1);
    }

    static String name(String fullName) {
        return SHORT.keySet().stream()
                .filter(k -> fullName.startsWith(k + " "))
                .findFirst()
                .map(k -> fullName.substring(k.length() + 1))
                .orElseThrow();
    }

    private static String kind(String fullName, String after) {
        String name = name(fullName);
        return SHORT.get(fullName.substring(0, fullName.length() - name.length() - 1)) + after + name;
    }

    private static String pairs(String text, String[] from, String[] to) {
        String result = text;
        for (int i = 0; i < from.length; i++) {
            result = result.replace(from[i], to[i]);
        }
        return result;
    }
}
