package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ledger of one dossier, read by tests from its tables and held against handlings and legs, which know nothing of it. */
final class Books {

    private Books() {}

    private static JdbcClient db() {
        return Domain.hub().db();
    }

    /** What lies on each account, without those on which nothing does. */
    static Map<String, Long> of(String code) {
        Map<String, Long> accounts = new TreeMap<>();
        db().sql("select account, money, sum(amount) from ledger_posting p join dossier_code c on c.dossier = p.dossier"
                        + " where c.code = :code group by account, money having sum(amount) <> 0")
                .param("code", code)
                .query(row -> {
                    accounts.put(row.getString(1) + " " + row.getString(2), row.getLong(3));
                });
        return accounts;
    }

    static void balance(String code, String story) {
        assertThat(sum("select sum(amount) from ledger_posting p", code))
                .as("zero: " + story)
                .isZero();
        for (String money : new String[] {"fee", "postage", "cod"}) {
            String kind = money.toUpperCase(java.util.Locale.ROOT);
            assertThat(sum(
                            "select sum(amount) from ledger_entry p",
                            code,
                            "act = 'COLLECTED' and debit like 'POST:%' and money = '" + kind + "'"))
                    .as(money + " collected by our own: " + story)
                    .isEqualTo(sum(
                            "select sum(s." + money + ") from standing s join leg l on l.id = s.leg"
                                    + " join dossier p on p.id = l.dossier",
                            code,
                            "true",
                            "p.id"));
            assertThat(sum(
                            "select sum(amount) from ledger_posting p",
                            code,
                            "account = 'CITIZEN' and money = '" + kind + "'"))
                    .as(money + " to be collected: " + story)
                    .isBetween(
                            0L,
                            sum(
                                    "select sum(l." + money + "_due) from leg l join dossier p on p.id = l.dossier",
                                    code,
                                    "true",
                                    "p.id"));
        }
        assertThat(db().sql(
                                "select count(*) from (select 1 from ledger_entry p join dossier_code c on c.dossier = p.dossier"
                                        + " where c.code = :code and (act not in ('PAID_OVER', 'RECEIVED') or cause like 'NT-%')"
                                        + " group by p.owner, leg, money, act, cause, debit, credit"
                                        + " having sum(amount) < 0) negative")
                        .param("code", code)
                        .query(Long.class)
                        .single())
                .as("taken back more than was entered: " + story)
                .isZero();
    }

    private static long sum(String select, String code) {
        return sum(select, code, "true");
    }

    private static long sum(String select, String code, String where) {
        return sum(select, code, where, "p.dossier");
    }

    private static long sum(String select, String code, String where, String dossier) {
        return db().sql(select + " join dossier_code c on c.dossier = " + dossier + " where c.code = :code and "
                        + where)
                .param("code", code)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }
}
