package vn.bocau.directory;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Days that are not as their week: public holidays, and days worked in place of others. */
final class DayRows {

    private enum Kind {
        HOLIDAY,
        WORKING
    }

    private enum Whose {
        ALL(EnumSet.allOf(WorkWeek.class)),
        POST(EnumSet.of(WorkWeek.POST)),
        AGENCY(EnumSet.of(WorkWeek.AGENCY));

        private final Set<WorkWeek> weeks;

        Whose(Set<WorkWeek> weeks) {
            this.weeks = weeks;
        }
    }

    private final Picture picture;

    DayRows(Picture picture) {
        this.picture = picture;
    }

    void day(Row row) {
        LocalDate day = row.day("day");
        row.text("name");
        boolean worked = row.oneOf("kind", Kind.class) == Kind.WORKING;
        Set<WorkWeek> weeks = row.oneOf("whose", Whose.class).weeks;
        weeks.forEach(week -> Picture.checkNew(of(week), day));
        weeks.forEach(week -> of(week).put(day, worked));
    }

    private Map<LocalDate, Boolean> of(WorkWeek week) {
        return Objects.requireNonNull(picture.daysWorked.get(week));
    }
}
