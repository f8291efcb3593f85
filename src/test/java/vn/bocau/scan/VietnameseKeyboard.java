package vn.bocau.scan;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Vietnamese keyboard program, written from the rules that UniKey and Bamboo publish and not from our repair of them: it
 * keeps the word being written, and rewrites it with every key. A key that changes nothing yet is a letter; the same mark
 * twice takes it away and writes the key.
 */
final class VietnameseKeyboard {

    /** The rules it writes by. */
    enum Method {
        TELEX(Map.of('S', '\u0301', 'F', '\u0300', 'R', '\u0309', 'X', '\u0303', 'J', '\u0323')),
        VNI(Map.of('1', '\u0301', '2', '\u0300', '3', '\u0309', '4', '\u0303', '5', '\u0323')),
        /** Its marks are punctuation, of which there is none in an item's code: what is left is DD. */
        VIQR(Map.of());

        private final Map<Character, Character> tones;

        Method(Map<Character, Character> tones) {
            this.tones = tones;
        }
    }

    private static final String VOWELS = "AEIOUY";
    private static final String TONES = "\u0301\u0300\u0309\u0303\u0323";

    private final Method method;
    /** Some take a digit for the end of a word, so that the next letters start another; some do not. */
    private final boolean digitEndsWord;

    private String word = "";
    private boolean foreign;

    VietnameseKeyboard(Method method, boolean digitEndsWord) {
        this.method = method;
        this.digitEndsWord = digitEndsWord;
    }

    /** As UniKey works: the key is swallowed, and backspaces and the new letters are sent in its place. */
    List<Key> rewriting(List<Key> keys) {
        List<Key> seen = new ArrayList<>();
        for (Key key : keys) {
            if (!key.isLetter() && !key.isDigit()) {
                seen.add(key);
                continue;
            }
            String before = word;
            press(key.key().charAt(0));
            if (word.equals(before + key.key()) || word.isEmpty()) {
                seen.add(key);
                continue;
            }
            int same = 0;
            while (same < Math.min(before.length(), word.length()) && before.charAt(same) == word.charAt(same)) {
                same++;
            }
            for (int i = same; i < before.length(); i++) {
                seen.add(Key.BACKSPACE);
            }
            for (int i = same; i < word.length(); i++) {
                seen.add(Key.written(word.substring(i, i + 1)));
            }
        }
        return seen;
    }

    /** As input methods of Linux work: they take the keys for themselves until the word is done. */
    List<Key> composing(List<Key> keys) {
        List<Key> seen = new ArrayList<>();
        for (Key key : keys) {
            if (!key.isLetter() && !key.isDigit()) {
                seen.add(key);
                continue;
            }
            press(key.key().charAt(0));
            seen.add(word.isEmpty() ? key : key.inProcess());
        }
        return seen;
    }

    /** Carries on the word; an empty word means that the key stands for itself and ended it. */
    private void press(char c) {
        char key = Character.toUpperCase(c);
        String changed = foreign ? null : changed(key);
        if (changed != null) {
            word = changed;
        } else if (Character.isDigit(key)) {
            word = "";
            foreign = !digitEndsWord;
        } else {
            word += c;
        }
    }

    private @org.jspecify.annotations.Nullable String changed(char key) {
        int vowel = lastVowel();
        Character tone = method.tones.get(key);
        if (tone != null && vowel >= 0) {
            return marked(vowel, tone, TONES, key);
        }
        return switch (method) {
            case TELEX -> telex(key, vowel);
            case VNI -> vni(key, vowel);
            case VIQR -> key == 'D' ? stroke(key) : null;
        };
    }

    private @org.jspecify.annotations.Nullable String telex(char key, int vowel) {
        if (key == 'D' && word.length() > 0) {
            return stroke(key);
        }
        if ("AEO".indexOf(key) >= 0 && vowel >= 0 && base(vowel) == key) {
            return marked(vowel, '\u0302', "\u0302\u0306\u031b", key);
        }
        if (key == 'Z' && vowel >= 0) {
            return toneless(vowel);
        }
        if (key != 'W') {
            return null;
        }
        if (vowel < 0) {
            return word + "Ư";
        }
        return switch (base(vowel)) {
            case 'A' -> marked(vowel, '\u0306', "\u0302\u0306\u031b", key);
            case 'O', 'U' -> marked(vowel, '\u031b', "\u0302\u0306\u031b", key);
            default -> null;
        };
    }

    private @org.jspecify.annotations.Nullable String vni(char key, int vowel) {
        if (key == '9') {
            return stroke(key);
        }
        if (vowel < 0) {
            return null;
        }
        return switch (key) {
            case '0' -> toneless(vowel);
            case '6' -> "AEO".indexOf(base(vowel)) < 0 ? null : marked(vowel, '\u0302', "\u0302\u0306\u031b", key);
            case '7' -> "OU".indexOf(base(vowel)) < 0 ? null : marked(vowel, '\u031b', "\u0302\u0306\u031b", key);
            case '8' -> base(vowel) != 'A' ? null : marked(vowel, '\u0306', "\u0302\u0306\u031b", key);
            default -> null;
        };
    }

    /** The mark in place of another of its kind; taken away, and the key written, when it was there. */
    private String marked(int at, char mark, String kind, char key) {
        String parts = Normalizer.normalize(word.substring(at, at + 1), Normalizer.Form.NFD);
        boolean undo = parts.indexOf(mark, 1) > 0;
        StringBuilder letter = new StringBuilder(parts.substring(0, 1));
        parts.chars().skip(1).filter(m -> kind.indexOf(m) < 0).forEach(m -> letter.append((char) m));
        if (!undo) {
            letter.append(mark);
        }
        String composed = Normalizer.normalize(letter, Normalizer.Form.NFC);
        foreign |= undo;
        return word.substring(0, at) + composed + word.substring(at + 1) + (undo ? String.valueOf(key) : "");
    }

    private @org.jspecify.annotations.Nullable String toneless(int at) {
        String parts = Normalizer.normalize(word.substring(at, at + 1), Normalizer.Form.NFD);
        StringBuilder letter = new StringBuilder();
        parts.chars().filter(m -> TONES.indexOf(m) < 0).forEach(m -> letter.append((char) m));
        if (letter.length() == parts.length()) {
            return null;
        }
        return word.substring(0, at) + Normalizer.normalize(letter, Normalizer.Form.NFC) + word.substring(at + 1);
    }

    private @org.jspecify.annotations.Nullable String stroke(char key) {
        if (word.endsWith("Đ")) {
            foreign = true;
            return word.substring(0, word.length() - 1) + "D" + key;
        }
        return word.endsWith("D") ? word.substring(0, word.length() - 1) + "Đ" : null;
    }

    private int lastVowel() {
        for (int i = word.length() - 1; i >= 0; i--) {
            if (VOWELS.indexOf(base(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private char base(int at) {
        return Character.toUpperCase(Normalizer.normalize(word.substring(at, at + 1), Normalizer.Form.NFD)
                .charAt(0));
    }
}
