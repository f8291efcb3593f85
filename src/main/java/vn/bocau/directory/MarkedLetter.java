package vn.bocau.directory;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * A letter or digit and the marks on it, so that spellings that differ by marks alone can be compared. The stroke of đ
 * counts as a mark. A lone y is an i (Mỹ, Mĩ), and 01 is 1 (Phường 01).
 *
 * @param marks a bit for each
 */
record MarkedLetter(char letter, int marks) {

    /** Five tones, the circumflex, the breve and the horn; anything else is one more, that no place has. */
    private static final String MARKS = "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b";

    private static final int STROKE = 1;
    private static final String VOWELS = "aeiouy";

    /** @param name in small letters */
    static List<MarkedLetter> of(String name) {
        List<MarkedLetter> letters = new ArrayList<>();
        int word = 0;
        String parts = Normalizer.normalize(name, Normalizer.Form.NFD);
        for (int i = 0; i < parts.length(); i++) {
            char c = parts.charAt(i);
            if (Character.getType(c) == Character.NON_SPACING_MARK) {
                if (!letters.isEmpty()) {
                    letters.add(letters.remove(letters.size() - 1).with(c));
                }
            } else if (Character.isLetterOrDigit(c)) {
                if (Character.isDigit(c) && isLoneZero(letters, word)) {
                    letters.remove(word);
                }
                letters.add(of(c, letters.subList(word, letters.size())));
            } else {
                word = letters.size();
            }
        }
        return letters;
    }

    boolean hasAllOf(MarkedLetter other) {
        return (marks & other.marks) == other.marks;
    }

    private MarkedLetter with(char mark) {
        return new MarkedLetter(letter, marks | STROKE << 1 << (MARKS.indexOf(mark) + 1));
    }

    private static boolean isLoneZero(List<MarkedLetter> letters, int word) {
        return letters.size() == word + 1 && letters.get(word).letter == '0';
    }

    private static MarkedLetter of(char c, List<MarkedLetter> before) {
        // Some keyboards give the Icelandic ð for đ: its capital looks the same.
        if (c == 'đ' || c == 'ð') {
            return new MarkedLetter('d', STROKE);
        }
        return new MarkedLetter(c == 'y' && soundsAsI(before) ? 'i' : c, 0);
    }

    /** After a consonant and after qu; after another vowel y and i are two sounds (Tay, Tai). */
    private static boolean soundsAsI(List<MarkedLetter> before) {
        if (before.isEmpty()) {
            return false;
        }
        char last = before.get(before.size() - 1).letter;
        boolean qu = last == 'u' && before.size() > 1 && before.get(before.size() - 2).letter == 'q';
        return qu || VOWELS.indexOf(last) < 0;
    }
}
