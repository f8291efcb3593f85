package vn.bocau.cashier;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused;

/**
 * What was wrong with a form, in the reader's language.
 *
 * @param line of a slip, from 1; null when it is about none
 * @param at id of the field on the page, or of the form as a whole
 */
record Wrong(@Nullable Integer line, String at, String text) {

    private static final Pattern LINE = Pattern.compile("/lines/(\\d{1,6})/.*");

    static Wrong of(Refused.Flaw flaw, Locale locale) {
        Matcher line = LINE.matcher(flaw.field());
        Integer no = line.matches() ? Integer.parseInt(line.group(1)) + 1 : null;
        boolean reference = flaw.field().endsWith("reference");
        return new Wrong(
                no,
                no != null ? "line-" + no : reference ? "reference" : "main",
                flaw.wrong().in(locale));
    }
}
