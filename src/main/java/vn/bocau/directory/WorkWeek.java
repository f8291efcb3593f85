package vn.bocau.directory;

import java.time.DayOfWeek;
import java.time.LocalDate;

/** The days of a week on which somebody works, but for the holidays and the days worked in their place. */
public enum WorkWeek {
    /** Monday to Saturday. */
    POST(DayOfWeek.SATURDAY),
    /** Monday to Friday, as the administration works (Decision 188/1999/QĐ-TTg). */
    AGENCY(DayOfWeek.FRIDAY);

    private final DayOfWeek last;

    WorkWeek(DayOfWeek last) {
        this.last = last;
    }

    public boolean isWorked(LocalDate day) {
        return day.getDayOfWeek().compareTo(last) <= 0;
    }
}
