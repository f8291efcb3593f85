package vn.bocau.alert;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import vn.bocau.code.Text;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.Rules;

/**
 * Nothing comes where usually much does; of one cause one, however many sources and kinds it concerns.
 *
 * @param cause for what people are called once: {@code office 520100}, {@code partner dvcqg}; {@code offices} or
 *     {@code partners} when most of them are silent at once
 * @param side PARTNER or OFFICE
 * @param since when any of them was heard last
 * @param usual how much usually comes since then
 * @param noticedAt when it was noticed
 * @param gaps each source and kind, the largest first
 */
public record Silence(String cause, String side, Instant since, int usual, Instant noticedAt, List<Gap> gaps) {

    /**
     * @param source id of the partner, or code of the post office
     * @param kind of its messages; of what happens to items the phase, such as PICKUP
     * @param since when it was heard last
     * @param usual how much usually comes since then
     */
    public record Gap(String source, String kind, Instant since, int usual) {}

    private static final int NAMED = 3;

    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter BEFORE = DateTimeFormatter.ofPattern("HH:mm dd/MM");

    private static final Map<String, Text> PHASES = Map.of(
            HandlingCode.Phase.PICKUP.name(), new Text("thu gom", "pickup"),
            HandlingCode.Phase.TRANSPORT.name(), new Text("vận chuyển", "transport"),
            HandlingCode.Phase.HANDOVER.name(), new Text("bàn giao cho cơ quan", "handover to an agency"),
            HandlingCode.Phase.DISPATCH.name(), new Text("tiếp nhận kết quả", "taking over of results"),
            HandlingCode.Phase.DELIVERY.name(), new Text("phát", "delivery"),
            HandlingCode.Phase.RETURN.name(), new Text("chuyển hoàn", "return"),
            HandlingCode.Phase.CASH.name(), new Text("thu nộp tiền", "handling of cash"));

    static Silence of(String cause, String side, Instant noticedAt, List<Gap> gaps) {
        return new Silence(
                cause,
                side,
                gaps.stream().map(Gap::since).max(Comparator.naturalOrder()).orElse(noticedAt),
                gaps.stream().mapToInt(Gap::usual).sum(),
                noticedAt,
                gaps.stream()
                        .sorted(Comparator.comparing(Gap::usual)
                                .reversed()
                                .thenComparing(Gap::source)
                                .thenComparing(Gap::kind))
                        .toList());
    }

    /** The same of some sources alone; none when it is of none of them. */
    public List<Silence> of(Predicate<String> sources) {
        List<Gap> some = gaps.stream().filter(gap -> sources.test(gap.source)).toList();
        return some.isEmpty() ? List.of() : List.of(of(cause, side, noticedAt, some));
    }

    public Set<String> sources() {
        return gaps.stream().map(Gap::source).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Such as: no pickup from post office 520100 since 09:00, normally 40. */
    public Text text() {
        String time = since.atZone(Rules.ZONE).format(isOfToday() ? TODAY : BEFORE);
        Set<String> sources = sources();
        Map<String, Text> kinds = new LinkedHashMap<>();
        gaps.forEach(gap -> kinds.put(gap.kind, words(gap.kind)));
        String vi = kinds.values().stream().map(Text::vi).limit(NAMED).collect(Collectors.joining(", "));
        String en = kinds.values().stream().map(Text::en).limit(NAMED).collect(Collectors.joining(", "));
        String named = sources.stream().limit(NAMED).collect(Collectors.joining(", "));
        boolean more = sources.size() > NAMED;
        boolean offices = side.equals("OFFICE");
        Text who = sources.size() == 1
                ? new Text((offices ? "bưu cục " : "đối tác ") + named, (offices ? "post office " : "partner ") + named)
                : new Text(
                        sources.size() + (offices ? " bưu cục (" : " đối tác (") + named + (more ? " …)" : ")"),
                        sources.size() + (offices ? " post offices (" : " partners (") + named + (more ? " …)" : ")"));
        return new Text(
                "Chưa có " + vi + " nào từ " + who.vi() + " từ " + time + ", thường " + usual + ".",
                "No " + en + " from " + who.en() + " since " + time + ", normally " + usual + ".");
    }

    private boolean isOfToday() {
        return since.atZone(Rules.ZONE)
                .toLocalDate()
                .equals(noticedAt.atZone(Rules.ZONE).toLocalDate());
    }

    private static Text words(String kind) {
        return PHASES.getOrDefault(kind, new Text("thông điệp " + kind, "message " + kind));
    }
}
