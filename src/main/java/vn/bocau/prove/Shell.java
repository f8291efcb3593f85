package vn.bocau.prove;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Programs of the system that only root may use to break things: mount, ip. */
final class Shell {

    private static final int LONGEST_SECONDS = 60;

    private Shell() {}

    /** @return whether it could be done */
    static boolean can(String... command) {
        try {
            run(command);
            return true;
        } catch (IOException no) {
            return false;
        }
    }

    /** @throws IOException with what it said, when it is not there or ends with a failure */
    static void run(String... command) throws IOException {
        said(command);
    }

    /** @throws IOException as {@link #run} */
    static String said(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
