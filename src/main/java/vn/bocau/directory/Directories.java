package vn.bocau.directory;

/** The picture in force. Bean {@code directories}. */
public interface Directories {

    Directory current();

    /** What the last reading came to, the one at start or a reload. */
    LoadReport report();

    /** Reads the files again, and what belongs to them. With anything refused, the picture in force stays as it is. */
    LoadReport reload();

    /**
     * For the transaction that records it: what has come into force since the last that did, by whomever it was read. Told
     * again until one has committed.
     */
    LoadReport.Changes toRecord();
}
