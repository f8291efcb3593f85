package vn.bocau.scan;

import vn.bocau.wire.http.Parameters;

/** How far the lists of an office may be read. */
final class OfficePages {

    private static final int FARTHEST = 1_000_000;

    private OfficePages() {}

    /** @throws vn.bocau.code.Refused MALFORMED {@code parameter} */
    static void check(int from, int size) {
        Parameters.check(size);
        Parameters.between("from", from, 0, FARTHEST);
    }
}
