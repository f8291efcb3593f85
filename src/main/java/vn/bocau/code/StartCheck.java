package vn.bocau.code;

/**
 * Finds out whether a setting will do, before anything is started or written. Found by this type alone, made with the
 * settings' records and the environment, and called in the order of its {@code @Order}.
 */
public interface StartCheck {

    /** Whether the data folder is another's. */
    int FOLDER = 0;

    /** Whether what was named is there and is what it should be. */
    int FILES = 10;

    int PORTS = 20;

    /** What has to be asked over the network, and may take its time. */
    int SERVERS = 30;

    /** @throws Misconfigured when it will not do */
    void check();
}
