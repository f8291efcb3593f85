package vn.bocau.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import vn.bocau.code.Text;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.dossier.Oversight;
import vn.bocau.dossier.rules.OwnerKind;
import vn.bocau.journal.Feed;
import vn.bocau.journal.Mend;
import vn.bocau.journal.Mends;
import vn.bocau.journal.Records;
import vn.bocau.journal.Standing;
import vn.bocau.journal.Stretches;

/** What is wrong right now. */
@Component
class Conditions {

    /** What a silence is about when nobody can say who is silent. */
    static final String WATCH = "watch";

    /** Begins the name of the line to a partner, where stretches are named. */
    static final String LINE = "line.";

    /** Who pauses something for longer may have forgotten it. */
    private static final Duration LONG_PAUSE = Duration.ofHours(1);

    static final long UNFETCHED_HOURS = Feed.LONG_UNFETCHED.toHours();

    /** What stands still on one line or on all is ours, and one thing to call people for. */
    static final String LINES = "lines";

    /** So many are named, lest an alert is longer than what can be read. */
    private static final int NAMED = 5;

    private final Standing standing;
    private final Records records;
    private final Mends mends;
    private final Oversight oversight;
    private final Silences silences;
    private final Directories directories;
    private final AlertSettings settings;
    private final Lasting still = new Lasting();

    Conditions(
            Standing standing,
            Records records,
            Mends mends,
            Oversight oversight,
            Silences silences,
            Directories directories,
            AlertSettings settings) {
        this.standing = standing;
        this.records = records;
        this.mends = mends;
        this.oversight = oversight;
        this.silences = silences;
        this.directories = directories;
        this.settings = settings;
    }

    /** At each look, whichever node tells of it: each remembers how it stood all the time. */
    void watch() {
        lasting(unmoved());
    }

    private Map<String, Instant> unmoved() {
        Map<String, Instant> unmoved = records.unmoved();
        unmoved.keySet().retainAll(having(Partner.Delivery.PUSH));
        return unmoved;
    }

    /** What was let go just now moves before long, and a partner that hangs is held by then. */
    private Set<String> lasting(Map<String, Instant> unmoved) {
        return still.of(
                Set.copyOf(unmoved.keySet()), Instant.now(), settings.after().multipliedBy(2));
    }

    /** @param called people were for lines on which nothing moves: it need not last once more, on a node that was started since */
    List<Alert> now(boolean called) {
        List<Alert> all = new ArrayList<>();
        standing.outages().stream()
                .filter(line -> line.calming() && lasts(line) || line.seconds() > 0 && isLong(line))
                .map(Conditions::outage)
                .forEach(all::add);
        standing.unread().stream().filter(this::isLong).map(Conditions::unread).forEach(all::add);
        standing.undropped().stream()
                .filter(this::isLong)
                .map(Conditions::undropped)
                .forEach(all::add);
        standing.unfetched(having(Partner.Delivery.FETCH)).stream()
                .map(Conditions::unfetched)
                .forEach(all::add);
        Map<String, Instant> unmoved = unmoved();
        Set<String> lasting = lasting(unmoved);
        if (!called) {
            unmoved.keySet().retainAll(lasting);
        }
        nothingMoves(unmoved).ifPresent(all::add);
        standing.parked().stream().map(Conditions::parked).forEach(all::add);
        standing.paused().stream()
                .filter(this::isForgotten)
                .map(Conditions::paused)
                .forEach(all::add);
        mends.stopped(null).stream().map(Conditions::stopped).forEach(all::add);
        all.addAll(overdue());
        silences.standing().stream().map(Conditions::silence).forEach(all::add);
        silences.stalled().map(Conditions::stalled).ifPresent(all::add);
        return all;
    }

    private boolean isLong(Standing.Outage outage) {
        return outage.seconds() >= settings.after().toSeconds();
    }

    private boolean lasts(Standing.Outage outage) {
        return outage.since().plus(settings.after()).isBefore(Instant.now());
    }

    private static Alert unread(Standing.Outage feed) {
        return new Alert(
                Alert.Kind.FEED_OUTAGE,
                feed.partner(),
                feed.since(),
                new Text(
                        "Không đọc được sự kiện của đối tác " + feed.partner() + "; điều xảy ra ở đó chưa biết được.",
                        "The events of partner " + feed.partner()
                                + " cannot be read; what happens there is not known."),
                Map.of("partner", feed.partner()),
                "/console/incidents");
    }

    private static Alert undropped(Standing.Outage drop) {
        return new Alert(
                Alert.Kind.DROP_OUTAGE,
                drop.partner(),
                drop.since(),
                new Text(
                        "Không lấy được tệp kết quả mà đối tác " + drop.partner() + " thả vào; tệp nằm yên ở đó.",
                        "The files of results that partner " + drop.partner()
                                + " drops cannot be taken; they lie where they are."),
                Map.of("partner", drop.partner()),
                "/console/failures?partner=" + drop.partner());
    }

    /** Nothing is carried to such a partner, so no line of its is held. */
    private static Alert unfetched(Standing.Outage fetch) {
        return new Alert(
                Alert.Kind.UNFETCHED,
                fetch.partner(),
                fetch.since(),
                new Text(
                        "Thông điệp cho đối tác " + fetch.partner() + " đã chờ hơn " + UNFETCHED_HOURS
                                + " giờ mà bên ấy không đến lấy.",
                        "Messages to partner " + fetch.partner() + " have waited for more than " + UNFETCHED_HOURS
                                + " hours, and it does not fetch them."),
                Map.of("partner", fetch.partner()),
                "/");
    }

    private Set<String> having(Partner.Delivery delivery) {
        return directories.current().partners().stream()
                .filter(partner -> partner.delivery() == delivery)
                .map(Partner::id)
                .collect(Collectors.toSet());
    }

    private static Alert outage(Standing.Outage line) {
        return new Alert(
                Alert.Kind.PARTNER_OUTAGE,
                line.partner(),
                line.since(),
                new Text(
                        "Đối tác " + line.partner() + " không trả lời; thông điệp gửi đến đó đang chờ, theo thứ tự.",
                        "Partner " + line.partner() + " does not answer; messages to it wait, in order."),
                Map.of("partner", line.partner()),
                "/console/incidents");
    }

    /** It is told by whoever still can; by our broker once that is back. */
    private static Optional<Alert> nothingMoves(Map<String, Instant> since) {
        String lines = Integer.toString(since.size());
        String named = since.keySet().stream().limit(NAMED).collect(Collectors.joining(" "));
        return since.values().stream()
                .min(Comparator.naturalOrder())
                .map(first -> new Alert(
                        Alert.Kind.NOTHING_MOVES,
                        LINES,
                        first,
                        new Text(
                                "Đường thông mà thông điệp chờ đã hơn 10 phút không đi: lỗi ở hệ thống, không ở đối tác. Số"
                                        + " đường: " + lines + " (" + named + (since.size() > NAMED ? " …" : "") + ").",
                                "Lines are open and what has waited for more than 10 minutes does not go: this is ours, not the"
                                        + " partners'. Lines: " + lines + " (" + named
                                        + (since.size() > NAMED ? " …" : "") + ")."),
                        Map.of("lines", lines, "partners", named),
                        "/"));
    }

    private static Alert parked(Standing.Parked group) {
        boolean out = group.direction().equals("OUT");
        return new Alert(
                Alert.Kind.PARKED,
                group.partner() + " " + group.direction() + " " + group.code(),
                group.since(),
                new Text(
                        "Có thông điệp " + (out ? "gửi đến " : "từ ") + group.partner() + " chờ người xử lý: "
                                + group.code() + ".",
                        "Messages " + (out ? "to " : "from ") + group.partner() + " wait for a person: " + group.code()
                                + "."),
                Map.of(
                        "partner",
                        group.partner(),
                        "direction",
                        group.direction(),
                        "code",
                        group.code(),
                        "count",
                        Long.toString(group.count()),
                        "message",
                        group.first().toString()),
                "/console/failures");
    }

    /** A line that nobody uses any more is nobody's to let go on. */
    private boolean isForgotten(Stretches.Pause pause) {
        return pause.since().plus(LONG_PAUSE).isBefore(Instant.now())
                && (!pause.stretch().startsWith(LINE)
                        || having(Partner.Delivery.PUSH)
                                .contains(pause.stretch().substring(LINE.length())));
    }

    private static Alert paused(Stretches.Pause pause) {
        boolean line = pause.stretch().startsWith(LINE);
        return new Alert(
                Alert.Kind.PAUSED,
                pause.stretch(),
                pause.since(),
                new Text(
                        (line ? "Đường " : "Đoạn ") + pause.stretch() + " đã bị " + pause.by()
                                + " tạm dừng hơn một giờ và chưa được cho chạy lại.",
                        (line ? "Line " : "Stretch ") + pause.stretch() + " was paused by " + pause.by()
                                + " more than an hour ago and has not been resumed."),
                Map.of("stretch", pause.stretch(), "by", pause.by()),
                line ? "/console#lines" : "/console#stretches");
    }

    private static Alert stopped(Mend mend) {
        Text why = Objects.requireNonNull(mend.stopped());
        long undone = mend.total() - mend.confirmed();
        return new Alert(
                Alert.Kind.MEND_STOPPED,
                mend.id().toString(),
                Objects.requireNonNull(mend.endedAt()),
                new Text(
                        "Một đợt sửa tự dừng: " + why.vi() + ". " + undone + " thông điệp không do đợt này hoàn tất.",
                        "A mend has stopped by itself: " + why.en() + ". " + undone + " messages not confirmed by it."),
                Map.of("mend", mend.id().toString(), "sort", mend.sort().name(), "count", Long.toString(undone)),
                "/console/mends/" + mend.id());
    }

    private static Alert silence(Silence one) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("side", one.side());
        details.put("usual", Integer.toString(one.usual()));
        details.put("sources", Integer.toString(one.sources().size()));
        Silence.Gap first = one.gaps().get(0);
        if (one.sources().size() == 1) {
            details.put(one.side().equals("OFFICE") ? "office" : "partner", first.source());
        }
        details.put("kind", first.kind());
        return new Alert(
                Alert.Kind.SILENCE, one.cause(), one.since(), one.text(), details, "/console/obligations#silences");
    }

    private static Alert stalled(Silences.Stalled watch) {
        return new Alert(
                Alert.Kind.SILENCE,
                WATCH,
                watch.since(),
                watch.text(),
                Map.of("transaction", watch.what()),
                "/console/obligations#silences");
    }

    private static Text overdue(Text owners) {
        return new Text("Có việc quá hạn của " + owners.vi() + ".", "Acts owed by " + owners.en() + " are overdue.");
    }

    private List<Alert> overdue() {
        Map<String, Long> late = new LinkedHashMap<>();
        Map<String, Instant> first = new LinkedHashMap<>();
        for (Oversight.Load load : oversight.load(Set.of(OwnerKind.values()), null, null)) {
            if (load.overdue() > 0) {
                late.merge(load.ownerKind(), load.overdue(), Long::sum);
                first.merge(load.ownerKind(), load.earliest(), (one, other) -> one.isBefore(other) ? one : other);
            }
        }
        List<Alert> all = new ArrayList<>();
        late.forEach((owner, count) -> all.add(new Alert(
                Alert.Kind.OVERDUE,
                owner,
                first.getOrDefault(owner, Instant.EPOCH),
                overdue(OwnerKind.valueOf(owner).all()),
                Map.of("owner", owner, "count", Long.toString(count)),
                "/console/obligations")));
        return all;
    }
}
