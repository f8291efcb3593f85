package vn.bocau.dossier;

import org.springframework.stereotype.Component;
import vn.bocau.directory.Directories;

/**
 * Where somebody has to go with an item. Only an office where the item starts or ends is told the citizen's name and
 * address; whoever else scans it in learns which agency it belongs to, and no more.
 */
@Component
class Destinations {

    private final Directories directories;

    Destinations(Directories directories) {
        this.directories = directories;
    }

    /** @param office code of the post office that asks */
    Party of(Leg leg, String office) {
        return leg.endsAt(office) ? leg.whereToGo() : desk(leg);
    }

    /** The agency at whose desk it is fetched or handed over; nobody, when it is not in the directory any more. */
    private Party desk(Leg leg) {
        return directories
                .current()
                .agency(leg.desk())
                .map(Party::of)
                .orElse(new Party(leg.desk(), "", null, "", null));
    }
}
