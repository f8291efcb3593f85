package vn.bocau.journal;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What is asked with every message is planned once for each connection, and by its indexes: PostgreSQL else plans anew, each time,
 * whatever names its rows by an array, since it takes an array that it does not know for ten of them; that took a third of its time.
 * Only for statements that find what they want by an index alone: for them a plan of the first day, when all was empty, is good for ever.
 */
@Component
class SteadyPlans {

    /** Where nothing else will do than a scan, its cost is no reason to compile it either. */
    private static final String SETTINGS = """
            select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
                set_config('jit', 'off', true)
            """;

    private final JdbcTemplate db;

    SteadyPlans(JdbcTemplate db) {
        this.db = db;
    }

    /** From here to the end of the transaction that is on. */
    void begin() {
        db.query(SETTINGS, row -> {});
    }
}
