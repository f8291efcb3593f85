package vn.bocau.console;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.dossier.rules.Act;
import vn.bocau.dossier.rules.FailureReason;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.OwnerKind;
import vn.bocau.dossier.rules.Step;
import vn.bocau.wire.mapping.ClearWords;

/** The codes of our own contracts, the partners and the agencies of the directory. */
@Component
class OurWords implements ClearWords {

    /** What an agency says, what it says no longer holds, and who may have received something. */
    private static final Set<String> SAID = Set.of(
            "RECEIVED",
            "REFUSED",
            "SUPPLEMENT_ASKED",
            "TRANSFERRED",
            "RETURNED_RESULT",
            "RETURN_VOIDED",
            "ADDRESS_TOO_LATE",
            "DAY_TOO_LATE",
            "OFFICE_TOO_LATE",
            "SELF",
            "SPOUSE",
            "PARENT",
            "CHILD",
            "RELATIVE",
            "PROXY",
            "NEIGHBOUR",
            "OFFICE");

    private static final Set<String> CODES = Stream.concat(
                    SAID.stream(),
                    Stream.<Enum<?>[]>of(
                                    HandlingCode.values(),
                                    Act.values(),
                                    Step.values(),
                                    OwnerKind.values(),
                                    FailureReason.values())
                            .flatMap(Stream::of)
                            .map(Enum::name))
            .collect(Collectors.toUnmodifiableSet());

    private final Directories directories;

    OurWords(Directories directories) {
        this.directories = directories;
    }

    @Override
    public boolean has(String word) {
        return CODES.contains(word) || isSomebody(word);
    }

    private boolean isSomebody(String word) {
        Directory directory = directories.current();
        return directory.partner(word).isPresent()
                || directory.agency(word).isPresent()
                || directory.partners().stream()
                        .anyMatch(partner -> Optional.ofNullable(partner.dialect())
                                .filter(word::equals)
                                .isPresent());
    }
}
