package vn.bocau.directory;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import vn.bocau.directory.AddressWords.Word;

/** Where an address ends, when people add a telephone number, a postcode or the country to it. */
final class AddressEnds {

    private static final int LEAST_TELEPHONE = 9;
    private static final int LEAST_POSTCODE = 5;
    private static final int MOST_POSTCODE = 6;
    private static final Set<String> TELEPHONE = Set.of("dt", "sdt", "dd", "tel");
    private static final Set<String> COUNTRY = Set.of("vietnam", "vn");

    private AddressEnds() {}

    /** The end of the address, and where it ends without what is no part of it. */
    static IntStream of(List<Word> words) {
        int end = words.size();
        for (int i = 0; i < 2; i++) {
            end = withoutCountry(words, withoutPostcode(words, withoutTelephone(words, end)));
        }
        return IntStream.of(words.size(), end).distinct();
    }

    private static int withoutTelephone(List<Word> words, int end) {
        int start = end;
        while (start > 1 && isNumber(words.get(start - 1).text())) {
            start--;
        }
        String digits = AddressWords.text(words.subList(start, end)).replace(" ", "");
        if (digits.length() < LEAST_TELEPHONE) {
            return end;
        }
        return start > 1 && TELEPHONE.contains(words.get(start - 1).bare()) ? start - 1 : start;
    }

    private static int withoutPostcode(List<Word> words, int end) {
        if (end < 2) {
            return end;
        }
        String last = words.get(end - 1).text();
        boolean postcode = last.length() >= LEAST_POSTCODE
                && last.length() <= MOST_POSTCODE
                && isNumber(last)
                && UnitKind.before(words, end - 1).isEmpty();
        return postcode ? end - 1 : end;
    }

    private static int withoutCountry(List<Word> words, int end) {
        for (int start = Math.max(1, end - 2); start < end; start++) {
            if (COUNTRY.contains(AddressWords.bare(words.subList(start, end)))) {
                return start;
            }
        }
        return end;
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(Character::isDigit);
    }
}
