package vn.bocau.code;

/**
 * Finds out whether a setting will do, before anything is started or written. Found by this type alone, made with the
 * environment, and called in the order of its {@code @Order}. What several find wrong is told together.
 */
public interface StartCheck {

    /** Whether a value could be one at all. */
    int VALUES = 0;

    /** Whether what was named is there and is what it should be. */
    int FILES = 10;

    /** Whether the data folder is another's; nothing is tried after one that is. */
    int FOLDER = 15;

    int PORTS = 20;

    /** What has to be asked over the network, and may take its time: only when nothing else is wrong. */
    int SERVERS = 30;

    /** @throws Misconfigured when it will not do */
    void check();
}
