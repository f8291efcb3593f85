package vn.bocau.directory;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused;

/**
 * Reads the commune codes partners send. Many still send codes of before July 2025, and most of those mean another
 * commune today: never moved silently to a neighbour, always told what to send instead.
 */
final class CommuneCodes {

    static final DateTimeFormatter DAY_VI = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);

    private final Picture picture;

    CommuneCodes(Picture picture) {
        this.picture = picture;
    }

    Commune resolve(String code, @Nullable String name, LocalDate on, String field) {
        Optional<Commune> before = before(code, on);
        Commune now = picture.commune(code, on)
                .orElseThrow(() ->
                        before.map(old -> refused("commune-ended", old, field)).orElseGet(() -> unknown(on, field)));
        if (name != null
                && !isCalled(now, name)
                && before.filter(old -> isCalled(old, name)).isPresent()) {
            throw refused("commune-code-reused", before.get(), field);
        }
        return now;
    }

    /** What the code meant last, before it ended. */
    Optional<Commune> before(String code, LocalDate on) {
        return picture.communes.getOrDefault(code, List.of()).stream()
                .filter(c -> c.to() != null && c.to().isBefore(on))
                .max(Comparator.comparing(Commune::from));
    }

    private static boolean isCalled(Commune commune, String name) {
        return PlaceNames.same(commune.fullName(), name) || PlaceNames.same(commune.name(), name);
    }

    private Refused refused(String code, Commune old, String field) {
        LocalDate end = Objects.requireNonNull(old.to());
        String now = picture.successors(old.code(), end).stream()
                .map(c -> c.fullName() + " (" + c.code() + ")")
                .collect(Collectors.joining(", "));
        return new Refused(
                Refused.Ground.RULE,
                code,
                field,
                "Mã " + old.code() + " là của " + old.fullName() + " đến hết ngày " + DAY_VI.format(end)
                        + (now.isEmpty() ? "." : "; nơi này nay thuộc " + now + "."),
                "Code " + old.code() + " was " + old.fullName() + " until " + end
                        + (now.isEmpty() ? "." : "; the place now belongs to " + now + "."));
    }

    private static Refused unknown(LocalDate on, String field) {
        return new Refused(
                Refused.Ground.RULE,
                "commune-unknown",
                field,
                "Không có xã, phường, đặc khu nào mang mã này vào ngày " + DAY_VI.format(on) + ".",
                "No commune, ward or special zone has this code on " + on + ".");
    }
}
