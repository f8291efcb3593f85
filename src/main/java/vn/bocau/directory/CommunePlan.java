package vn.bocau.directory;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Sha256;

/**
 * What the communes of the directory would become by the state's own list: what is said before anything is done.
 *
 * @param id of exactly these changes on this day: what is confirmed is what was shown
 * @param from the day from which they would hold; what was before stays as it was
 * @param listed how many communes the state lists
 * @param ended without what they became part of, which the list does not say
 */
public record CommunePlan(
        String id, LocalDate from, int listed, List<Change> added, List<Change> renamed, List<Change> ended) {

    /**
     * One commune.
     *
     * @param before its name until then, of one that is renamed; null of the others
     */
    public record Change(
            String code,
            String name,
            String province,
            @Nullable String before) {}

    static CommunePlan of(LocalDate from, int listed, List<Change> added, List<Change> renamed, List<Change> ended) {
        String all = from + " " + added + " " + renamed + " " + ended;
        return new CommunePlan(
                Sha256.hex(all.getBytes(StandardCharsets.UTF_8)).substring(0, 16), from, listed, added, renamed, ended);
    }

    public boolean empty() {
        return added.isEmpty() && renamed.isEmpty() && ended.isEmpty();
    }
}
