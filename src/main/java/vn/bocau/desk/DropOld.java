package vn.bocau.desk;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/**
 * Lets a file through that was dealt with so long ago that it is kept no more. When that was, the name says that it got when
 * it was taken: a writer may have given it any time of its own. What has another name is not ours.
 */
final class DropOld implements GenericFileFilter<Object> {

    private static final DateTimeFormatter TAKEN = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmssSSS");
    private static final int LENGTH = 18;

    private final Duration keep;

    DropOld(Duration keep) {
        this.keep = keep;
    }

    @Override
    public boolean accept(GenericFile<Object> file) {
        String name = file.getFileNameOnly();
        if (name.length() <= LENGTH) {
            return false;
        }
        try {
            return LocalDateTime.parse(name.substring(0, LENGTH), TAKEN)
                    .isBefore(LocalDateTime.now(ZoneId.systemDefault()).minus(keep));
        } catch (DateTimeParseException another) {
            return false;
        }
    }
}
