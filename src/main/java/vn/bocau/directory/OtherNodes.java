package vn.bocau.directory;

/** The other nodes, each with its own folder of reference files or with the same. */
interface OtherNodes {

    /** In the folder, with the files it speaks of: up to which refresh of all nodes they have come. */
    String MARK = ".communes-refreshed";

    /** In place of a number: a refresh nobody else knows of yet, and after it who did it. */
    String UNTOLD = "untold ";

    /** Tells what was refreshed here, and takes over what was refreshed elsewhere. */
    void follow();
}
