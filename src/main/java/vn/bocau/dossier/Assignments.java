package vn.bocau.dossier;

import java.text.Collator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;
import vn.bocau.directory.Commune;
import vn.bocau.directory.Directories;
import vn.bocau.directory.PostOffice;

/**
 * Which worker of an office goes to which commune, and who goes with one item instead. It says whose list an item stands
 * on, and forbids nobody anything.
 */
@Component
public class Assignments {

    private final JdbcClient db;
    private final OpenStops stops;
    private final Directories directories;

    Assignments(JdbcClient db, OpenStops stops, Directories directories) {
        this.db = db;
        this.stops = stops;
        this.directories = directories;
    }

    /**
     * A commune and who goes there.
     *
     * @param commune five digits
     * @param name null when the commune is not in force
     * @param open legs whose next act is to be done there
     * @param worker user name; null when nobody in particular
     * @param version to be named when it is changed; 0 when it never was assigned
     * @param by user name of who said so; null like {@code at} when nobody has
     */
    public record Round(
            String commune,
            @Nullable String name,
            long open,
            long overdue,
            @Nullable String worker,
            int version,
            @Nullable String by,
            @Nullable Instant at) {}

    /** The communes the office serves, and others where it has something to do; by name. */
    @Transactional(readOnly = true)
    public List<Round> of(String office) {
        record Rule(String commune, @Nullable String worker, int version, String by, Instant at) {}
        Map<String, Rule> rules = new HashMap<>();
        db.sql("""
                        select distinct on (commune) commune, worker, version, by, at from assignment
                        where office = :office and commune is not null order by commune, version desc
                        """).param("office", office).query(Rule.class).list().forEach(rule -> rules.put(rule.commune(), rule));
        Map<String, OpenStops.Load> loads = new HashMap<>();
        stops.byCommune(OpenStops.Wanted.all(office)).stream()
                .filter(load -> load.commune() != null)
                .forEach(load -> loads.put(String.valueOf(load.commune()), load));
        List<String> communes = new ArrayList<>(
                directories.current().office(office).map(PostOffice::communes).orElse(Set.of()));
        communes.addAll(loads.keySet());
        rules.values().stream().filter(rule -> rule.worker() != null).forEach(rule -> communes.add(rule.commune()));
        Collator alphabet = Collator.getInstance(Locale.forLanguageTag("vi"));
        return communes.stream()
                .distinct()
                .map(commune -> {
                    Rule rule = rules.get(commune);
                    OpenStops.Load load = loads.get(commune);
                    return new Round(
                            commune,
                            commune(commune).map(Commune::fullName).orElse(null),
                            load == null ? 0 : load.open(),
                            load == null ? 0 : load.overdue(),
                            rule == null ? null : rule.worker(),
                            rule == null ? 0 : rule.version(),
                            rule == null ? null : rule.by(),
                            rule == null ? null : rule.at());
                })
                .sorted(Comparator.comparing((Round round) -> round.name() == null ? "" : round.name(), alphabet)
                        .thenComparing(Round::commune))
                .toList();
    }

    /**
     * Who is to go.
     *
     * @param worker user name of a worker of the office; null for nobody in particular
     * @param version the one this is to take the place of, as the supervisor saw it
     * @param by user name of the supervisor
     */
    public record Given(@Nullable String worker, int version, String by) {}

    /**
     * From now on this worker goes to that commune.
     *
     * @throws Refused UNKNOWN {@code unknown-commune}; CONFLICT {@code assignment-changed}
     */
    @Transactional
    public void commune(String office, String commune, Given given) {
        if (commune(commune).isEmpty()) {
            throw new Refused(
                    Refused.Ground.UNKNOWN,
                    "unknown-commune",
                    "commune",
                    "Không có xã, phường nào mang mã này hôm nay.",
                    "There is no commune with this code today.");
        }
        give(office, commune, null, given);
    }

    /**
     * This worker goes with that item, whoever has its commune; null: whoever has its commune again.
     *
     * @throws Refused UNKNOWN {@code unknown-leg} when nothing is owed on it by this office; CONFLICT
     *     {@code assignment-changed}
     */
    @Transactional
    public void leg(String office, UUID leg, Given given) {
        boolean owed = db.sql("select 1 from progress where leg = :leg and not closed and owner = :office"
                        + " and owner_kind in ('POST_OFFICE', 'POSTAL_WORKER', 'SUPERVISOR')")
                .param("leg", leg)
                .param("office", office)
                .query(Integer.class)
                .optional()
                .isPresent();
        if (!owed) {
            throw new Refused(
                    Refused.Ground.UNKNOWN,
                    "unknown-leg",
                    "id",
                    "Bưu cục này không còn việc gì với bưu gửi đó.",
                    "This office has nothing to do with that item any more.");
        }
        give(office, null, leg, given);
    }

    private void give(String office, @Nullable String commune, @Nullable UUID leg, Given given) {
        record Now(int version, @Nullable String worker, String by) {}
        Optional<Now> now = db.sql("""
                        select version, worker, by from assignment
                        where office = :office and commune is not distinct from cast(:commune as text)
                            and leg is not distinct from cast(:leg as uuid)
                        order by version desc limit 1
                        """)
                .param("office", office)
                .param("commune", commune)
                .param("leg", leg)
                .query(Now.class)
                .optional();
        boolean repeated = now.filter(n -> n.version() == given.version() + 1
                        && given.by().equals(n.by())
                        && Objects.equals(given.worker(), n.worker()))
                .isPresent();
        if (repeated) {
            return;
        }
        if (now.map(Now::version).orElse(0) != given.version()) {
            throw changed();
        }
        try {
            db.sql("insert into assignment (office, commune, leg, version, worker, by)"
                            + " values (:office, :commune, :leg, :version, :worker, :by)")
                    .param("office", office)
                    .param("commune", commune)
                    .param("leg", leg)
                    .param("version", given.version() + 1)
                    .param("worker", given.worker())
                    .param("by", given.by())
                    .update();
        } catch (DuplicateKeyException somebodyWasFaster) {
            throw changed();
        }
    }

    private static Refused changed() {
        return new Refused(
                Refused.Ground.CONFLICT,
                "assignment-changed",
                "/version",
                "Người khác vừa phân công lại chỗ này; hãy xem phân công hiện tại rồi quyết định lại.",
                "Somebody else has just assigned this anew; look at how it stands now, then decide again.");
    }

    private Optional<Commune> commune(String code) {
        return directories.current().commune(code, Legs.today());
    }
}
