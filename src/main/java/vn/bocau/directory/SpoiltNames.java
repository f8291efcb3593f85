package vn.bocau.directory;

import java.text.Normalizer;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells names that lost letters on their way: question marks, replaced characters, UTF-8 taken for something else. */
final class SpoiltNames {

    private static final String LETTERS =
            "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụ" + "ưừứửữựvwxyỳýỷỹỵz";
    private static final String OTHERS = "0123456789 -'’().";

    private SpoiltNames() {}

    /** @return what stands in no Vietnamese name, each once, with its number where it cannot be read; empty when nothing does */
    static String in(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC)
                .codePoints()
                .filter(c -> OTHERS.indexOf(c) < 0
                        && LETTERS.indexOf(Character.toString(c).toLowerCase(Locale.ROOT)) < 0)
                .distinct()
                .mapToObj(c -> Character.isISOControl(c) || c == 0xFFFD
                        ? String.format(Locale.ROOT, "U+%04X", c)
                        : "“" + Character.toString(c) + "”")
                .collect(Collectors.joining(", "));
    }
}
