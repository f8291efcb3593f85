package vn.bocau.directory;

/** The other nodes, each with its own folder of reference files or with the same. */
interface OtherNodes {

    /** In the folder, with the files it speaks of: up to which refresh of all nodes they have come. */
    String MARK = ".communes-refreshed";

    /** The mark of files that no refresh has touched. */
    String NONE = "0";

    /** Before the number: upon it came a refresh that nobody else knows of yet; after it who did it. */
    String UNTOLD = "untold ";

    /**
     * Tells what was refreshed here, and takes over what was refreshed elsewhere.
     *
     * @return false when something was refreshed here that is dropped, because another had been first
     */
    boolean follow();

    /** The mark of one more refresh by somebody, upon what the files have come to. */
    static String untold(String mark, String by) {
        return UNTOLD + upon(mark) + " " + by;
    }

    /** Up to which refresh of all nodes the files had come before one that is still untold. */
    static long upon(String mark) {
        return Long.parseLong(mark.startsWith(UNTOLD) ? mark.split(" ", 3)[1] : mark.strip());
    }
}
