package vn.bocau.alert;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
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
 *     {@code partners} when most of them are silent at once; with the time behind it when they are silent for another reason
 *     already
 * @param side PARTNER or OFFICE
 * @param since when the largest gap began
 * @param usual how much usually comes since then, of this gap and of those that began in the same minute
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
    public record Gap(String source, String kind, Instant since, int usual) {

        /** What it says, in words. */
        public Text what() {
            return words(kind);
        }

        boolean isSince(Instant other) {
            return since.truncatedTo(ChronoUnit.MINUTES).equals(other.truncatedTo(ChronoUnit.MINUTES));
        }
    }

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
        List<Gap> sorted = gaps.stream()
                .sorted(Comparator.comparing(Gap::usual)
                        .reversed()
                        .thenComparing(Gap::source)
                        .thenComparing(Gap::kind))
                .toList();
        Instant since = sorted.get(0).since;
        return new Silence(
                cause,
                side,
                since,
                sorted.stream()
                        .filter(gap -> gap.isSince(since))
                        .mapToInt(Gap::usual)
                        .sum(),
                noticedAt,
                sorted);
    }

    /** The same of some sources alone; none when it is of none of them. */
    public List<Silence> of(Predicate<String> sources) {
        List<Gap> some = gaps.stream().filter(gap -> sources.test(gap.source)).toList();
        return some.isEmpty() ? List.of() : List.of(of(cause, side, noticedAt, some));
    }

    public Set<String> sources() {
        return gaps.stream().map(Gap::source).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Such as: no pickup from post office 520100 since 09:00, normally 40. What began at another time is named after that,
     * so that the number is that of the time.
     *
     * @param now when it is read: the day is left out when it is that
     */
    public Text textAt(Instant now) {
        return text(date(now).equals(date(since)) ? TODAY : BEFORE);
    }

    /** For whoever reads it at whatever time: with the day. */
    public Text text() {
        return text(BEFORE);
    }

    private Text text(DateTimeFormatter format) {
        List<Gap> same = gaps.stream().filter(gap -> gap.isSince(since)).toList();
        String time = since.atZone(Rules.ZONE).format(format);
        Text what = kinds(same);
        Text who = sources(same);
        Text more = same.size() == gaps.size() ? new Text("", "") : others(same);
        return new Text(
                "Chưa có " + what.vi() + " nào của " + who.vi() + " kể từ " + time + "; bình thường " + usual + " lượt."
                        + more.vi(),
                "No " + what.en() + " from " + who.en() + " since " + time + "; normally " + usual + "." + more.en());
    }

    /** Who else is silent; where it is nobody else, of what besides. */
    private Text others(List<Gap> same) {
        List<Gap> others = gaps.stream().filter(gap -> !same.contains(gap)).toList();
        Set<String> named = same.stream().map(Gap::source).collect(Collectors.toSet());
        List<Gap> elsewhere =
                others.stream().filter(gap -> !named.contains(gap.source)).toList();
        Text who = elsewhere.isEmpty() ? kinds(others) : sources(elsewhere);
        return new Text(" Cũng im lặng: " + who.vi() + ".", " Silent too: " + who.en() + ".");
    }

    private static Text kinds(List<Gap> some) {
        List<Text> kinds =
                some.stream().map(Gap::kind).distinct().map(Silence::words).toList();
        String more = kinds.size() > NAMED ? " …" : "";
        return new Text(
                kinds.stream().map(Text::vi).limit(NAMED).collect(Collectors.joining(", ")) + more,
                kinds.stream().map(Text::en).limit(NAMED).collect(Collectors.joining(", ")) + more);
    }

    private Text sources(List<Gap> some) {
        Set<String> all = some.stream().map(Gap::source).collect(Collectors.toCollection(TreeSet::new));
        boolean offices = side.equals("OFFICE");
        String named = all.stream().limit(NAMED).collect(Collectors.joining(", ")) + (all.size() > NAMED ? " …" : "");
        return all.size() == 1
                ? new Text((offices ? "bưu cục " : "đối tác ") + named, (offices ? "post office " : "partner ") + named)
                : new Text(
                        all.size() + (offices ? " bưu cục (" : " đối tác (") + named + ")",
                        all.size() + (offices ? " post offices (" : " partners (") + named + ")");
    }

    private static LocalDate date(Instant at) {
        return LocalDate.ofInstant(at, Rules.ZONE);
    }

    private static Text words(String kind) {
        return PHASES.getOrDefault(kind, new Text("thông điệp " + kind, "message " + kind));
    }
}
