package bench.plain;

import bench.peer.Scan;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ScanController {

    private final ScanService scans;

    ScanController(ScanService scans) {
        this.scans = scans;
    }

    @PostMapping("/scans")
    List<Map<String, String>> scan(@RequestBody List<Scan> batch) {
        return batch.stream()
                .map(scan -> Map.of("id", scan.id().toString(), "outcome", scans.accept(scan)))
                .toList();
    }
}
