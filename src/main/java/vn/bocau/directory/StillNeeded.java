package vn.bocau.directory;

import java.util.List;

/**
 * Asked about every reading, at start and before a reload comes into force: whoever works with rows of the directory tells
 * which of them cannot go yet.
 */
public interface StillNeeded {

    /**
     * @param next the picture that would come into force
     * @return a refusal for each row that is not in it and is still needed; without personal data
     */
    List<LoadReport.Refusal> missing(Directory next);
}
