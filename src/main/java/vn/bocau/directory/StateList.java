package vn.bocau.directory;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;

/** The state's list of communes beside those in force, told apart only when it can be the whole list. */
final class StateList {

    /** There have been 3,321 since 2025-07-01. */
    private static final int FEWEST = 3_000;

    private final Directory current;
    private final LocalDate day;
    private final Map<String, StateUnit> communes = new HashMap<>();
    private final List<Refused.Flaw> flaws = new ArrayList<>();

    StateList(Directory current, Collection<StateUnit> provinces, Collection<StateUnit> communes, LocalDate day) {
        this.current = current;
        this.day = day;
        communes.forEach(this::take);
        checkProvinces(provinces);
        if (this.communes.size() < FEWEST) {
            wrong(
                    "communes",
                    "Chỉ có " + this.communes.size() + " xã, ít hơn " + FEWEST + ".",
                    "There are only " + this.communes.size() + " communes, fewer than " + FEWEST + ".");
        }
    }

    private void take(StateUnit unit) {
        StateUnit known = communes.putIfAbsent(unit.code(), unit);
        if (known != null && !known.equals(unit)) {
            wrong(unit.code(), "Mã này có hai dòng khác nhau.", "This code has two rows that differ.");
        }
        if (!unit.code().matches("\\d{5}")) {
            wrong("communes", "Có mã không phải năm chữ số.", "There is a code that is not five digits.");
        }
        String spoilt = SpoiltNames.in(unit.fullName());
        if (unit.name().isBlank()) {
            wrong(unit.code(), "Dòng của mã này không có tên.", "The row of this code has no name.");
        } else if (!spoilt.isEmpty()) {
            wrong(
                    unit.code(),
                    "Tên ở dòng của mã này bị hỏng, có ký tự không có trong tên tiếng Việt: " + spoilt
                            + ". Hãy báo nơi cung cấp danh mục rồi làm lại; chưa có gì thay đổi.",
                    "The name in the row of this code is spoilt, with characters that no Vietnamese name has: " + spoilt
                            + ". Tell who keeps the list, then do it again; nothing has changed.");
        }
    }

    /** No province comes or goes by this act: much more depends on them than a row. */
    private void checkProvinces(Collection<StateUnit> listed) {
        Set<String> ours = current.provinces(day).stream().map(Province::code).collect(Collectors.toSet());
        Set<String> theirs = listed.stream().map(StateUnit::code).collect(Collectors.toSet());
        Set<String> used = communes.values().stream().map(StateUnit::province).collect(Collectors.toSet());
        for (String code : ours) {
            if (!theirs.contains(code) || !used.contains(code)) {
                wrong(code, "Mất tỉnh này, hoặc không còn xã nào.", "This province is gone, or has no commune left.");
            }
        }
        Set<String> unknown = new HashSet<>(theirs);
        unknown.addAll(used);
        unknown.removeAll(ours);
        unknown.forEach(code -> wrong(
                code,
                "provinces.csv không có tỉnh này; hãy thêm trước.",
                "provinces.csv has no such province; add it first."));
    }

    private void wrong(String field, String vi, String en) {
        var flaw = new Refused.Flaw(field, new Text(vi, en));
        if (!flaws.contains(flaw)) {
            flaws.add(flaw);
        }
    }

    /** @throws Refused RULE {@code implausible} when it cannot be the whole and true list; names what is wrong with it */
    CommunePlan plan() {
        Map<String, Commune> ours = current.provinces(day).stream()
                .flatMap(province -> current.communes(province.code(), day).stream())
                .filter(commune -> commune.to() == null)
                .collect(Collectors.toMap(Commune::code, Function.identity()));
        List<CommunePlan.Change> added = new ArrayList<>();
        List<CommunePlan.Change> renamed = new ArrayList<>();
        List<CommunePlan.Change> ended = new ArrayList<>();
        communes.values().forEach(unit -> {
            Commune known = ours.get(unit.code());
            if (known == null) {
                added.add(change(unit, null));
            } else if (!PlaceNames.same(known.fullName(), unit.fullName())
                    || !known.province().equals(unit.province())) {
                renamed.add(change(unit, known));
            }
        });
        ours.values().stream()
                .filter(known -> !communes.containsKey(known.code()))
                .forEach(known ->
                        ended.add(new CommunePlan.Change(known.code(), known.fullName(), known.province(), null)));
        checkChanges(ours, renamed, ended);
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.RULE, "implausible", flaws);
        }
        return CommunePlan.of(day, communes.size(), sorted(added), sorted(renamed), sorted(ended));
    }

    /** A day has one meaning of a code: what became of it today already cannot become something else. */
    private void checkChanges(
            Map<String, Commune> ours, List<CommunePlan.Change> renamed, List<CommunePlan.Change> ended) {
        for (CommunePlan.Change change : concat(renamed, ended)) {
            if (day.equals(Objects.requireNonNull(ours.get(change.code())).from())) {
                wrong(
                        change.code(),
                        "Xã này đã thay đổi hôm nay; hãy làm lại vào ngày mai.",
                        "This commune has changed today already; do it again tomorrow.");
            }
        }
        if (ended.size() > FEWEST / 10) {
            wrong(
                    "communes",
                    ended.size() + " xã mất cùng lúc: hãy sửa communes.csv bằng tay.",
                    ended.size() + " communes would end at once: write communes.csv by hand.");
        }
    }

    private static List<CommunePlan.Change> concat(List<CommunePlan.Change> some, List<CommunePlan.Change> more) {
        List<CommunePlan.Change> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private static CommunePlan.Change change(StateUnit unit, @Nullable Commune before) {
        return new CommunePlan.Change(
                unit.code(), unit.fullName(), unit.province(), before == null ? null : before.fullName());
    }

    private static List<CommunePlan.Change> sorted(List<CommunePlan.Change> changes) {
        return changes.stream()
                .sorted(Comparator.comparing(CommunePlan.Change::code))
                .toList();
    }
}
