package vn.bocau.directory;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Text;

/**
 * What a reading of the reference files, and of what belongs to them, came to.
 *
 * @param taken rows taken, by file, the sandbox's with the file they add to
 * @param refusals what is wrong, each with its reason: rows that were not taken; rows that are not there and that open
 *     dossiers need; files of {@code mappings/}; and partners that cannot be spoken to, which at start are taken all the
 *     same, and whose lines wait
 * @param inForce whether this reading is the picture in force; a reload with any refusal changes nothing
 * @param changes since the picture whose changes were recorded last, see {@link Directories#toRecord}; of the one at start,
 *     and of one that is not in force, none
 */
public record LoadReport(Map<String, Integer> taken, List<Refusal> refusals, boolean inForce, Changes changes) {

    /**
     * What differs between two readings, without what stands there.
     *
     * @param files by their names, as of {@link Refusal}
     * @param partners by their ids, rows that are new, gone or another
     */
    public record Changes(Map<String, Content> files, Map<String, Columns> partners) {

        static final Changes NONE = new Changes(Map.of(), Map.of());
    }

    /**
     * The content of a file as SHA-256, in hex.
     *
     * @param before null of a file that was not there
     * @param after null of one that is there no more
     */
    public record Content(@Nullable String before, @Nullable String after) {}

    /**
     * A partner's row.
     *
     * @param columns that changed, by their names; of one that is new or gone all that hold something
     */
    public record Columns(Change change, List<String> columns) {}

    /** What has become of a row. */
    public enum Change {
        NEW,
        REMOVED,
        CHANGED
    }

    /**
     * A row or a file that will not do.
     *
     * @param file as it is called in the folder; {@code sandbox/…} for the sandbox's own, {@code mappings/…} for a mapping
     * @param line counted from 1, the heading included; 0 when the file as a whole is meant
     */
    public record Refusal(String file, int line, Text reason) {

        /** File and line, as {@code partners.csv:8}. */
        public String place() {
            return line == 0 ? file : file + ":" + line;
        }

        /** For the log. */
        String where() {
            return line == 0 ? file : file + " dòng · line " + line;
        }
    }
}
