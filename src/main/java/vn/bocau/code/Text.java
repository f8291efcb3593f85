package vn.bocau.code;

import java.util.Locale;

/**
 * One sentence for people, in Vietnamese and in English. It never holds a name, a phone number, an address or an
 * identity number.
 */
public record Text(String vi, String en) {

    /** For where one line serves all readers. */
    public String both() {
        return vi + " · " + en;
    }

    /** The English sentence for English readers, the Vietnamese one for everybody else. */
    public String in(Locale locale) {
        return "en".equals(locale.getLanguage()) ? en : vi;
    }
}
