package vn.bocau.wire.http.ngsp;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.wire.Entrance;

/** What a one-stop system asks of its feed: {@code pagesize}, {@code lastId}, and of ours {@code orderNumber}. */
@Component
class Feeds {

    private static final int USUAL = 100;
    private static final int MOST = 1000;
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{24}");

    /** Ours are numbers of 63 bits; a Mongo id begins with the time, so it is far greater. */
    private static final Pattern OURS = Pattern.compile("0{8}[0-7][0-9a-fA-F]{15}");

    private final Entrance entrance;

    Feeds(Entrance entrance) {
        this.entrance = entrance;
    }

    byte[] page(String oneStop, JsonNode parameters) {
        var named = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        parameters
                .properties()
                .forEach(p -> named.putIfAbsent(
                        p.getKey(), Spelling.value(p.getValue()).asText()));
        var question = new Tracking.Question(
                oneStop,
                after(named.getOrDefault("lastId", "")),
                size(named.getOrDefault("pagesize", "")),
                order(named.get("orderNumber")));
        return entrance.ask("ngsp.tracking", question, JsonNode.class)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A system that spoke to VNPost until now comes with the id of VNPost's last event. It has read none of ours, so it
     * starts at our first.
     */
    private static long after(String lastId) {
        if (lastId.isEmpty()) {
            return 0;
        }
        if (!ID.matcher(lastId).matches()) {
            throw wrong("lastId", "24 chữ số thập lục phân, lần đầu là 000000000000000000000000", "24 hex digits");
        }
        return OURS.matcher(lastId).matches() ? Long.parseLong(lastId.substring(8), 16) : 0;
    }

    private static int size(String pageSize) {
        if (pageSize.isEmpty()) {
            return USUAL;
        }
        int size = pageSize.matches("0*[0-9]{1,6}") ? Integer.parseInt(pageSize) : 0;
        if (size < 1 || size > MOST) {
            throw wrong("pagesize", "số nguyên từ 1 đến " + MOST, "a whole number from 1 to " + MOST);
        }
        return size;
    }

    private static @Nullable String order(@Nullable String number) {
        return number == null || number.isEmpty() ? null : number;
    }

    private static Refused wrong(String field, String vi, String en) {
        return new Refused(
                Refused.Ground.MALFORMED,
                "parameter",
                field,
                "Giá trị đúng phải là: " + vi + ".",
                "Expected " + en + ".");
    }
}
