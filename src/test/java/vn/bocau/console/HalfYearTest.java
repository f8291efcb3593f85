package vn.bocau.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.bocau.journal.Partners;
import vn.bocau.wire.http.OwnHub;

/** What measures at size has to find what it takes for there, also when its filling was broken off. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HalfYearTest {

    private static final long DOSSIERS = 1_000;
    private static final String INDEXES = "select indexdef from pg_indexes where schemaname = 'public' order by 1";

    private static HalfYear of(OwnHub hub) {
        return new HalfYear(() -> hub.bean(DataSource.class).getConnection(), DOSSIERS);
    }

    private static long count(OwnHub hub, String sql) {
        return hub.db().sql("select count(*) from " + sql).query(Long.class).single();
    }

    @Test
    void parts_are_all_of_it_and_any_first_few_are_spread_over_all_of_it() {
        List<Long> parts = new HalfYear(null, DOSSIERS).parts();
        assertThat(parts.stream().sorted().toList())
                .isEqualTo(LongStream.range(0, 17).mapToObj(n -> n * 62 + 1).toList());
        for (int some = 1; some <= parts.size(); some++) {
            List<Long> there = new ArrayList<>(parts.subList(0, some));
            there.add(DOSSIERS);
            there.sort(null);
            for (int n = 1; n < there.size(); n++) {
                assertThat(there.get(n) - there.get(n - 1)).isLessThanOrEqualTo(3 * DOSSIERS / some);
            }
        }
    }

    @Test
    void one_size_is_filled_up_to_the_next_and_what_was_broken_off_is_gone_on_with(@TempDir Path data)
            throws Exception {
        Map<String, Object> settings =
                Map.of("bocau.data", data.resolve("hub"), "bocau.map.look", "1d", "bocau.silence.look", "1d");
        try (OwnHub hub = new OwnHub(settings, Partners.class)) {
            List<String> indexes = hub.db().sql(INDEXES).query(String.class).list();
            HalfYear.Database database = () -> hub.bean(DataSource.class).getConnection();
            assertThat(HalfYear.laidOutFor(database)).isZero();

            of(hub).fill(200, line -> {});
            long some = count(hub, "dossier");
            assertThat(some).isBetween(200L, 300L);
            assertThat(HalfYear.laidOutFor(database)).isEqualTo(DOSSIERS);
            assertThat(of(hub).some(50, new Random(1)))
                    .allSatisfy(i -> assertThat(count(hub, "dossier where id = bench_id(" + i + ", 1000, 0)"))
                            .isEqualTo(1));

            List<String> lines = new ArrayList<>();
            assertThatThrownBy(() -> of(hub).fill(DOSSIERS, line -> {
                        lines.add(line);
                        if (line.equals("indexes")) {
                            throw new IllegalStateException("it dies here");
                        }
                    }))
                    .hasMessage("it dies here");
            assertThat(lines).hasSizeGreaterThan(10);
            of(hub).fill(DOSSIERS, line -> {});

            assertThat(count(hub, "dossier")).isEqualTo(DOSSIERS);
            assertThat(count(hub, "attempt"))
                    .isEqualTo(hub.db()
                            .sql("select sum(attempts) from message where direction = 'OUT' and state = 'CONFIRMED'")
                            .query(Long.class)
                            .single());
            assertThat(count(hub, "message where state = 'PARKED'")).isEqualTo(2_000);
            assertThat(hub.db().sql(INDEXES).query(String.class).list().stream()
                            .filter(index -> !index.contains("bench_"))
                            .toList())
                    .isEqualTo(indexes);
        }
    }
}
