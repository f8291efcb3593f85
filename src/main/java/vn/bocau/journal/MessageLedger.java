package vn.bocau.journal;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What became of everything that was accepted, by partner and day of Vietnam. A message's state is believed only where
 * something else bears it out: that a partner whom we carry messages to has it, by an attempt that he confirmed; that it
 * was given up, by the record of who did so, and why. Of what was fetched from a feed, and of what came in, the answer is
 * asked for that is kept with it, and no more. So the ledger can fail to add up, and then says which messages.
 */
@Component
public class MessageLedger {

    /**
     * A partner's day. {@code accepted = confirmed + open + discarded}, unless something is wrong: the rest is unproven. A
     * message is one whichever words it has; rows that keep words a person has replaced by others are not counted.
     *
     * @param direction IN: said to us, confirmed means carried out. OUT: told by us, confirmed means the partner said so
     * @param open waiting, on its way, or parked
     * @param discarded given up, each with its reason on record
     * @param unproven confirmed or given up by its own word alone
     * @param untold of the confirmed, those of which the partner was told nothing: its dialect says no such thing, or it held no more
     */
    public record Day(
            LocalDate day,
            String partner,
            String direction,
            long accepted,
            long confirmed,
            long open,
            long parked,
            long discarded,
            long unproven,
            long untold) {

        public boolean addsUp() {
            return accepted == confirmed + open + discarded;
        }
    }

    private static final String PROVEN = """
            case m.state
                when 'RECEIVED' then m.direction = 'IN' and m.answer is not null
                when 'CONFIRMED' then m.direction = 'OUT' and (
                    m.feed_position is not null and m.answer is not null
                    or exists (select from attempt a where a.message = m.seq and a.outcome = 'CONFIRMED'))
                when 'DISCARDED' then exists (select from audit d
                    where d.kind = 'MESSAGE' and d.target = cast(m.id as text) and d.what = 'DISCARD'
                      and d.outcome = 'DONE' and d.reason is not null)
                else true
            end""";

    private static final String OF_THE_DAYS = """
            m.created_at >= (date_trunc('day', now() at time zone 'Asia/Ho_Chi_Minh')
                - make_interval(days => :days)) at time zone 'Asia/Ho_Chi_Minh'
              and not exists (select from edit e where e.original = m.seq)
            """;

    private final JdbcClient db;
    private final LongReads longReads;

    MessageLedger(JdbcClient db, LongReads longReads) {
        this.db = db;
        this.longReads = longReads;
    }

    /**
     * Every partner's days, the newest first.
     *
     * @param days today and so many before it
     */
    @Transactional(readOnly = true)
    public List<Day> days(int days) {
        longReads.begin();
        return db.sql("""
                        select day, partner, direction, count(*) as accepted,
                            count(*) filter (where state in ('CONFIRMED', 'RECEIVED') and proven) as confirmed,
                            count(*) filter (where state in ('PENDING', 'QUEUED', 'PARKED')) as open,
                            count(*) filter (where state = 'PARKED') as parked,
                            count(*) filter (where state = 'DISCARDED' and proven) as discarded,
                            count(*) filter (where not proven) as unproven,
                            count(*) filter (where state = 'CONFIRMED' and proven and untold) as untold
                        from (
                            select (m.created_at at time zone 'Asia/Ho_Chi_Minh')::date as day, m.partner, m.direction, m.state,
                                %s as proven, %s as untold
                            from message m where %s
                            -- asked once of each, and not once for each column
                            offset 0) accepted
                        group by 1, 2, 3
                        order by 1 desc, 2, 3
                        """.formatted(PROVEN, Unasked.CLOSED, OF_THE_DAYS))
                .param("days", days)
                .query(Day.class)
                .list();
    }

    /**
     * The messages of those days that are confirmed or given up by their own word alone, the oldest first; at most so many.
     *
     * @param partners null for all
     */
    @Transactional(readOnly = true)
    public List<Records.Message> unproven(int days, @Nullable Set<String> partners, int most) {
        longReads.begin();
        return db.sql(Records.MESSAGE + "where " + OF_THE_DAYS
                        + "and m.state in ('RECEIVED', 'CONFIRMED', 'DISCARDED') and not " + PROVEN
                        + " and (cast(:partners as text[]) is null or m.partner = any(:partners))"
                        + " order by m.created_at, m.seq limit :most")
                .param("days", days)
                .param("partners", partners == null ? null : partners.toArray(String[]::new))
                .param("most", most)
                .query(Records::message)
                .list();
    }
}
