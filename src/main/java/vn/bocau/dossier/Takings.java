package vn.bocau.dossier;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a postal worker brought in with a phone, counted by the phone's own count: how many handlings, and how much of
 * their evidence is missing.
 */
@Component
public class Takings {

    private final JdbcClient db;

    Takings(JdbcClient db) {
        this.db = db;
    }

    /**
     * Written with what it concerns, in the same transaction: what somebody should have in hand may be another amount now.
     *
     * @param handlings that name money, void one that may, or are judged otherwise than before
     */
    public record Moved(List<UUID> handlings) {}

    /**
     * @param evidenceMissing signatures and photos that were named and have not come
     */
    public record Taken(int handlings, int evidenceMissing) {}

    /**
     * @param first the phone's own count of its first handling
     * @param last and of its last one; less than {@code first} when there was none
     */
    @Transactional(readOnly = true)
    public Taken of(String device, long first, long last) {
        return db.sql("""
                        with made as (
                            select h.* from handling h where h.device = :device and h.device_seq between :first and :last),
                        counts as (select distinct device_seq from made)
                        select
                            (select count(*) from counts) as handlings,
                            (select count(*) from made m,
                                    lateral (select m.details ->> s.field as sha256
                                        from (values ('signature'), ('countersignature')) as s (field)
                                        where jsonb_exists(m.details, s.field)
                                        union all
                                        select jsonb_array_elements_text(m.details -> 'photos')) as named
                                where not exists (
                                    select 1 from evidence e where e.handling = m.id and e.sha256 = named.sha256))
                                as evidence_missing
                        """)
                .param("device", device)
                .param("first", first)
                .param("last", last)
                .query((row, n) -> new Taken(row.getInt("handlings"), row.getInt("evidence_missing")))
                .single();
    }
}
