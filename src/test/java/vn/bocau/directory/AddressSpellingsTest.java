package vn.bocau.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import vn.bocau.directory.AddressGuard.Certainty;
import vn.bocau.directory.AddressGuard.Verdict;

/** Every commune, of today and of before, in the spellings people use; what is right is read from the lists themselves. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AddressSpellingsTest {

    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);
    private static final String HERE = "44";
    private static final AddressGuard GUARD = References.shipped().current().addresses();

    private static final List<Row> NOW = new ArrayList<>();
    private static final List<Row> BEFORE = new ArrayList<>();
    private static final Map<String, List<String>> BECAME = new LinkedHashMap<>();
    private static final Map<String, String> PROVINCES = new LinkedHashMap<>();

    private record Row(String code, String fullName, String province, String district) {
        String name() {
            return fullName.startsWith("Huyện ") ? fullName.substring(6) : Spelt.name(fullName);
        }

        String oldProvince() {
            return "45".equals(province) ? "Quảng Trị" : "Quảng Bình";
        }
    }

    @BeforeAll
    static void the_lists() throws IOException {
        lines("communes.csv", cell -> {
            Row row = new Row(cell[0], cell[2], cell[3], cell[4]);
            (cell[6].isEmpty() ? NOW : BEFORE).add(row);
        });
        lines(
                "commune-successions.csv",
                cell -> BECAME.computeIfAbsent(cell[0], k -> new ArrayList<>()).add(cell[1]));
        lines("provinces.csv", cell -> {
            if (cell[4].isEmpty()) {
                PROVINCES.put(cell[0], cell[2]);
            }
        });
        assertThat(BEFORE).hasSize(265);
        assertThat(NOW).hasSize(3321);
    }

    @Test
    void an_old_commune_with_its_kind_and_district_is_always_certain() {
        each(BEFORE, placed(), (row, address) -> {
            Verdict verdict = GUARD.check(address, null, DAY);

            assertThat(verdict.certainty()).as(address).isIn(Certainty.KEPT, Certainty.REWRITTEN);
            assertThat(code(verdict)).as(address).isEqualTo(now(row));
            assertThat(Spelt.bare(verdict.street()).replaceAll("\\s+", " "))
                    .as(address)
                    .isEqualToIgnoringCase("thon 2");
        });
    }

    @Test
    void an_old_commune_that_is_told_less_well_is_never_taken_for_another(TestReporter reporter) {
        int[] certain = {0, 0};
        each(BEFORE, scarce(), (row, address) -> {
            Verdict verdict = GUARD.check(address, null, DAY);

            certain[0]++;
            if (verdict.commune() == null) {
                assertThat(verdict.certainty()).as(address).isEqualTo(Certainty.ASK);
                assertThat(verdict.candidates())
                        .as(address)
                        .extracting(c -> c.commune().code())
                        .contains(now(row))
                        .doesNotHaveDuplicates();
            } else if (!isCalledSoToday(verdict, row) || saysMoreThanToday(row, address)) {
                assertThat(code(verdict)).as(address).isEqualTo(now(row));
                certain[1]++;
            }
        });
        reporter.publishEntry("certain without kind or district", certain[1] + " of " + certain[0]);
        assertThat(certain[1]).isGreaterThan(certain[0] * 6 / 10);
    }

    /** "Xã Minh Hoá, tỉnh Quảng Trị" is the whole address of a commune of today. */
    private static boolean isCalledSoToday(Verdict verdict, Row row) {
        return verdict.certainty() == Certainty.KEPT
                && Spelt.bare(verdict.commune().name()).equalsIgnoreCase(Spelt.bare(row.name()))
                && HERE.equals(verdict.commune().province());
    }

    /** With its old district, or its old province that is none any more, it is the address of no commune of today. */
    private static boolean saysMoreThanToday(Row row, String address) {
        return today().values().stream().map(way -> way.apply(row)).noneMatch(address::equals);
    }

    @Test
    void an_old_code_says_what_a_name_in_two_places_does_not() {
        for (Row row : BEFORE) {
            String address = "Thôn 2, " + Spelt.inText(row.fullName()) + ", Quảng Trị";

            assertThat(code(GUARD.check(address, row.code(), DAY))).as(address).isEqualTo(now(row));
        }
    }

    @Test
    void a_commune_of_today_is_kept() {
        each(here(), official(), (row, address) -> {
            Verdict verdict = GUARD.check(address, null, DAY);

            if ("Tân Thành".equals(row.name())) {
                // Xã Tân Thành of Hướng Hóa was in Quảng Trị too, and is in Lao Bảo now.
                assertThat(verdict.certainty()).as(address).isEqualTo(Certainty.ASK);
            } else {
                assertThat(verdict.certainty()).as(address).isEqualTo(Certainty.KEPT);
                assertThat(code(verdict)).as(address).isEqualTo(row.code());
            }
            assertThat(code(GUARD.check(address, row.code(), DAY))).as(address).isEqualTo(row.code());
        });
    }

    @Test
    void a_commune_of_today_that_is_told_less_well_is_kept_or_asked() {
        Map<String, Function<Row, String>> ways = new LinkedHashMap<>();
        ways.put("no province", r -> Spelt.inText(r.fullName()));
        ways.put("no kind", r -> "Thôn 2, " + r.name() + ", Quảng Trị");
        ways.put("no kind, no marks", r -> Spelt.bare("Thôn 2, " + r.name() + ", Quảng Trị"));
        ways.put("name alone", Row::name);
        each(here(), ways, (row, address) -> {
            Verdict verdict = GUARD.check(address, null, DAY);

            assertThat(verdict.certainty()).as(address).isIn(Certainty.KEPT, Certainty.ASK);
            if (verdict.certainty() == Certainty.KEPT) {
                assertThat(code(verdict)).as(address).isEqualTo(row.code());
            }
        });
    }

    @Test
    void a_commune_anywhere_in_the_country_is_kept_with_its_province(TestReporter reporter) {
        Map<String, Function<Row, String>> ways = new LinkedHashMap<>();
        ways.put("full", r -> "12 Lê Lợi, " + r.fullName() + ", " + PROVINCES.get(r.province()));
        ways.put("bare", r -> Spelt.bare(r.fullName() + " " + PROVINCES.get(r.province())));
        int[] kept = {0, 0};
        each(NOW, ways, (row, address) -> {
            Verdict verdict = GUARD.check(address, null, DAY);

            assertThat(verdict.certainty()).as(address).isIn(Certainty.KEPT, Certainty.ASK);
            kept[0]++;
            if (verdict.certainty() == Certainty.KEPT) {
                kept[1]++;
                assertThat(code(verdict)).as(address).isEqualTo(row.code());
            } else {
                assertThat(verdict.candidates())
                        .as(address)
                        .extracting(c -> c.commune().code())
                        .contains(row.code());
            }
        });
        reporter.publishEntry("kept", kept[1] + " of " + kept[0]);
        // Without marks ten pairs of one province coincide (Văn Lang and Văn Lăng), eight of them of one kind.
        assertThat(kept[0] - kept[1]).isLessThanOrEqualTo(25);
    }

    /** With district and kind. */
    private static Map<String, Function<Row, String>> placed() {
        Map<String, Function<Row, String>> ways = new LinkedHashMap<>();
        Function<Row, String> full = r -> "Thôn 2, " + Spelt.inText(r.fullName()) + ", " + Spelt.inText(r.district())
                + ", tỉnh " + r.oldProvince();
        Function<Row, String> shortly =
                r -> "Thôn 2, " + shortly(r, ". ") + ", " + Spelt.shortly(r.district()) + ", " + r.oldProvince();
        ways.put("full", full);
        ways.put("short", shortly);
        ways.put("hyphens, no province", r -> "Thôn 2 - " + shortly(r, ".") + " - " + Spelt.shortly(r.district()));
        ways.put("no marks", full.andThen(Spelt::bare));
        ways.put("no marks, small, short", shortly.andThen(Spelt::bare).andThen(String::toLowerCase));
        ways.put("upper", full.andThen(Spelt::upper));
        ways.put("upper, no marks", shortly.andThen(Spelt::bare).andThen(Spelt::upper));
        ways.put("decomposed", full.andThen(Spelt::decomposed));
        ways.put("no separators", full.andThen(a -> a.replace(",", "")));
        ways.put("tone first", full.andThen(Spelt::toneFirst));
        ways.put("tone last", full.andThen(Spelt::toneLast));
        ways.put("i for y", full.andThen(Spelt::withI));
        ways.put("d for đ", full.andThen(Spelt::withoutStroke));
        ways.put("spaces", full.andThen(a -> a.replace(" ", "   ").replace(",", " , ") + " . "));
        ways.put("lines", full.andThen(a -> a.replace(", ", "\n")));
        ways.put(
                "district has no kind",
                r -> "Thôn 2, " + Spelt.inText(r.fullName()) + ", "
                        + r.district().replaceFirst("^(Huyện|Thị xã|Thành phố) ", "") + ", " + r.oldProvince());
        ways.put("glued", r -> "Thôn 2," + shortly(r, "") + "," + Spelt.glued(r.district()) + "," + r.oldProvince());
        ways.put(
                "short province",
                r -> full.apply(r).replace("tỉnh Quảng Trị", "Q.Trị").replace("tỉnh Quảng Bình", "QB"));
        ways.put("country and postcode", full.andThen(a -> a + " 48000, Việt Nam"));
        return ways;
    }

    private static String shortly(Row row, String after) {
        return row.fullName().startsWith("Huyện ")
                ? "H" + after + row.name()
                : Spelt.glued(row.fullName()).replaceFirst("^([A-ZĐx]+?)(?=" + row.name() + "$)", "$1" + after);
    }

    /** Without district, province or kind. */
    private static Map<String, Function<Row, String>> scarce() {
        Map<String, Function<Row, String>> ways = today();
        ways.put("old province", r -> "Thôn 2, " + Spelt.inText(r.fullName()) + ", tỉnh " + r.oldProvince());
        ways.put(
                "no kinds",
                r -> "Thôn 2, " + named(r) + ", " + r.district().replaceFirst("^(Huyện|Thị xã|Thành phố) ", "") + ", "
                        + r.oldProvince());
        ways.put("no kinds, no marks", ways.get("no kinds").andThen(Spelt::bare));
        ways.put("old province, no marks", ways.get("old province").andThen(Spelt::bare));
        ways.put("new province and district", r -> Spelt.inText(r.fullName()) + ", " + r.district() + ", Quảng Trị");
        return ways;
    }

    /** Which may as well be the whole address of a commune of today. */
    private static Map<String, Function<Row, String>> today() {
        Map<String, Function<Row, String>> ways = new LinkedHashMap<>();
        ways.put("new province", r -> "Thôn 2, " + Spelt.inText(r.fullName()) + ", tỉnh Quảng Trị");
        ways.put("new province, no marks", ways.get("new province").andThen(Spelt::bare));
        ways.put("name alone", r -> Spelt.inText(r.fullName()));
        ways.put("name alone, no marks", ways.get("name alone").andThen(Spelt::bare));
        return ways;
    }

    private static String named(Row row) {
        return row.name().matches("\\d+") ? "P" + row.name() : row.name();
    }

    private static Map<String, Function<Row, String>> official() {
        Map<String, Function<Row, String>> ways = new LinkedHashMap<>();
        Function<Row, String> full = r -> "12 Lê Lợi, " + r.fullName() + ", tỉnh Quảng Trị";
        ways.put("full", full);
        ways.put("short", r -> "12 Lê Lợi, " + Spelt.shortly(r.fullName()) + ", Q.Trị");
        ways.put("glued", r -> "12 Lê Lợi," + Spelt.glued(r.fullName()) + ",QT");
        ways.put("no marks", full.andThen(Spelt::bare).andThen(String::toLowerCase));
        ways.put("upper", full.andThen(Spelt::upper));
        ways.put("decomposed", full.andThen(Spelt::decomposed));
        ways.put("no separators", full.andThen(a -> a.replace(",", "")));
        ways.put("tone first", full.andThen(Spelt::toneFirst));
        ways.put("tone last", full.andThen(Spelt::toneLast));
        ways.put("hyphens", full.andThen(a -> a.replace(", ", " - ")));
        return ways;
    }

    private static List<Row> here() {
        List<Row> here = NOW.stream().filter(r -> HERE.equals(r.province())).toList();
        assertThat(here).hasSize(78);
        return here;
    }

    private static void each(List<Row> rows, Map<String, Function<Row, String>> ways, BiConsumer<Row, String> check) {
        rows.forEach(row -> ways.values().forEach(way -> check.accept(row, way.apply(row))));
    }

    private static String now(Row old) {
        List<String> codes = BECAME.get(old.code());
        assertThat(codes).as("none of them was divided").hasSize(1);
        return codes.get(0);
    }

    private static String code(Verdict verdict) {
        return verdict.commune() == null ? "none" : verdict.commune().code();
    }

    private static void lines(String file, Consumer<String[]> take) throws IOException {
        References.shipped(file).lines().skip(1).forEach(line -> take.accept(line.split(",", -1)));
    }
}
