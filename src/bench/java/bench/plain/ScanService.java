package bench.plain;

import bench.peer.Recording;
import bench.peer.Scan;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class ScanService {

    private final Recording recording;
    private final JdbcTemplate db;
    private final ApplicationEventPublisher events;

    ScanService(Recording recording, JdbcTemplate db, ApplicationEventPublisher events) {
        this.recording = recording;
        this.db = db;
        this.events = events;
    }

    @Transactional
    String accept(Scan scan) {
        if (!recording.record(scan)) {
            return "KNOWN";
        }
        db.update(
                "insert into outbox (id, item, body) values (?, ?, ?::jsonb)",
                scan.id(),
                scan.item(),
                "{\"item\": \"" + scan.item() + "\", \"code\": \"" + scan.code() + "\", \"at\": \"" + scan.occurredAt()
                        + "\"}");
        events.publishEvent(new Queued(scan.id().toString(), scan.item()));
        return "RECORDED";
    }

    /** Committed, and to be queued. */
    record Queued(String id, String item) {}
}
