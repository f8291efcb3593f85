package vn.bocau.track;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.code.Text;
import vn.bocau.directory.AddressGuard.Verdict;
import vn.bocau.directory.Commune;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.dossier.rules.Rules;

/** The commune in a citizen's words: what is certain is taken and said, what may be two places is asked. */
@Component
class Places {

    private final Directories directories;

    Places(Directories directories) {
        this.directories = directories;
    }

    /** A commune of today, and what speaks for it. */
    record Place(String code, String name, @Nullable Text why) {}

    /**
     * @param certain null when a person has to say more
     * @param choices what it may be
     * @param why what is missing; null when it is certain, or choices are offered
     */
    record Read(
            @Nullable Place certain,
            List<Place> choices,
            @Nullable Text why) {}

    Read read(String words) {
        Verdict verdict = directories.current().addresses().check(words, null, today());
        Commune certain = verdict.commune();
        if (certain != null) {
            return new Read(place(certain, verdict.why()), List.of(), null);
        }
        List<Place> choices = verdict.candidates().stream()
                .map(candidate -> place(candidate.commune(), candidate.why()))
                .toList();
        return new Read(null, choices, verdict.why());
    }

    Optional<Place> of(String code) {
        return directories.current().commune(code, today()).map(commune -> place(commune, null));
    }

    private Place place(Commune commune, @Nullable Text why) {
        Directory known = directories.current();
        String name = known.province(commune.province(), today())
                .map(province -> commune.fullName() + ", " + province.fullName())
                .orElse(commune.fullName());
        return new Place(commune.code(), name, why);
    }

    private static LocalDate today() {
        return LocalDate.now(Rules.ZONE);
    }
}
