package vn.bocau.directory;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

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

    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final int ASCII = 128;

    private PlaceNames() {}

    /** How a name as somebody wrote it relates to the name of a place with the same {@link #bare} letters. */
    enum Likeness {
        SAME,
        /** Marks were left out, as on a keyboard that has none: Hai Lang, Hải Lang. */
        FEWER_MARKS,
        /** Some marks are not those of the place: another place, or a slip. */
        OTHER_MARKS
    }

    public static boolean same(String a, String b) {
        return a.equals(b) || key(a).equals(key(b));
    }

    /** The one spelling all spellings of a name share: composed, lower case, single spaces, tone mark on the main vowel. */
    public static String key(String name) {
        String key = SPACES.matcher(Normalizer.normalize(name, Normalizer.Form.NFC)
                        .toLowerCase(Locale.ROOT)
                        .strip())
                .replaceAll(" ");
        if (key.chars().allMatch(c -> c < ASCII)) {
            return key;
        }
        for (Map.Entry<String, String> placement : NEW_PLACEMENT.entrySet()) {
            key = key.replace(placement.getKey(), placement.getValue());
        }
        return key;
    }

    /** Its letters and digits alone, without marks, spaces and hyphens: what is left of a name however it is typed. */
    static String bare(String name) {
        StringBuilder bare = new StringBuilder();
        for (MarkedLetter letter : MarkedLetter.of(name.toLowerCase(Locale.ROOT))) {
            bare.append(letter.letter());
        }
        return bare.toString();
    }

    /** @param name a place's own, with the same {@link #bare} letters */
    static Likeness likeness(String written, String name) {
        List<MarkedLetter> typed = MarkedLetter.of(key(written));
        List<MarkedLetter> own = MarkedLetter.of(key(name));
        if (typed.equals(own)) {
            return Likeness.SAME;
        }
        for (int i = 0; i < own.size(); i++) {
            if (!own.get(i).hasAllOf(typed.get(i))) {
                return Likeness.OTHER_MARKS;
            }
        }
        return Likeness.FEWER_MARKS;
    }
}
