package vn.bocau.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An address cut into words. It is cut more often than a reader would: also where letters and digits meet (P1), where a
 * small letter is followed by a capital one (TXQuảng Trị) and after a prefix glued to a name (xahai). That does no harm,
 * because names are compared by their letters, however they are cut.
 */
record AddressWords(String text, List<Word> all) {

    /** What stands between two words, from what binds most to what parts them. */
    enum Gap {
        NONE,
        DOT,
        SPACE,
        HYPHEN,
        COMMA
    }

    /**
     * A word.
     *
     * @param bare its {@link PlaceNames#bare} letters
     * @param start where it begins in the text
     * @param before what parts it from the one before, COMMA for the first
     */
    record Word(String text, String bare, int start, Gap before) {}

    private static final String HYPHENS = "-‐‑–—_";
    private static final String DOTS = ".:·";
    private static final String PARTING = " \u00a0\t\r\n,;|/([" + HYPHENS + DOTS;
    private static final String WITHIN = "'’ʼ";
    private static final String VOWELS = "aeiouy";

    /** Prefixes that a second syllable may follow with no space. */
    private static final List<String> GLUED_WORDS = List.of("phuong", "huyen", "tinh", "xa");

    /** Prefixes no syllable begins with. */
    private static final List<String> GLUED_SHORTS = List.of("tp", "tx", "tt");

    static AddressWords of(String text) {
        var words = new ArrayList<Word>();
        Gap gap = Gap.COMMA;
        int at = 0;
        while (at < text.length()) {
            int end = wordEnd(text, at);
            if (end == at) {
                int symbol = text.codePointAt(at);
                Gap here = words.isEmpty() ? Gap.COMMA : gap(symbol);
                gap = here.compareTo(gap) > 0 ? here : gap;
                at += Character.charCount(symbol);
            } else {
                words.add(new Word(text.substring(at, end), PlaceNames.bare(text.substring(at, end)), at, gap));
                gap = Gap.NONE;
                at = end;
            }
        }
        return new AddressWords(text, List.copyOf(words));
    }

    static String bare(List<Word> words) {
        return words.stream().map(Word::bare).collect(Collectors.joining());
    }

    static String text(List<Word> words) {
        return words.stream().map(Word::text).collect(Collectors.joining(" "));
    }

    /** Whether it was typed with marks, so that a letter without any is meant so. */
    boolean hasMarks() {
        return PlaceNames.likeness(text, PlaceNames.bare(text)) == PlaceNames.Likeness.OTHER_MARKS;
    }

    /** What stands before a word, without what parts the two; a bracket that is closed there stays. */
    String textBefore(int word) {
        int end = word == all.size() ? text.length() : all.get(word).start();
        while (end > 0 && PARTING.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(0, end).strip();
    }

    private static Gap gap(int symbol) {
        if (Character.getType(symbol) == Character.FORMAT || WITHIN.indexOf(symbol) >= 0) {
            return Gap.NONE;
        }
        if (symbol == '\n' || symbol == '\r' || symbol == '\t') {
            return Gap.COMMA;
        }
        if (Character.isWhitespace(symbol) || Character.isSpaceChar(symbol) || symbol == '/') {
            return Gap.SPACE;
        }
        if (DOTS.indexOf(symbol) >= 0) {
            return Gap.DOT;
        }
        return HYPHENS.indexOf(symbol) >= 0 ? Gap.HYPHEN : Gap.COMMA;
    }

    private static int wordEnd(String text, int start) {
        int end = start;
        while (end < text.length() && isLetter(text, end) && (end == start || !isCut(text, end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end == start ? start : start + glued(text.substring(start, end));
    }

    private static boolean isLetter(String text, int at) {
        int c = text.codePointAt(at);
        return Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    /** Between letter and digit, between small and capital, and before the last capital of several: TP|Đông. */
    private static boolean isCut(String text, int at) {
        int before = text.codePointBefore(at);
        int here = text.codePointAt(at);
        int next = at + Character.charCount(here);
        boolean startsName = next < text.length() && Character.isLowerCase(text.codePointAt(next));
        return Character.isDigit(before) != Character.isDigit(here)
                || Character.isUpperCase(here) && (startsName || !Character.isUpperCase(before));
    }

    /** How long the prefix is that a word begins with, or the whole word when it begins with none. */
    private static int glued(String word) {
        String bare = PlaceNames.bare(word);
        if (bare.length() != word.length()) {
            return word.length();
        }
        return Stream.concat(
                        GLUED_SHORTS.stream().filter(s -> bare.startsWith(s) && bare.length() > s.length()),
                        GLUED_WORDS.stream().filter(w -> bare.startsWith(w) && isSyllable(bare.substring(w.length()))))
                .findFirst()
                .map(String::length)
                .orElse(word.length());
    }

    private static boolean isSyllable(String letters) {
        return !letters.isEmpty()
                && VOWELS.indexOf(letters.charAt(0)) < 0
                && letters.chars().anyMatch(c -> VOWELS.indexOf(c) >= 0);
    }
}
