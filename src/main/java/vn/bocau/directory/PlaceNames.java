package vn.bocau.directory;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/**
 * Whether two spellings name the same place. Vietnamese is written with the tone mark on either vowel of oa, oe, uy
 * (Minh Hoá, Minh Hóa), composed or decomposed; the state's own lists do not agree.
 */
public final class PlaceNames {

    private static final Map<String, String> NEW_PLACEMENT = Map.ofEntries(
            Map.entry("òa", "oà"),
            Map.entry("óa", "oá"),
            Map.entry("ỏa", "oả"),
            Map.entry("õa", "oã"),
            Map.entry("ọa", "oạ"),
            Map.entry("òe", "oè"),
            Map.entry("óe", "oé"),
            Map.entry("ỏe", "oẻ"),
            Map.entry("õe", "oẽ"),
            Map.entry("ọe", "oẹ"),
            Map.entry("ùy", "uỳ"),
            Map.entry("úy", "uý"),
            Map.entry("ủy", "uỷ"),
            Map.entry("ũy", "uỹ"),
            Map.entry("ụy", "uỵ"));

    private PlaceNames() {}

    public static boolean same(String a, String b) {
        return key(a).equals(key(b));
    }

    /** The one spelling all spellings of a name share: composed, lower case, single spaces, tone mark on the main vowel. */
    public static String key(String name) {
        String key = Normalizer.normalize(name, Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT)
                .strip()
                .replaceAll("\\s+", " ");
        for (Map.Entry<String, String> placement : NEW_PLACEMENT.entrySet()) {
            key = key.replace(placement.getKey(), placement.getValue());
        }
        return key;
    }
}
