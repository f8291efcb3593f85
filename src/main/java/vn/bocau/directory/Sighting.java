package vn.bocau.directory;

import org.jspecify.annotations.Nullable;

/**
 * A commune an address may mean: its name or code stands there, and everything behind it is understood.
 *
 * @param start the word it begins with, its prefix included; what stands before is street
 * @param prefixed whether its kind is named, so that it can be nothing else than a commune
 * @param byCode whether its code stands in the place of its name
 * @param sure false for a slip in the spelling, another kind than the commune has, or a name that may belong to the street
 */
record Sighting(Commune commune, Beside beside, int start, boolean prefixed, boolean byCode, boolean sure, Fit fit) {

    /** Whether the district and the province that are named are those of the commune. */
    enum Fit {
        /** As addresses were written in its time. */
        OF_ITS_TIME,
        /** Old and new mixed: a commune of today in its old district or province, an old one in the new province. */
        MIXED,
        AGAINST
    }

    /**
     * What is named behind a commune.
     *
     * @param start the word the first of it begins with
     * @param sure false for a slip in the spelling
     */
    record Beside(@Nullable District district, @Nullable Province province, int start, boolean sure) {
        int levels() {
            return (district == null ? 0 : 1) + (province == null ? 0 : 1);
        }

        Beside doubted() {
            return new Beside(district, province, start, false);
        }
    }

    /** How many levels are named: commune, district, province. */
    int levels() {
        return 1 + beside.levels();
    }

    /** Whether anything says where it is: many a name is found in several provinces, and a number may be a postcode. */
    boolean isPlaced() {
        return levels() > 1;
    }
}
