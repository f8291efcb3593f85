package vn.bocau.directory;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Text;
import vn.bocau.directory.AddressGuard.Candidate;
import vn.bocau.directory.AddressGuard.Certainty;
import vn.bocau.directory.AddressGuard.Verdict;
import vn.bocau.directory.Sighting.Beside;
import vn.bocau.directory.Sighting.Fit;

/** The check of one address: whether all ways to read it come to the same commune, and whether that is certain. */
final class AddressCheck {

    /** The longest real ones, with building and department, have about half. Keeps the time of a check bounded. */
    static final int MOST_LETTERS = 500;

    private final Lineage lineage;
    private final AddressWords words;
    private final Sightings sightings;

    private AddressCheck(Picture picture, String address, LocalDate on) {
        this.lineage = new Lineage(picture, on);
        this.words = AddressWords.of(address);
        this.sightings = new Sightings(lineage, words, new PlaceSearch(picture.places, lineage, words, on));
    }

    static Verdict check(Picture picture, String address, @Nullable String code, LocalDate on) {
        String beside = code == null ? "" : code.strip();
        String composed = Normalizer.normalize(address, Normalizer.Form.NFC).strip();
        if (composed.length() > MOST_LETTERS) {
            return unknown(address, AddressTexts.TOO_LONG);
        }
        if (composed.isEmpty() && beside.isEmpty()) {
            return unknown(composed, AddressTexts.EMPTY);
        }
        var check = new AddressCheck(picture, composed, on);
        List<Sighting> all = check.sightings.all();
        Verdict byText = check.byText(all);
        return beside.isEmpty() ? byText : check.withCode(beside, byText, all);
    }

    private Verdict byText(List<Sighting> all) {
        List<Sighting> fitting = all.stream()
                .filter(s -> s.fit() != Fit.AGAINST)
                .filter(s -> s.sure() || s.prefixed() || s.isPlaced())
                .toList();
        List<Sighting> against = all.stream()
                .filter(s -> s.fit() == Fit.AGAINST && s.prefixed() && isNear(s))
                .toList();
        List<Sighting> best = longest(fitting.stream().filter(Sighting::sure).toList());
        if (!best.isEmpty()) {
            return certain(best).orElseGet(() -> ask(reason(best), candidates().sighted(best)));
        }
        if (!against.isEmpty()) {
            return ask(
                    AddressTexts.DISAGREES,
                    candidates().sighted(against).sighted(fitting).within(besides(against)));
        }
        return fitting.isEmpty()
                ? withoutSightings()
                : ask(AddressTexts.NOT_CERTAIN, candidates().sighted(fitting).within(besides(fitting)));
    }

    /** Whether it is on either side of the old border; one called so in a third province was surely not meant. */
    private boolean isNear(Sighting sighting) {
        Province province = sighting.beside().province();
        District district = sighting.beside().district();
        return lineage.becomes(sighting.commune()).stream()
                .map(Commune::province)
                .anyMatch(now -> province == null
                        ? district == null
                                || lineage.partsOf(district)
                                        .anyMatch(c -> c.province().equals(now))
                        : province.code().equals(now));
    }

    private static Stream<Beside> besides(List<Sighting> some) {
        return some.stream().map(Sighting::beside);
    }

    /** What names more levels is the better reading: a commune in a district, not a street in a commune so called. */
    private static List<Sighting> longest(List<Sighting> some) {
        int levels = some.stream().mapToInt(Sighting::levels).max().orElse(0);
        return some.stream().filter(s -> s.levels() == levels).toList();
    }

    private Optional<Verdict> certain(List<Sighting> best) {
        List<Sighting> ofItsTime =
                best.stream().filter(s -> s.fit() == Fit.OF_ITS_TIME).toList();
        List<Sighting> meant = ofItsTime.isEmpty() ? best : ofItsTime;
        Optional<Commune> one = onlyOne(meant);
        boolean kept = meant.stream().anyMatch(this::isOfToday);
        return one.filter(now -> meant.stream().allMatch(AddressCheck::isPlain))
                .filter(now -> kept ? isNamedWell(meant) : isRewriteCertain(best))
                .map(now -> settled(now, meant));
    }

    /** The commune all readings come to; none when one of them is divided, or not known to have become anything. */
    private Optional<Commune> onlyOne(List<Sighting> some) {
        List<List<Commune>> becomes =
                some.stream().map(s -> lineage.becomes(s.commune())).distinct().toList();
        return becomes.size() == 1 && becomes.get(0).size() == 1
                ? Optional.of(becomes.get(0).get(0))
                : Optional.empty();
    }

    /** In an old district a name without its kind is one of its time: another may be a street in a commune so called. */
    private static boolean isPlain(Sighting sighting) {
        return sighting.prefixed()
                || sighting.byCode()
                || sighting.beside().district() == null
                || sighting.fit() == Fit.OF_ITS_TIME;
    }

    /** A commune of today is certain by its province, or by its kind when no other place of today or before is so called. */
    private static boolean isNamedWell(List<Sighting> meant) {
        return meant.stream().allMatch(s -> s.isPlaced() || s.prefixed());
    }

    /**
     * Since the province was joined, its name says less: an old name is certain when nothing else is so called on either
     * side of the old border, or when the old district is named with it.
     */
    private boolean isRewriteCertain(List<Sighting> best) {
        return best.stream().allMatch(Sighting::isPlaced)
                && (onlyOne(best).isPresent()
                        || best.stream()
                                        .allMatch(
                                                s -> s.prefixed() && s.beside().district() != null)
                                && best.stream().anyMatch(s -> s.fit() == Fit.OF_ITS_TIME));
    }

    private boolean isOfToday(Sighting sighting) {
        return lineage.holds(sighting.commune());
    }

    private Text reason(List<Sighting> best) {
        if (best.stream().anyMatch(s -> !s.prefixed() && !s.byCode())) {
            return AddressTexts.NOT_CERTAIN;
        }
        return onlyOne(best).isPresent() ? AddressTexts.NOT_PLACED : AddressTexts.SEVERAL;
    }

    /** No commune with something understood behind it: one further left, the old district's parts, or nothing. */
    private Verdict withoutSightings() {
        List<Beside> besides = sightings.besides();
        List<Sighting> inProvince = besides.stream()
                .filter(b -> b.province() != null)
                .flatMap(b -> sightings.namedBefore(b).stream())
                .filter(s -> s.fit() != Fit.AGAINST)
                .toList();
        if (!inProvince.isEmpty()) {
            return ask(AddressTexts.NOT_CERTAIN, candidates().sighted(inProvince));
        }
        if (besides.stream().anyMatch(b -> b.district() != null)) {
            return ask(AddressTexts.ONLY_DISTRICT, candidates().within(besides.stream()));
        }
        boolean named = sightings.isUnitBefore(words.all().size(), UnitKind.OF_COMMUNES);
        return unknown(named ? AddressTexts.COMMUNE_NOT_KNOWN : AddressTexts.NO_COMMUNE);
    }

    private Verdict withCode(String code, Verdict byText, List<Sighting> all) {
        List<Commune> coded = lineage.ofCode(code);
        if (coded.isEmpty()) {
            return byText.certainty() == Certainty.UNKNOWN
                    ? unknown(AddressTexts.CODE_NOT_KNOWN)
                    : ask(AddressTexts.CODE_NOT_KNOWN, candidates().of(byText));
        }
        List<Sighting> sure =
                all.stream().filter(s -> s.sure() && s.fit() != Fit.AGAINST).toList();
        List<Sighting> same =
                sure.stream().filter(s -> coded.contains(s.commune())).toList();
        Commune named = byText.commune();
        // A name and its own code say more than the name of today's province, but not more than that of an old
        // district.
        if (named != null
                && (same.isEmpty() || sure.stream().anyMatch(s -> s.beside().district() != null))) {
            return agree(named, coded)
                    ? byText
                    : ask(AddressTexts.CODE_DISAGREES, candidates().of(byText).named(coded));
        }
        List<Sighting> agreeing = same.isEmpty()
                ? sure.stream().filter(s -> agree(s.commune(), coded)).toList()
                : same;
        Optional<Commune> one = onlyOne(agreeing);
        if (one.isPresent()) {
            return settled(one.get(), agreeing);
        }
        return isNamed(all)
                ? ask(AddressTexts.CODE_DISAGREES, candidates().of(byText).named(coded))
                : byCode(coded);
    }

    /** Whether a code stands for what the named one has become, whatever either of them was called. */
    private boolean agree(Commune named, List<Commune> coded) {
        List<Commune> now = lineage.becomes(named);
        return coded.stream().anyMatch(c -> lineage.becomes(c).equals(now));
    }

    /** Whether the address names a commune, or something we cannot read, that a code must agree with. */
    private boolean isNamed(List<Sighting> all) {
        return all.stream().anyMatch(s -> s.prefixed() || s.sure() && s.isPlaced() && s.fit() != Fit.AGAINST)
                || sightings.isUnitBefore(street(), UnitKind.OF_COMMUNES)
                || sightings.isUnitBefore(street(), UnitKind.OF_DISTRICTS)
                || sightings.isUnitBefore(street(), UnitKind.OF_PROVINCES);
    }

    private int street() {
        return sightings.besides().get(0).start();
    }

    /** The code alone, beside an address that names no commune. */
    private Verdict byCode(List<Commune> coded) {
        List<Sighting> fitting = coded.stream()
                .flatMap(c -> sightings.besides().stream()
                        .filter(b -> b.start() == street())
                        .map(b -> new Sighting(c, b, b.start(), false, true, true, lineage.fit(c, b))))
                .filter(s -> s.fit() != Fit.AGAINST)
                .toList();
        if (fitting.isEmpty()) {
            return ask(AddressTexts.CODE_DISAGREES, candidates().named(coded));
        }
        return onlyOne(fitting)
                .map(now -> settled(now, fitting))
                .orElseGet(() -> ask(AddressTexts.CODE_OF_SEVERAL, candidates().sighted(fitting)));
    }

    private Verdict settled(Commune now, List<Sighting> meant) {
        Sighting first =
                meant.stream().min(Comparator.comparing(Sighting::start)).orElseThrow();
        String street = words.textBefore(first.start());
        return meant.stream().anyMatch(this::isOfToday)
                ? new Verdict(Certainty.KEPT, now, street, null, List.of())
                : new Verdict(Certainty.REWRITTEN, now, street, AddressTexts.moved(first.commune(), now), List.of());
    }

    private Verdict unknown(Text why) {
        return unknown(words.text(), why);
    }

    private static Verdict unknown(String address, Text why) {
        return new Verdict(Certainty.UNKNOWN, null, address, why, List.of());
    }

    private Verdict ask(Text why, Candidates candidates) {
        List<Candidate> all = candidates.all();
        return all.isEmpty()
                ? unknown(AddressTexts.COMMUNE_NOT_KNOWN)
                : new Verdict(Certainty.ASK, null, words.text(), why, all);
    }

    private Candidates candidates() {
        return new Candidates(lineage);
    }
}
