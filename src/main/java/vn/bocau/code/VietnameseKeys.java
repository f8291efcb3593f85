package vn.bocau.code;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys that must have been pressed when a Vietnamese keyboard program rewrote a code: Telex makes Ê of EE, VNI makes
 * Á of A1. UniKey, on most office computers, speaks both.
 */
final class VietnameseKeys {

    private static final Map<Character, String> TELEX = Map.of(
            '\u0301', "S", '\u0300', "F", '\u0309', "R", '\u0303', "X", '\u0323', "J", '\u0306', "W", '\u031b', "W");

    private static final Map<Character, String> VNI = Map.of(
            '\u0301', "1",
            '\u0300', "2",
            '\u0309', "3",
            '\u0303', "4",
            '\u0323', "5",
            '\u0302', "6",
            '\u031b', "7",
            '\u0306', "8");

    private static final char CIRCUMFLEX = '\u0302';
    private static final int MOST_REWRITTEN = 3;

    private VietnameseKeys() {}

    /** Everything that may have been typed for this text, by either method; nothing when no keyboard writes such. */
    static Set<String> behind(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        Set<String> typed = new LinkedHashSet<>();
        if (composed.chars().filter(c -> c > 127).count() <= MOST_REWRITTEN) {
            typed.addAll(typed(composed, true));
            typed.addAll(typed(composed, false));
        }
        return typed;
    }

    private static List<String> typed(String composed, boolean telex) {
        List<String> all = List.of("");
        for (int i = 0; i < composed.length(); i++) {
            char letter = composed.charAt(i);
            List<String> longer = new ArrayList<>();
            for (String keys : letter < 128 ? List.of(String.valueOf(letter)) : keys(letter, telex)) {
                all.forEach(start -> longer.add(start + keys));
            }
            all = longer;
        }
        return all;
    }

    private static List<String> keys(char letter, boolean telex) {
        char upper = Character.toUpperCase(letter);
        if (upper == 'Đ') {
            return List.of(telex ? "DD" : "D9");
        }
        String parts = Normalizer.normalize(String.valueOf(upper), Normalizer.Form.NFD);
        char vowel = parts.charAt(0);
        List<String> keys = new ArrayList<>();
        if (parts.length() == 2) {
            keys.add(vowel + key(parts.charAt(1), vowel, telex));
        } else if (parts.length() == 3) {
            String one = key(parts.charAt(1), vowel, telex);
            String two = key(parts.charAt(2), vowel, telex);
            keys.add(vowel + one + two);
            keys.add(vowel + two + one);
        }
        if (telex && parts.startsWith("U\u031b")) {
            // Telex also writes Ư for a lone W.
            keys.addAll(keys.stream().map(k -> k.substring(1)).toList());
        }
        keys.removeIf(k -> !k.matches("[AEIOUY][A-Z0-9]+") && !k.startsWith("W"));
        return keys;
    }

    private static String key(char mark, char vowel, boolean telex) {
        if (telex && mark == CIRCUMFLEX) {
            return String.valueOf(vowel);
        }
        return (telex ? TELEX : VNI).getOrDefault(mark, "?");
    }
}
