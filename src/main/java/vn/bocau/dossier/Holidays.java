package vn.bocau.dossier;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.stereotype.Component;
import vn.bocau.directory.Directories;

/**
 * How far the holidays are known: deadlines beyond that are counted as if there were none. Somebody has to add a year's rows
 * to days.csv before it begins, and is told so in time.
 */
@Component
public class Holidays {

    /** As in the rule {@code BoCauHolidays} of docs/operate/alerts.yaml. */
    private static final int TOLD_BEFORE_DAYS = 45;

    private final Directories directories;

    Holidays(Directories directories, MeterRegistry registry) {
        this.directories = directories;
        Gauge.builder("bocau.holidays.known.days", this, Holidays::daysLeft)
                .description("For so many days from today the holidays are known")
                .register(registry);
    }

    /** The first day whose holidays are not known, when that is soon. */
    public Optional<LocalDate> missingFrom() {
        return daysLeft() < TOLD_BEFORE_DAYS ? Optional.of(end().plusDays(1)) : Optional.empty();
    }

    private long daysLeft() {
        return ChronoUnit.DAYS.between(Legs.today(), end());
    }

    private LocalDate end() {
        return directories
                .current()
                .holidaysKnownUntil()
                .orElseGet(() -> Legs.today().minusDays(1));
    }
}
