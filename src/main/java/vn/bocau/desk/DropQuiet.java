package vn.bocau.desk;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/**
 * Lets a file through that has lain for a while without a change. By our clock alone: what a server says of the time of a
 * change is only held against what it said before. Nobody waits meanwhile, neither a thread nor another file.
 */
final class DropQuiet implements GenericFileFilter<Object> {

    /** Longer than any pause between two looks: what was not seen for so many quiet times is there no more. */
    private static final int FORGOTTEN = 20;

    private final long quiet;
    private final long forgotten;
    private final Map<String, Seen> files = new HashMap<>();

    private record Seen(long length, long changed, long since, long last) {

        boolean isOf(GenericFile<?> file) {
            return length == file.getFileLength() && changed == file.getLastModified();
        }
    }

    DropQuiet(Duration quiet, Duration look) {
        this.quiet = quiet.toNanos();
        this.forgotten = quiet.plus(look).multipliedBy(FORGOTTEN).toNanos();
    }

    @Override
    public synchronized boolean accept(GenericFile<Object> file) {
        long now = System.nanoTime();
        files.values().removeIf(seen -> now - seen.last() > forgotten);
        Seen before = files.get(file.getFileName());
        long since = before != null && before.isOf(file) ? before.since() : now;
        files.put(file.getFileName(), new Seen(file.getFileLength(), file.getLastModified(), since, now));
        return now - since >= quiet;
    }
}
