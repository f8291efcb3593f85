package vn.bocau.dossier;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.journal.DossierAges;

/** How old dossiers are, from when they were first spoken of. */
@Component
class Ages implements DossierAges {

    private final JdbcClient db;

    Ages(JdbcClient db) {
        this.db = db;
    }

    @Override
    public @Nullable Double oldest(String[] groups) {
        return db.sql("select extract(epoch from clock_timestamp() - min(created_at)) from dossier"
                        + " where id = any(array(select g::uuid from unnest(cast(:groups as text[])) g"
                        + " where g ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'))")
                .param("groups", groups)
                .query(Double.class)
                .optional()
                .orElse(null);
    }
}
