package vn.bocau.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One dossier of Quảng Trị makes its whole journey, driven by the public interfaces alone and told as the portal sees it:
 * filed, picked up, handed to the agency, decided, delivered.
 */
public final class Demo {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PROCEDURE = "1.012786";
    private static final String AGENCY = "000.00.12.H50";

    /** Tiền thu hộ, in đồng. */
    private static final int COD = 150_000;

    private final Outside outside = new Outside();
    private final URI hub;
    private final URI sandbox;
    private final PrintStream out;
    private final boolean english;
    private final Instant start = Instant.now();
    private final String code = "000.00.12.H50-"
            + today().toString().replace("-", "").substring(2) + "-"
            + Long.toString(System.currentTimeMillis() % 100_000_000L, 36).toUpperCase(java.util.Locale.ROOT);
    private int seen;

    private Demo(URI hub, URI sandbox, PrintStream out, boolean english) {
        this.hub = hub;
        this.sandbox = sandbox;
        this.out = out;
        this.english = english;
    }

    /**
     * Runs it.
     *
     * @return 0 when the portal has seen everything, 1 otherwise, with the reason printed
     */
    public static int run(URI hub, URI sandbox, PrintStream out, boolean english) {
        var demo = new Demo(hub, sandbox, out, english);
        try {
            demo.journey();
            return 0;
        } catch (Outside.Stopped stopped) {
            stopped(out, stopped);
            return 1;
        }
    }

    /** In both languages: whoever is stuck reads one of them. */
    private static void stopped(PrintStream out, Outside.Stopped stopped) {
        out.printf(
                "Dừng: %s%n  Cách sửa: %s%n", stopped.why().vi(), stopped.cure().vi());
        out.printf(
                "Stopped: %s%n  Cure: %s%n", stopped.why().en(), stopped.cure().en());
    }

    private void journey() {
        file();
        var worker = new PostalWorker(outside, hub);
        String papers = worker.itemOf(code, "PICKUP");
        worker.scan("PICKUP_ACCEPTED", papers, Map.of());
        sees("bưu tá xác nhận", "the worker has confirmed", 1);
        worker.scan("COLLECTED", papers, collected());
        sees("bưu tá đã nhận hồ sơ tại nhà", "papers fetched from the door", 1);
        worker.scan("HANDED_TO_AGENCY", papers, Map.of("feeRemitted", 0));
        sees("đã bàn giao cho bộ phận một cửa", "handed to the agency", 1);
        agency("confirmReceipt", "<appointment>" + today().plusDays(3) + "</appointment>");
        sees("cơ quan tiếp nhận và hẹn ngày", "the agency accepts, with a day", 1);
        agency("dispatchResults", null);
        sees("có kết quả, chuyển bưu điện", "the result is given to the post", 1);
        deliver(worker);
        out.printf(
                say("Xong: trạng thái 10 (Đã trả kết quả), %.1f giây%n", "Done: status 10 (result returned), %.1f s%n"),
                Duration.between(start, Instant.now()).toMillis() / 1000.0);
    }

    private void file() {
        Map<String, Object> citizen = Map.of(
                "name", "Lê Thị Mẫu",
                "phone", "0900000001",
                "address", Map.of("commune", "19333", "street", "12 đường Mẫu"));
        Map<String, Object> request = Map.of(
                "dossier",
                        Map.of(
                                "codes",
                                List.of(Map.of("system", "dvcqg", "code", code)),
                                "procedure",
                                PROCEDURE,
                                "channel",
                                "ONLINE",
                                "filedOn",
                                today().toString(),
                                "agency",
                                AGENCY,
                                "paidOnline",
                                true),
                "pickup",
                        Map.of(
                                "sender",
                                citizen,
                                "papers",
                                List.of(Map.of("name", "Đơn đề nghị cấp lại", "original", true, "count", 1))),
                "result", Map.of("receiver", citizen));
        outside.post(sandbox.resolve("/api/dvcqg/dossiers"), Map.of(), Map.of("code", code, "request", request));
        out.println(say("Hồ sơ ", "Dossier ") + code + say(", cổng thấy:", ", as the portal sees it:"));
        line(say("công dân nộp hồ sơ, đăng ký thu gom và trả kết quả tại nhà", "filed; pickup and delivery asked for"));
    }

    private static Map<String, Object> collected() {
        return Map.of(
                "papers",
                List.of(Map.of("name", "Đơn đề nghị cấp lại", "original", true, "count", 1)),
                "seal",
                "NP-000123",
                "feeCollected",
                0,
                "postageCollected",
                0);
    }

    private void agency(String operation, @Nullable String more) {
        String dossier = "<dossier>" + code + "</dossier>";
        String cod = "<cod><amount>" + COD + "</amount><payee>cong-chung-mau</payee></cod>";
        String content = more == null ? "<result>" + dossier + cod + "</result>" : dossier + more;
        String answer = outside.text(
                sandbox.resolve("/api/trung-tam-hcc/acts"),
                Map.of(),
                Map.of("operation", operation, "content", content));
        if (answer.contains("REFUSED")) {
            throw new Outside.Stopped(
                    new Said("cơ quan bị từ chối " + operation + ": " + answer, operation + " was refused: " + answer),
                    Outside.Stopped.LOOK);
        }
    }

    private void deliver(PostalWorker worker) {
        String result = worker.itemOf(code, "RESULT");
        worker.scan("RESULT_COLLECTED", result, Map.of());
        sees("bưu điện đã nhận kết quả", "the post has the result", 1);
        worker.scan("OUT_FOR_DELIVERY", result, Map.of());
        sees("đang đi phát", "out for delivery", 1);
        byte[] signature = "[[[12,40],[18,22],[30,41]]]".getBytes(StandardCharsets.UTF_8);
        String delivered = worker.scan(
                "DELIVERED",
                result,
                Map.of(
                        "identity",
                        "MATCHED",
                        "signature",
                        PostalWorker.sha256(signature),
                        "originalsTaken",
                        0,
                        "feeCollected",
                        0,
                        "postageCollected",
                        0,
                        "codCollected",
                        COD,
                        "relation",
                        "SELF"));
        sees("đã phát tận tay, thu hộ tiền công chứng", "delivered at the door, COD taken for a notary", 1);
        worker.bring(delivered, signature);
        seesStatus10();
    }

    /** Waits until the portal has so many more steps than before. */
    private void sees(String vi, String en, int more) {
        List<JsonNode> steps = await(() -> {
            List<JsonNode> now = received("CapNhatTienDoHoSoMC");
            return now.size() >= seen + more ? now : null;
        });
        seen = steps.size();
        line(say(vi, en) + "  — “"
                + steps.get(seen - 1).path("content").path("NoiDungXuLy").asText() + "”");
    }

    private void seesStatus10() {
        await(() -> {
            List<JsonNode> puts = received("DongBoHoSoMC");
            return puts.stream()
                            .anyMatch(p -> p.path("content")
                                    .path("TrangThaiHoSo")
                                    .asText()
                                    .equals("10"))
                    ? puts
                    : null;
        });
        line(say("bằng chứng phát đầy đủ: Đã trả kết quả", "evidence complete: result returned"));
    }

    private List<JsonNode> received(String what) {
        List<JsonNode> found = new java.util.ArrayList<>();
        for (JsonNode entry : outside.get(sandbox.resolve("/api/dvcqg/received"), Map.of())) {
            if (entry.path("dossier").asText().equals(code)
                    && entry.path("what").asText().equals(what)
                    && entry.path("fresh").asBoolean()) {
                found.add(entry);
            }
        }
        return found;
    }

    private interface Look {
        @Nullable
        List<JsonNode> now();
    }

    private List<JsonNode> await(Look look) {
        Instant until = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(until)) {
            List<JsonNode> found = look.now();
            if (found != null) {
                return found;
            }
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(50).toNanos());
        }
        throw new Outside.Stopped(
                new Said(
                        "sau " + PATIENCE.toSeconds() + " giây cổng vẫn chưa thấy bước này.",
                        "the portal has not seen this step after " + PATIENCE.toSeconds() + " s."),
                Outside.Stopped.LOOK);
    }

    private void line(String text) {
        out.printf("  %5.1f s  ✓ %s%n", Duration.between(start, Instant.now()).toMillis() / 1000.0, text);
    }

    private String say(String vi, String en) {
        return english ? en : vi;
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
    }
}
