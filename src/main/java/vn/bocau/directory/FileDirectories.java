package vn.bocau.directory;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The picture in force, from files. At start the right rows are taken, also of partners that cannot be spoken to yet, and
 * it is told which rows are gone that somebody still needs; a reload is all or nothing, and takes none of those away.
 */
@Component("directories")
class FileDirectories implements Directories, HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(FileDirectories.class);

    private static final Status DEGRADED = new Status("DEGRADED");

    private final ReferenceFiles files;
    private final List<Companion> companions;
    private final List<PartnerCheck> checks;
    private final ObjectProvider<StillNeeded> needed;
    private volatile Directory current;
    private volatile LoadReport report;

    /** Of the picture in force. */
    private Sources sources;

    /** Of the picture that the record knows of: that of the start, or the last one whose changes were recorded. */
    private volatile Sources recorded;

    @Autowired
    FileDirectories(
            ReferenceFiles files,
            ObjectProvider<Companion> companions,
            ObjectProvider<PartnerCheck> checks,
            ObjectProvider<StillNeeded> needed) {
        this(files, companions.orderedStream().toList(), checks.orderedStream().toList(), needed);
    }

    FileDirectories(
            ReferenceFiles files,
            List<Companion> companions,
            List<PartnerCheck> checks,
            ObjectProvider<StillNeeded> needed) {
        this.files = files;
        this.companions = companions;
        this.checks = checks;
        this.needed = needed;
        Reading first = read().log();
        this.current = first.picture();
        this.sources = first.sources();
        this.recorded = sources;
        this.report = first.report(true, sources);
    }

    @Override
    public Directory current() {
        return current;
    }

    @Override
    public LoadReport report() {
        return report;
    }

    @Override
    public synchronized LoadReport reload() {
        Reading next = read().log();
        boolean clean = next.isClean();
        LoadReport outcome = next.report(clean, recorded);
        report = outcome;
        if (clean) {
            sources = next.sources();
            current = next.picture();
            LOG.info("Reference data reloaded: {}", outcome.taken());
        } else {
            LOG.warn(
                    "Reference data not reloaded: {} rows refused",
                    outcome.refusals().size());
        }
        return outcome;
    }

    @Override
    public synchronized LoadReport.Changes toRecord() {
        Sources now = sources;
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                recorded = now;
            }
        });
        return now.since(recorded);
    }

    private Reading read() {
        files.settle();
        return new Reading(files)
                .read()
                .with(companions, checks)
                .keeping(needed.orderedStream().toList());
    }

    /** DEGRADED while rows are refused: the rest works, and a refused row may be the partner somebody waits for. */
    @Override
    public Health health() {
        return Health.status(report.refusals().isEmpty() ? Status.UP : DEGRADED)
                .withDetail("refused", report.refusals().size())
                .withDetail("taken", report.taken())
                .build();
    }
}
