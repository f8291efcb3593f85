package vn.bocau.console;

import static vn.bocau.journal.Feed.LONG_UNFETCHED;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.code.Text;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.directory.PartnerCheck;
import vn.bocau.journal.Lines;
import vn.bocau.journal.Records;
import vn.bocau.wire.Unheard;
import vn.bocau.wire.http.Why;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;
import vn.bocau.wire.out.Carriers;

/** The ways to the partners: how each stands, what waits on it, and the two switches. */
@RestController
@RequestMapping(path = "/api/ops/v1/partners", produces = MediaType.APPLICATION_JSON_VALUE)
class LinesApi {

    /**
     * A partner; one that is no longer in the directory too, for as long as anything of it is open.
     *
     * @param kind null, like delivery, when it is no longer in the directory
     * @param line null when nothing is carried to it: it fetches for itself, or is told nothing
     * @param carrying what has been on its way to it for longer than it should; null when nothing has
     * @param feed how far its events have been read, and whether they can be; null when it has none, or was never asked
     * @param drop since when files it drops cannot be taken, and why; null when they can, or it drops none
     * @param stranded why what is open stays open; null when it will go on by itself
     * @param shut why it cannot come in or be spoken to, by its row or its secrets as they are now; null when nothing is wrong
     * @param pending accepted and not yet on its queue
     * @param queued on its queue, in its feed, or being carried
     * @param parked waiting for a person
     * @param oldestSeconds age of the oldest of these; 0 when there is none
     */
    record Standing(
            String id,
            String name,
            @Nullable String kind,
            @Nullable String delivery,
            @Nullable Way line,
            @Nullable Carrying carrying,
            @Nullable Feed feed,
            @Nullable Drop drop,
            @Nullable Text stranded,
            @Nullable Text shut,
            long pending,
            long queued,
            long parked,
            double oldestSeconds) {}

    record Way(
            String state,
            Instant since,
            @Nullable Text reason,
            @Nullable String pausedBy,
            int failures,
            @Nullable Instant nextProbeAt,
            int ramp) {

        static Way of(Records.Line line) {
            return new Way(
                    line.state(),
                    line.since(),
                    line.reason(),
                    line.pausedBy(),
                    line.failures(),
                    line.nextProbeAt(),
                    line.ramp());
        }
    }

    /** @param until then it is taken up again, should who carries it be gone */
    record Carrying(Instant since, Instant until) {}

    /**
     * @param cursor null when nothing was read yet
     * @param silentSince since when it could not be read; null when it can
     * @param reason why
     */
    record Feed(
            @Nullable String cursor,
            @Nullable Instant movedAt,
            @Nullable Instant silentSince,
            @Nullable Text reason) {}

    record Drop(Instant silentSince, Text reason) {}

    private static final Text GONE = new Text(
            "Đối tác không còn trong danh bạ: đưa dòng của nó trở lại rồi nạp lại, hoặc bỏ các thông điệp kèm lý do.",
            "The partner is no longer in the directory: put its row back and reload, or discard its messages with a reason.");
    private static final Text UNFETCHED = new Text(
            "Có thông điệp chờ đã hơn " + LONG_UNFETCHED.toHours() + " giờ mà đối tác không đến lấy: hãy hỏi bên ấy xem"
                    + " việc đọc tiến trình bên ấy có còn chạy không; hỏi từng đơn thì không xác nhận gì. Không mất gì; lấy lại thì"
                    + " nhận từ chỗ đã lấy.",
            "Messages have waited for more than " + LONG_UNFETCHED.toHours() + " hours and the partner does not fetch"
                    + " them: ask there whether its job that reads the progress still runs; to ask for single orders confirms"
                    + " nothing. Nothing is lost; it goes on from where it was.");
    private static final Text TOLD_NOTHING = new Text(
            "Đối tác có delivery NONE nên không được báo gì: sửa dòng của nó rồi nạp lại, hoặc bỏ các thông điệp kèm lý do.",
            "The partner's delivery is NONE, so it is told nothing: mend its row and reload, or discard the messages with a"
                    + " reason.");

    static final Text UNMOVED = new Text(
            "Đường thông mà có thông điệp chờ đã hơn 10 phút, và 5 phút qua không thông điệp nào đi: lỗi ở hệ thống, không ở đối"
                    + " tác. Xem trang Lỗi, đoạn nào đang tạm dừng, rồi /actuator/health và nhật ký của từng máy. Không mất gì.",
            "The line is open, a message has waited for more than 10 minutes, and none has gone in the last 5: this is ours and not"
                    + " the partner's. Look at the failures, which stretch is paused, then at /actuator/health and the log of each node."
                    + " Nothing is lost.");

    private final Directories directories;
    private final Records records;
    private final List<PartnerCheck> checks;
    private final Lines lines;
    private final Carriers carriers;
    private final List<Unheard> unheard;

    LinesApi(
            Directories directories,
            Records records,
            List<PartnerCheck> checks,
            Lines lines,
            Carriers carriers,
            List<Unheard> unheard) {
        this.directories = directories;
        this.records = records;
        this.checks = checks;
        this.lines = lines;
        this.carriers = carriers;
        this.unheard = unheard;
    }

    @GetMapping
    List<Standing> partners(Authentication who) {
        Grants grants = Grants.of(who);
        return all().stream().filter(p -> grants.may(Right.SEE, p.id())).toList();
    }

    private List<Standing> all() {
        Map<String, Records.Line> ways =
                records.lines().stream().collect(Collectors.toMap(Records.Line::partner, Function.identity()));
        Map<String, Carrying> carried = records.carriedForLong().stream()
                .collect(Collectors.toMap(Records.Carried::partner, c -> new Carrying(c.since(), c.until())));
        Map<String, List<Records.Depth>> depths = records.depths().stream()
                .collect(Collectors.groupingBy(Records.Depth::partner, TreeMap::new, Collectors.toList()));
        Map<String, Feed> feeds = carriers.reached().stream()
                .collect(Collectors.toMap(
                        Carriers.Reached::partner,
                        r -> new Feed(r.cursor(), r.movedAt(), r.silentSince(), r.reason())));
        Map<String, Drop> drops = unheard.stream()
                .flatMap(each -> each.silent().stream())
                .collect(Collectors.toMap(Unheard.Silent::partner, s -> new Drop(s.since(), s.reason()), (a, b) -> a));
        Set<String> singly = records.singly();
        Set<String> unmoved = records.unmoved().keySet();
        List<Standing> known = directories.current().partners().stream()
                .map(p -> standing(
                        p,
                        ways.get(p.id()),
                        carried.get(p.id()),
                        feeds.get(p.id()),
                        drops.get(p.id()),
                        unmoved.contains(p.id()),
                        singly.contains(p.id()),
                        depths.getOrDefault(p.id(), List.of())))
                .toList();
        known.forEach(p -> depths.remove(p.id()));
        return Stream.concat(known.stream(), depths.entrySet().stream().map(e -> gone(e.getKey(), e.getValue())))
                .toList();
    }

    @PostMapping(path = "/{id}/pause", consumes = MediaType.APPLICATION_JSON_VALUE)
    List<Standing> pause(
            @PathVariable String id, @RequestBody(required = false) byte @Nullable [] why, Authentication who) {
        Grants.of(who).demand(Right.PAUSE, id);
        lines.pause(id, who.getName(), Why.given(why));
        return partners(who);
    }

    /** A paused line goes on; a held one is tried at once. */
    @PostMapping(path = "/{id}/resume", consumes = MediaType.APPLICATION_JSON_VALUE)
    List<Standing> resume(
            @PathVariable String id, @RequestBody(required = false) byte @Nullable [] why, Authentication who) {
        Grants.of(who).demand(Right.PAUSE, id);
        lines.resume(id, who.getName(), Why.given(why));
        return partners(who);
    }

    /** What a carrier said is read from the beginning again; what is known does no harm. */
    @PostMapping(path = "/{id}/feed/rewind", consumes = MediaType.APPLICATION_JSON_VALUE)
    List<Standing> rewind(
            @PathVariable String id, @RequestBody(required = false) byte @Nullable [] why, Authentication who) {
        Grants.of(who).demand(Right.ADMINISTER, id);
        carriers.rewind(id, who.getName(), Why.given(why));
        return partners(who);
    }

    private Standing standing(
            Partner partner,
            Records.@Nullable Line line,
            @Nullable Carrying carrying,
            @Nullable Feed feed,
            @Nullable Drop drop,
            boolean unmoved,
            boolean singly,
            List<Records.Depth> depths) {
        return new Standing(
                partner.id(),
                partner.name(),
                partner.kind().name(),
                partner.delivery().name(),
                line == null || partner.delivery() != Partner.Delivery.PUSH ? null : Way.of(line),
                carrying,
                feed,
                drop,
                stranded(partner, unmoved, singly, depths),
                shut(partner),
                count(depths, "PENDING"),
                count(depths, "QUEUED"),
                count(depths, "PARKED"),
                oldest(depths));
    }

    /** Looked at now: a file may have become unreadable since the rows were read. */
    private @Nullable Text shut(Partner partner) {
        List<Text> why = checks.stream()
                .flatMap(check -> check.wrong(partner, directories.current()).stream())
                .distinct()
                .toList();
        return why.isEmpty()
                ? null
                : new Text(
                        why.stream().map(Text::vi).collect(Collectors.joining(" ")),
                        why.stream().map(Text::en).collect(Collectors.joining(" ")));
    }

    private static @Nullable Text stranded(
            Partner partner, boolean unmoved, boolean singly, List<Records.Depth> depths) {
        List<Records.Depth> told =
                depths.stream().filter(d -> d.direction().equals("OUT")).toList();
        return switch (partner.delivery()) {
            case NONE -> told.isEmpty() ? null : TOLD_NOTHING;
            case FETCH -> !singly && isLongUnfetched(told) ? UNFETCHED : null;
            case PUSH -> unmoved ? UNMOVED : null;
        };
    }

    /** What is parked waits for a person, and not for the partner. */
    private static boolean isLongUnfetched(List<Records.Depth> told) {
        return oldest(told.stream().filter(d -> !d.state().equals("PARKED")).toList()) > LONG_UNFETCHED.toSeconds();
    }

    private static Standing gone(String partner, List<Records.Depth> depths) {
        return new Standing(
                partner,
                partner,
                null,
                null,
                null,
                null,
                null,
                null,
                GONE,
                null,
                count(depths, "PENDING"),
                count(depths, "QUEUED"),
                count(depths, "PARKED"),
                oldest(depths));
    }

    private static double oldest(List<Records.Depth> depths) {
        return depths.stream().mapToDouble(Records.Depth::oldestSeconds).max().orElse(0);
    }

    private static long count(List<Records.Depth> depths, String state) {
        return depths.stream()
                .filter(d -> d.state().equals(state))
                .mapToLong(Records.Depth::count)
                .sum();
    }
}
