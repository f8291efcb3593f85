package vn.bocau.directory;

import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused;

/** The directory as hash tables, filled once by {@link Reading} and never changed after. */
final class Picture implements Directory {

    final Map<String, List<Province>> provinces = new HashMap<>();
    final Map<String, List<Commune>> communes = new HashMap<>();
    final Map<String, List<Commune>> communesByProvince = new HashMap<>();
    final Map<String, List<Succession>> successions = new HashMap<>();
    final Map<String, List<Commune>> predecessors = new HashMap<>();
    final PlaceIndex places = new PlaceIndex();
    final Map<String, Agency> agencies = new LinkedHashMap<>();
    final Map<String, PostOffice> offices = new LinkedHashMap<>();
    final Map<String, PostOffice> officeByCommune = new HashMap<>();
    final Map<Integer, PostOffice> officeByDistrict = new HashMap<>();
    final Map<String, Procedure> procedures = new LinkedHashMap<>();
    final Map<String, List<Fee>> fees = new HashMap<>();
    final Map<String, Payee> payees = new LinkedHashMap<>();
    final Map<String, Partner> partners = new LinkedHashMap<>();
    final Map<String, Partner> partnerByClientId = new HashMap<>();
    /** Article 112 of the Labour Code gives eleven; two or three may be known of a year long before the rest. */
    private static final int LEAST_HOLIDAYS = 8;

    final Map<WorkWeek, Map<LocalDate, Boolean>> daysWorked =
            new EnumMap<>(Map.of(WorkWeek.POST, new HashMap<>(), WorkWeek.AGENCY, new HashMap<>()));
    final List<Object> companions = new ArrayList<>();
    final List<ItemPool> pools = new ArrayList<>();

    /** On that day the first became part of the second. */
    record Succession(String oldCode, String newCode, LocalDate on) {}

    record Fee(
            String procedure,
            Channel channel,
            long amount,
            LocalDate from,
            @Nullable LocalDate to) {}

    /** Refuses a row whose key another row has already. */
    static <K> void checkNew(Map<K, ?> known, K key) {
        if (known.containsKey(key)) {
            throw new Row.Wrong(key + " đã có ở dòng khác.", key + " stands in another row already.");
        }
    }

    /** The code, when a commune has it today; else the row that names it is refused. */
    String communeToday(String code) {
        if (commune(code, LocalDate.now(Today.ZONE)).isEmpty()) {
            throw new Row.Wrong("Hiện không có xã " + code + ".", "There is no commune " + code + " today.");
        }
        return code;
    }

    static boolean holds(LocalDate from, @Nullable LocalDate to, LocalDate on) {
        return !on.isBefore(from) && (to == null || !on.isAfter(to));
    }

    @Override
    public Optional<Province> province(String code, LocalDate on) {
        return first(provinces, code, p -> holds(p.from(), p.to(), on));
    }

    @Override
    public List<Province> provinces(LocalDate on) {
        return provinces.values().stream()
                .flatMap(List::stream)
                .filter(p -> holds(p.from(), p.to(), on))
                .sorted(Comparator.comparing(Province::code))
                .toList();
    }

    @Override
    public Optional<Commune> commune(String code, LocalDate on) {
        return first(communes, code, c -> holds(c.from(), c.to(), on));
    }

    @Override
    public List<Commune> successors(String code, LocalDate on) {
        return commune(code, on)
                .filter(ended -> ended.to() != null)
                .map(ended -> successions.getOrDefault(code, List.of()).stream()
                        .filter(s -> s.on().isAfter(on))
                        .flatMap(s -> commune(s.newCode(), s.on()).stream())
                        .toList())
                .orElse(List.of());
    }

    @Override
    public Commune resolve(String code, @Nullable String name, LocalDate on, String field) {
        return new CommuneCodes(this).resolve(code, name, on, field);
    }

    @Override
    public boolean isWorked(WorkWeek week, LocalDate day) {
        return Objects.requireNonNull(daysWorked.get(week)).getOrDefault(day, week.isWorked(day));
    }

    @Override
    public Optional<LocalDate> holidaysKnownUntil() {
        return daysWorked.values().stream()
                .map(Picture::knownUntil)
                .min(Comparator.comparing(year -> year.orElse(Year.of(0))))
                .flatMap(year -> year)
                .map(year -> year.atMonth(Month.DECEMBER).atEndOfMonth());
    }

    /** The last of the years without a gap that have as many holidays as a year has, and not the first few alone. */
    private static Optional<Year> knownUntil(Map<LocalDate, Boolean> worked) {
        Map<Year, Long> holidays = worked.entrySet().stream()
                .filter(day -> !day.getValue())
                .collect(Collectors.groupingBy(day -> Year.from(day.getKey()), TreeMap::new, Collectors.counting()));
        @Nullable Year last = null;
        for (Map.Entry<Year, Long> year : holidays.entrySet()) {
            boolean next = last == null || year.getKey().equals(last.plusYears(1));
            if (!next || year.getValue() < LEAST_HOLIDAYS) {
                break;
            }
            last = year.getKey();
        }
        return Optional.ofNullable(last);
    }

    @Override
    public AddressGuard addresses() {
        return (address, code, on) -> AddressCheck.check(this, address, code, on);
    }

    @Override
    public List<Commune> communes(String province, LocalDate on) {
        return communesByProvince.getOrDefault(province, List.of()).stream()
                .filter(c -> holds(c.from(), c.to(), on))
                .sorted(Comparator.comparing(Commune::code))
                .toList();
    }

    @Override
    public Optional<Agency> agency(String id) {
        return Optional.ofNullable(agencies.get(id));
    }

    @Override
    public List<Agency> agencies() {
        return List.copyOf(agencies.values());
    }

    @Override
    public Optional<PostOffice> office(String code) {
        return Optional.ofNullable(offices.get(code));
    }

    @Override
    public Optional<PostOffice> officeServing(String commune) {
        return Optional.ofNullable(officeByCommune.get(commune));
    }

    @Override
    public Optional<PostOffice> officeOfDistrict(int vnpostDistrict) {
        return Optional.ofNullable(officeByDistrict.get(vnpostDistrict));
    }

    @Override
    public List<PostOffice> offices() {
        return List.copyOf(offices.values());
    }

    @Override
    public Optional<Procedure> procedure(String code) {
        return Optional.ofNullable(procedures.get(code));
    }

    @Override
    public List<Procedure> procedures() {
        return List.copyOf(procedures.values());
    }

    @Override
    public long fee(String procedure, Channel channel, LocalDate filedOn) {
        return first(fees, procedure, f -> f.channel() == channel && holds(f.from(), f.to(), filedOn))
                .map(Fee::amount)
                .orElseThrow(() -> new Refused(
                        Refused.Ground.RULE,
                        "fee-not-set",
                        "procedure",
                        "Chưa có mức phí của thủ tục " + procedure + " cho kênh " + channel + " ngày " + filedOn + ".",
                        "No fee is set for procedure " + procedure + " by channel " + channel + " on " + filedOn
                                + "."));
    }

    @Override
    public Optional<Payee> payee(String id) {
        return Optional.ofNullable(payees.get(id));
    }

    @Override
    public List<Payee> payees() {
        return List.copyOf(payees.values());
    }

    @Override
    public Optional<Partner> partner(String id) {
        return Optional.ofNullable(partners.get(id));
    }

    @Override
    public Optional<Partner> partnerByClientId(String clientId) {
        return Optional.ofNullable(partnerByClientId.get(clientId));
    }

    @Override
    public List<Partner> partners() {
        return List.copyOf(partners.values());
    }

    @Override
    public <T> T companion(Class<T> type) {
        return companions.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public List<ItemPool> pools() {
        return List.copyOf(pools);
    }

    private static <T> Optional<T> first(Map<String, List<T>> all, String key, Predicate<T> wanted) {
        return all.getOrDefault(key, List.of()).stream().filter(wanted).findFirst();
    }

    /** Adds to one of several rows of a key, unless their times overlap. */
    static <T> void addInTime(
            Map<String, List<T>> all,
            String key,
            T row,
            Function<T, LocalDate> from,
            Function<T, @Nullable LocalDate> to,
            Predicate<T> comparable) {
        List<T> known = all.computeIfAbsent(key, k -> new ArrayList<>(1));
        LocalDate end = to.apply(row);
        boolean overlaps = known.stream()
                .filter(comparable)
                .anyMatch(k -> (end == null || !from.apply(k).isAfter(end))
                        && (to.apply(k) == null || !from.apply(row).isAfter(Objects.requireNonNull(to.apply(k)))));
        if (overlaps || (end != null && end.isBefore(from.apply(row)))) {
            throw new Row.Wrong(
                    "Thời gian hiệu lực của " + key + " sai hoặc trùng với dòng khác.",
                    "The validity of " + key + " is wrong or overlaps another row.");
        }
        known.add(row);
    }
}
