package vn.bocau.dossier;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which language the citizen of a dossier reads: the one that was last chosen on its page. No portal tells us. */
@Component
public class CitizenLanguages {

    public static final String VIETNAMESE = "vi";
    public static final String ENGLISH = "en";

    private final JdbcClient db;

    CitizenLanguages(JdbcClient db) {
        this.db = db;
    }

    /** Whoever has shown that the dossier is theirs, or has its link, reads this; all but English is Vietnamese. */
    public void chosen(UUID dossier, String language) {
        db.sql("""
                        insert into citizen_language as known (dossier, language) select id, :language from dossier where id = :dossier
                        on conflict (dossier) do update set language = excluded.language
                            where known.language <> excluded.language
                        """)
                .param("dossier", dossier)
                .param("language", language.equals(ENGLISH) ? ENGLISH : VIETNAMESE)
                .update();
    }

    String of(UUID dossier) {
        return db.sql("select language from citizen_language where dossier = :dossier")
                .param("dossier", dossier)
                .query(String.class)
                .optional()
                .orElse(VIETNAMESE);
    }
}
