package vn.bocau.directory;

import java.time.LocalDate;

/** Days that are not as their week: public holidays, and days worked in place of others. */
final class DayRows {

    private enum Kind {
        HOLIDAY,
        WORKING
    }

    private final Picture picture;

    DayRows(Picture picture) {
        this.picture = picture;
    }

    void day(Row row) {
        LocalDate day = row.day("day");
        row.text("name");
        Picture.checkNew(picture.daysOff, day);
        picture.daysOff.put(day, row.oneOf("kind", Kind.class) == Kind.HOLIDAY);
    }
}
