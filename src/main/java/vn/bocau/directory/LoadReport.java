package vn.bocau.directory;

import java.util.List;
import java.util.Map;
import vn.bocau.code.Text;

/**
 * What a reading of the reference files came to.
 *
 * @param taken rows taken, by file, the sandbox's with the file they add to
 * @param refusals rows that were not, each with its reason
 * @param inForce whether this reading is the picture in force; a reload with any refusal changes nothing
 */
public record LoadReport(Map<String, Integer> taken, List<Refusal> refusals, boolean inForce) {

    /**
     * A row that was not taken.
     *
     * @param file as it is called in the folder; {@code sandbox/…} for the sandbox's own
     * @param line counted from 1, the heading included; 0 when the file as a whole is meant
     */
    public record Refusal(String file, int line, Text reason) {}
}
