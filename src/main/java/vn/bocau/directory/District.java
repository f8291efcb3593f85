package vn.bocau.directory;

import java.util.List;

/**
 * A district, until there were none; known by the communes that named it.
 *
 * @param province its code, of that time
 * @param communes all it ever had here
 */
record District(String fullName, String province, List<Commune> communes) {

    boolean holds(Commune commune) {
        return fullName.equals(commune.district()) && province.equals(commune.province());
    }
}
