package vn.bocau.audit;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes the record. What is noted inside a transaction is written as its last statement and commits with it: there is no
 * act without its row and no row without its act. Rows are numbered under a lock, so the chain has one order on any number
 * of nodes.
 */
@Component
public class AuditTrail {

    private final JdbcClient db;
    private final AuditKey key;
    private final AuditWitness witness;
    private final TransactionTemplate apart;

    AuditTrail(JdbcClient db, AuditKey key, AuditWitness witness, PlatformTransactionManager transactions) {
        this.db = db;
        this.key = key;
        this.witness = witness;
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Belongs to the transaction of what it records. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void note(Audited said) {
        Pending.here(this).add(said);
    }

    /** What is no part of a transaction, or of one that is undone: something was seen, or refused. */
    public void apart(Audited said) {
        apart.executeWithoutResult(t -> Pending.here(this).add(said));
    }

    /** The last thing the transaction does: until then nobody waits for anybody who records something else. */
    private AuditSeal append(List<Audited> all) {
        Head head = db.sql("select seq, digest from audit_head for update")
                .query((row, n) -> new Head(row.getLong("seq"), row.getBytes("digest")))
                .single();
        Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        long from = head.seq + 1;
        for (int n = 0; n < all.size(); n++) {
            AuditRow row = AuditRow.after(head.seq + 1, head.digest, at, all.get(n));
            boolean last = n == all.size() - 1;
            insert(last ? row.with(key.stamp(from, row.seq(), row.digest())) : row);
            head = new Head(row.seq(), row.digest());
        }
        AuditSeal seal = key.seal(null, head.seq, head.digest);
        db.sql("update audit_head set seq = :seq, digest = :digest, key = :key, signature = :signature")
                .param("seq", seal.seq())
                .param("digest", seal.digest())
                .param("key", seal.key())
                .param("signature", seal.signature())
                .update();
        return seal;
    }

    private void insert(AuditRow row) {
        db.sql("""
                        insert into audit (seq, at, by, what, outcome, kind, target, partner, reason, detail, previous, digest,
                            stamped_from, key, signature)
                        values (:seq, :at, :by, :what, :outcome, :kind, :target, :partner, :reason, :detail, :previous, :digest,
                            :from, :key, :signature)
                        """)
                .param("seq", row.seq())
                .param("at", Timestamp.from(row.at()))
                .param("by", row.by())
                .param("what", row.what())
                .param("outcome", row.outcome())
                .param("kind", row.kind())
                .param("target", row.target())
                .param("partner", row.partner())
                .param("reason", row.reason())
                .param("detail", row.detail())
                .param("previous", row.previous())
                .param("digest", row.digest())
                .param("from", row.stamp() == null ? null : row.stamp().from())
                .param("key", row.stamp() == null ? null : row.stamp().key())
                .param("signature", row.stamp() == null ? null : row.stamp().signature())
                .update();
    }

    private record Head(long seq, byte[] digest) {}

    /** What one transaction has to record. */
    private static final class Pending implements TransactionSynchronization {

        private final AuditTrail trail;
        private final List<Audited> all = new ArrayList<>();
        private @org.jspecify.annotations.Nullable AuditSeal seal;

        private Pending(AuditTrail trail) {
            this.trail = trail;
        }

        static List<Audited> here(AuditTrail trail) {
            if (TransactionSynchronizationManager.getResource(Pending.class) instanceof Pending pending) {
                return pending.all;
            }
            var pending = new Pending(trail);
            TransactionSynchronizationManager.bindResource(Pending.class, pending);
            TransactionSynchronizationManager.registerSynchronization(pending);
            return pending.all;
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(Pending.class);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(Pending.class, this);
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            seal = trail.append(all);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResource(Pending.class);
            if (status == STATUS_COMMITTED && seal != null) {
                trail.witness.saw(seal);
            }
        }

        @Override
        public int getOrder() {
            return LOWEST_PRECEDENCE;
        }
    }
}
