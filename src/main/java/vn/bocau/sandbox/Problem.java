package vn.bocau.sandbox;

import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;

/**
 * What hindered a step, in both languages.
 *
 * @param key of the sandbox's own texts; empty when {@code vi} and {@code en} say it in the hub's words
 */
record Problem(String key, List<String> values, String vi, String en) {

    static Problem of(String key, String... values) {
        return new Problem(key, List.of(values), "", "");
    }

    static Problem said(String vi, String en) {
        return new Problem("", List.of(), vi, en);
    }

    String in(Locale locale, MessageSource texts) {
        if (!key.isEmpty()) {
            return String.valueOf(texts.getMessage(key, values.toArray(), locale));
        }
        return locale.getLanguage().equals("en") ? en : vi;
    }
}
