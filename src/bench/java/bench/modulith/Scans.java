package bench.modulith;

import bench.peer.Recording;
import bench.peer.Scan;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

class Scans {

    /** What has to be told. */
    record Recorded(String id, String item, String body) {}

    @RestController
    static class Door {

        private final Acceptance acceptance;

        Door(Acceptance acceptance) {
            this.acceptance = acceptance;
        }

        @PostMapping("/scans")
        List<Map<String, String>> scan(@RequestBody List<Scan> batch) {
            return batch.stream()
                    .map(scan -> Map.of("id", scan.id().toString(), "outcome", acceptance.accept(scan)))
                    .toList();
        }
    }

    @Service
    static class Acceptance {

        private final Recording recording;
        private final ApplicationEventPublisher events;

        Acceptance(Recording recording, ApplicationEventPublisher events) {
            this.recording = recording;
            this.events = events;
        }

        @Transactional
        String accept(Scan scan) {
            if (!recording.record(scan)) {
                return "KNOWN";
            }
            events.publishEvent(new Recorded(
                    scan.id().toString(),
                    scan.item(),
                    "{\"item\": \"" + scan.item() + "\", \"code\": \"" + scan.code() + "\", \"at\": \""
                            + scan.occurredAt() + "\"}"));
            return "RECORDED";
        }
    }
}
