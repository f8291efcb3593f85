package vn.bocau.dossier;

/**
 * Who brought something about that no phone has scanned.
 *
 * @param name user name of a clerk, or the partner; {@code system} for the calendar and for what follows by itself
 * @param source the partner or face it came through
 */
record Author(String name, String source) {

    static final Author SYSTEM = partner("system");

    static Author partner(String id) {
        return new Author(id, id);
    }
}
