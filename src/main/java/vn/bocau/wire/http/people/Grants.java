package vn.bocau.wire.http.people;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import vn.bocau.code.Refused;

/**
 * Which rights somebody has, for which partners. Written as words with a space between them, each a {@link Right}, {@code @}
 * and a partner's id, or {@code *} for all: {@code SEE@* RETRY@dvcqg}.
 */
public final class Grants {

    static final String AUTHORITY = "RIGHT_";
    private static final String ALL = "*";

    /** The authority of who may see the messages of all partners. */
    public static final String SEES_ALL = AUTHORITY + Right.SEE + "@" + ALL;

    private static final Pattern WORD = Pattern.compile("([A-Z]+)@(\\*|[a-z0-9][a-z0-9-]*)");

    /** Of what citizens have said: nobody has them but by a grant, which takes a second administrator. */
    private static final Set<Right> OF_TWO = EnumSet.of(Right.READ, Right.EDIT);

    private static final Map<String, Set<Right>> USUAL = Stream.of("OPERATOR", Administrators.ROLE)
            .collect(Collectors.toMap(role -> role, role -> EnumSet.complementOf(EnumSet.copyOf(OF_TWO))));

    /** Every right for all partners. */
    static final String EVERYTHING =
            Stream.of(Right.values()).map(right -> right + "@" + ALL).collect(Collectors.joining(" "));

    private final Map<Right, Set<String>> partners = new EnumMap<>(Right.class);

    private Grants() {}

    /** Of who has signed in. */
    public static Grants of(Authentication who) {
        var grants = new Grants();
        who.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(authority -> authority != null && authority.startsWith(AUTHORITY))
                .forEach(authority -> grants.add(String.valueOf(authority).substring(AUTHORITY.length())));
        return grants;
    }

    static Grants of(Collection<String> words) {
        var grants = new Grants();
        words.forEach(grants::add);
        return grants;
    }

    /**
     * @param written as in table {@code account}; null for what is usual for the role
     * @return a word for each right and partner
     */
    static Collection<String> words(@Nullable String written, String role) {
        return written == null
                ? USUAL.getOrDefault(role, Set.of()).stream()
                        .map(right -> right + "@" + ALL)
                        .toList()
                : Stream.of(written.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    /**
     * What is left without the rights that take a second administrator.
     *
     * @param written null for what is usual for the role, which has none of them
     */
    static @Nullable String ofOne(@Nullable String written) {
        return written == null
                ? null
                : Stream.of(written.split(" ")).filter(word -> !isOfTwo(word)).collect(Collectors.joining(" "));
    }

    /** Whether something of it is not had already that takes a second administrator. */
    boolean growsOfTwo(String written) {
        return Stream.of(written.split(" "))
                .filter(Grants::isOfTwo)
                .map(WORD::matcher)
                .anyMatch(word -> word.matches() && !may(Right.valueOf(word.group(1)), word.group(2)));
    }

    private static boolean isOfTwo(String word) {
        return OF_TWO.stream().anyMatch(right -> word.startsWith(right + "@"));
    }

    /** Those that are no right of anybody; partners may come and go, and are not looked up. */
    static Set<String> wrong(String written) {
        return Stream.of(written.split(" "))
                .filter(word -> !word.isEmpty())
                .filter(word -> {
                    var matcher = WORD.matcher(word);
                    return !matcher.matches()
                            || Stream.of(Right.values()).noneMatch(r -> r.name().equals(matcher.group(1)));
                })
                .collect(Collectors.toSet());
    }

    private void add(String word) {
        var matcher = WORD.matcher(word);
        if (matcher.matches()) {
            partners.computeIfAbsent(Right.valueOf(matcher.group(1)), r -> new HashSet<>())
                    .add(matcher.group(2));
        }
    }

    public boolean may(Right right, String partner) {
        Set<String> granted = partners.getOrDefault(right, Set.of());
        return granted.contains(ALL) || granted.contains(partner);
    }

    /** Whether it is granted for any partner at all. */
    public boolean may(Right right) {
        return partners.containsKey(right);
    }

    /** The partners it is granted for; empty for all of them. */
    public Optional<Set<String>> only(Right right) {
        Set<String> granted = partners.getOrDefault(right, Set.of());
        return granted.contains(ALL) ? Optional.empty() : Optional.of(Set.copyOf(granted));
    }

    /**
     * The partners it is granted for, of which one may be asked for alone.
     *
     * @param wanted null for all
     * @return null for all of them; none, where it is not granted for the one asked for
     */
    public @Nullable Set<String> only(Right right, @Nullable String wanted) {
        Set<String> granted = only(right).orElse(null);
        return wanted == null ? granted : granted == null || granted.contains(wanted) ? Set.of(wanted) : Set.of();
    }

    /** @throws Refused FORBIDDEN {@code no-right} */
    public void demand(Right right, String partner) {
        if (!may(right, partner)) {
            throw missing(right, "partner", " “" + partner + "”", " \"" + partner + "\"");
        }
    }

    /**
     * The same for each of these; one this person may not even see is not named.
     *
     * @throws Refused FORBIDDEN {@code no-right}
     */
    public void demand(Right right, Collection<String> each) {
        each.stream().filter(partner -> may(Right.SEE, partner)).forEach(partner -> demand(right, partner));
        if (!each.stream().allMatch(partner -> may(right, partner))) {
            throw missing(right, "partner", " của một số thông điệp trong đó", " of some of the messages in it");
        }
    }

    public boolean mayForAll(Right right) {
        return partners.getOrDefault(right, Set.of()).contains(ALL);
    }

    /** @throws Refused FORBIDDEN {@code no-right} when it is not granted for all partners */
    public void demandForAll(Right right) {
        if (!mayForAll(right)) {
            throw missing(right, "", ": mọi đối tác", "s: all of them");
        }
    }

    private static Refused missing(Right right, String field, String vi, String en) {
        return new Refused(
                Refused.Ground.FORBIDDEN,
                "no-right",
                field,
                "Tài khoản này không có quyền " + right + " (" + right.words().vi() + ") với đối tác" + vi
                        + ". Quản trị cấp quyền ở …/people/<tên>/rights.",
                "This account has no right " + right + " (" + right.words().en() + ") for the partner" + en
                        + ". An administrator grants it at …/people/<name>/rights.");
    }
}
