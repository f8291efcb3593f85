package vn.bocau.wire.out;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The days a carrier is asked about at once. It tells changes by the day alone, so the day that was read last and the one
 * before are read again: what changed after we asked, or as the day ended, is seen all the next day long.
 *
 * @param to the last of them, which is read up to when all of it is committed
 */
record PollWindow(LocalDate from, LocalDate to) {

    /** What has no cursor is read from so many days ago. */
    private static final int FURTHEST = 30;

    /** The next day, and no further: all that changed within a window is listed before any of it is taken. */
    private static final int LENGTH = 1;

    private static final int AGAIN = 1;

    /**
     * One after the other up to today.
     *
     * @param cursor the day up to which everything was read; empty, or no day, before the first time
     */
    static List<PollWindow> of(Optional<String> cursor, LocalDate today) {
        LocalDate from = cursor.flatMap(PollWindow::day)
                .map(day -> day.isAfter(today) ? today : day)
                .map(day -> day.minusDays(AGAIN))
                .orElse(today.minusDays(FURTHEST));
        List<PollWindow> windows = new ArrayList<>();
        LocalDate begin = from;
        while (windows.isEmpty() || windows.get(windows.size() - 1).to().isBefore(today)) {
            LocalDate end = begin.plusDays(LENGTH).isBefore(today) ? begin.plusDays(LENGTH) : today;
            windows.add(new PollWindow(begin, end));
            begin = end;
        }
        return windows;
    }

    private static Optional<LocalDate> day(String cursor) {
        try {
            return Optional.of(LocalDate.parse(cursor));
        } catch (DateTimeParseException noDay) {
            return Optional.empty();
        }
    }
}
