package vn.bocau.directory;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.bocau.directory.AddressWords.Gap;
import vn.bocau.directory.AddressWords.Word;
import vn.bocau.directory.PlaceNames.Likeness;

/** What stands before the name of a unit, written out or as people shorten it. */
enum UnitKind {
    XA(List.of("xã"), "x"),
    PHUONG(List.of("phường"), "p", "f", "ph"),
    THI_TRAN(List.of("thị trấn"), "tt"),
    DAC_KHU(List.of("đặc khu"), "dk"),
    HUYEN(List.of("huyện", "huyện đảo"), "h"),
    THI_XA(List.of("thị xã"), "tx"),
    THANH_PHO(List.of("thành phố"), "tp"),
    QUAN(List.of("quận"), "q"),
    TINH(List.of("tỉnh"), "t");

    static final Set<UnitKind> OF_COMMUNES = Set.of(XA, PHUONG, THI_TRAN, DAC_KHU);
    static final Set<UnitKind> OF_DISTRICTS = Set.of(HUYEN, THI_XA, THANH_PHO);
    static final Set<UnitKind> OF_PROVINCES = Set.of(THANH_PHO, TINH);

    private static final int MOST_WORDS = 2;
    private static final int ASCII = 128;

    private final List<String> written;
    private final List<String> bare;
    private final List<String> shorts;

    UnitKind(List<String> written, String... shorts) {
        this.written = written;
        this.bare = written.stream().map(PlaceNames::bare).toList();
        this.shorts = List.of(shorts);
    }

    /**
     * A kind as it stands in an address.
     *
     * @param start the word it begins with
     * @param sure whether it cannot be the end of a name: xa is xã, or the end of Ho Xa
     */
    record Standing(UnitKind kind, int start, boolean sure) {}

    /** The kind an official full name begins with, such as that of {@code Phường Đông Hà}; null when with none. */
    static @Nullable UnitKind of(String fullName) {
        return Arrays.stream(values())
                .filter(kind -> kind.written.stream().anyMatch(w -> begins(fullName, w)))
                .findFirst()
                .orElse(null);
    }

    /** An official full name without its kind. */
    static String nameOf(String fullName) {
        return Arrays.stream(values())
                .flatMap(kind -> kind.written.stream())
                .filter(w -> begins(fullName, w))
                .findFirst()
                .map(w -> fullName.substring(w.length() + 1))
                .orElse(fullName);
    }

    private static boolean begins(String fullName, String kind) {
        return fullName.regionMatches(true, 0, kind + " ", 0, kind.length() + 1);
    }

    /** The kind right before the word at {@code name}: the longest, because thị xã is no xã. */
    static Optional<Standing> before(List<Word> words, int name) {
        if (words.get(name).before().compareTo(Gap.SPACE) > 0) {
            return Optional.empty();
        }
        for (int start = Math.max(0, name - MOST_WORDS); start < name; start++) {
            Standing standing = in(words, start, name);
            if (standing != null) {
                return Optional.of(standing);
            }
        }
        return Optional.empty();
    }

    private static @Nullable Standing in(List<Word> words, int start, int end) {
        List<Word> some = words.subList(start, end);
        String letters = AddressWords.bare(some);
        for (UnitKind kind : values()) {
            if (kind.shorts.contains(letters) && isShort(some)) {
                return new Standing(kind, start, true);
            }
            int which = kind.bare.indexOf(letters);
            if (which >= 0) {
                String text = AddressWords.text(some);
                boolean same = PlaceNames.likeness(text, kind.written.get(which)) == Likeness.SAME;
                if (same || isAscii(text)) {
                    return new Standing(kind, start, same);
                }
            }
        }
        return null;
    }

    /** T.X. is one; "t x" is two of something else. */
    private static boolean isShort(List<Word> words) {
        return isAscii(AddressWords.text(words).replace('đ', 'd').replace('Đ', 'D'))
                && words.stream().skip(1).allMatch(w -> w.before().compareTo(Gap.DOT) <= 0);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < ASCII);
    }
}
