package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The dossiers the national portal knows and what it was told of them; all of it read back from what it received.
 *
 * <p>A real one-stop tells this portal of its dossiers itself ({@code DongBoHoSoMC}, {@code isUpdating} False) before it
 * orders anything by post. Whoever plays one here with a client of their own has not, so that a code that carries the
 * province's identifier counts as told of when it is first spoken of; any other is unknown, as there.
 */
@Component
class DvcqgDossiers {

    static final String FILED = "filed";
    static final String BY_ONE_STOP = "by-one-stop";
    static final String STEP = "CapNhatTienDoHoSoMC";
    static final String PUT = "DongBoHoSoMC";

    private static final Pattern OF_THE_PROVINCE = Pattern.compile("000\\.\\d\\d\\.\\d\\d\\.H50-.+");
    private static final String DATE = "\\d{14}";

    enum Outcome {
        DONE,
        ALREADY_THERE,
        NO_DOSSIER,
        WRONG
    }

    private final Received received;

    DvcqgDossiers(Received received) {
        this.received = received;
    }

    /** A citizen files a dossier here. */
    synchronized void file(String code, JsonNode dossier) {
        if (!knows(code)) {
            received.add(Twin.DVCQG.id, FILED, null, code, true, dossier);
        }
    }

    /** What the citizen asked for, in the words of the hub's portal API; nothing when the portal was told by others. */
    JsonNode filed(String code) {
        return entries(code).stream()
                .filter(e -> e.what().equals(FILED))
                .map(Received.Entry::content)
                .findFirst()
                .orElse(Json.object());
    }

    /** Steps of progress; one that is there already to the letter is not added again. */
    synchronized Outcome steps(JsonNode data, @Nullable String messageId) {
        if (!data.isArray() || data.isEmpty()) {
            return Outcome.WRONG;
        }
        Outcome outcome = Outcome.ALREADY_THERE;
        for (JsonNode step : data) {
            String code = step.path("MaHoSo").asText();
            if (!step.path("ThoiDiemXuLy").asText().matches(DATE)
                    || !step.path("TrangThai").asText().matches("\\d{1,2}")
                    || step.path("NoiDungXuLy").asText().isBlank()) {
                return Outcome.WRONG;
            }
            if (!toldOf(code)) {
                return Outcome.NO_DOSSIER;
            }
            boolean fresh = entries(code).stream()
                    .noneMatch(e -> e.what().equals(STEP) && e.content().equals(step));
            received.add(Twin.DVCQG.id, STEP, messageId, code, fresh, step);
            outcome = fresh ? Outcome.DONE : outcome;
        }
        return outcome;
    }

    /** A whole dossier, new or changed. */
    synchronized Outcome put(JsonNode data, boolean updating, @Nullable String messageId) {
        if (!data.isArray() || data.isEmpty()) {
            return Outcome.WRONG;
        }
        Outcome outcome = Outcome.DONE;
        for (JsonNode dossier : data) {
            String code = dossier.path("MaHoSo").asText();
            if (!dossier.path("TrangThaiHoSo").asText().matches("\\d{1,2}")) {
                return Outcome.WRONG;
            }
            if (updating && !toldOf(code)) {
                return Outcome.NO_DOSSIER;
            }
            if (!updating && knows(code)) {
                return Outcome.ALREADY_THERE;
            }
            boolean fresh = entries(code).stream()
                    .noneMatch(e -> e.what().equals(PUT) && e.content().equals(dossier));
            received.add(Twin.DVCQG.id, PUT, messageId, code, fresh, dossier);
            outcome = fresh ? outcome : Outcome.ALREADY_THERE;
        }
        return outcome;
    }

    private boolean toldOf(String code) {
        if (!knows(code) && OF_THE_PROVINCE.matcher(code).matches()) {
            received.add(Twin.DVCQG.id, BY_ONE_STOP, null, code, true, Json.object());
        }
        return knows(code);
    }

    /** What the citizen sees: each thing once, as it came. */
    List<JsonNode> steps(String code) {
        return entries(code).stream()
                .filter(e -> e.fresh() && e.what().equals(STEP))
                .map(Received.Entry::content)
                .toList();
    }

    /** TrangThaiHoSo as last told; 1 (mới đăng ký) when nothing was. */
    String status(String code) {
        return entries(code).stream()
                .filter(e -> e.what().equals(STEP) || e.what().equals(PUT))
                .map(e -> e.content()
                        .path(e.what().equals(STEP) ? "TrangThai" : "TrangThaiHoSo")
                        .asText())
                .reduce("1", (before, after) -> after);
    }

    List<String> codes() {
        return received.all(Twin.DVCQG.id).stream()
                .filter(e -> e.what().equals(FILED) || e.what().equals(BY_ONE_STOP))
                .map(Received.Entry::dossier)
                .filter(Objects::nonNull)
                .toList();
    }

    boolean knows(String code) {
        return !entries(code).isEmpty();
    }

    private List<Received.Entry> entries(String code) {
        return received.about(Twin.DVCQG.id, code);
    }
}
