package vn.bocau.dossier;

import java.util.Optional;
import org.springframework.stereotype.Component;
import vn.bocau.code.DailyHours;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.journal.SpokenHours;

/** The hours at which citizens are sent anything, of whoever carries it to them. */
@Component
class NoticeHours implements SpokenHours {

    private final Directories directories;
    private final NoticeSettings settings;

    NoticeHours(Directories directories, NoticeSettings settings) {
        this.directories = directories;
        this.settings = settings;
    }

    @Override
    public Optional<DailyHours> of(String partner) {
        return directories
                .current()
                .partner(partner)
                .filter(known -> known.kind() == Partner.Kind.NOTIFIER)
                .map(known -> new DailyHours(settings.from(), settings.until()));
    }
}
