package vn.bocau.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.bocau.code.Refused;

/** The communes follow the state's list from a day on; what was before stays as it was, and a wrong list changes nothing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CommuneRefreshTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 28);

    @TempDir
    Path folder;

    private Directories directories;
    private CommuneRefresh refresh;
    private List<StateUnit> provinces;
    private List<StateUnit> communes;

    @BeforeEach
    void listed() {
        directories = References.in(folder);
        refresh = References.refreshing(folder.toString(), directories);
        Directory current = directories.current();
        provinces = new ArrayList<>(current.provinces(DAY).stream()
                .map(p -> new StateUnit(p.code(), p.fullName(), "Tỉnh", p.code()))
                .toList());
        communes = new ArrayList<>(current.provinces(DAY).stream()
                .flatMap(p -> current.communes(p.code(), DAY).stream())
                .map(c -> new StateUnit(c.code(), c.fullName(), "Xã", c.province()))
                .toList());
    }

    @Test
    void the_same_list_spelt_otherwise_changes_nothing() {
        replace("18997", new StateUnit("18997", "Xã  Tuyên Hóa ", "Xã", "44"));
        replace("19333", new StateUnit("19333", "Đông Hà", "Phường", "44"));

        assertThat(refresh.plan(provinces, communes, DAY).empty()).isTrue();
        assertThat(communes).hasSize(3321);
    }

    @Test
    void what_is_new_renamed_or_ended_holds_from_that_day_and_what_was_until_then() throws IOException {
        changed();
        CommunePlan plan = refresh.plan(provinces, communes, DAY);
        assertThat(plan.added()).containsExactly(new CommunePlan.Change("99001", "Xã Thử Nghiệm", "44", null));
        assertThat(plan.renamed())
                .containsExactly(new CommunePlan.Change("18997", "Phường Tuyên Hoá", "44", "Xã Tuyên Hoá"));
        assertThat(plan.ended()).containsExactly(new CommunePlan.Change("00008", "Phường Ngọc Hà", "01", null));
        assertThat(folder).as("only said").isEmptyDirectory();

        refresh.apply(plan, "truc-ca");

        Directory now = directories.current();
        assertThat(now.commune("18997", DAY).orElseThrow().fullName()).isEqualTo("Phường Tuyên Hoá");
        assertThat(now.commune("18997", DAY).orElseThrow().name()).isEqualTo("Tuyên Hoá");
        assertThat(now.commune("18997", DAY.minusDays(1)).orElseThrow().fullName())
                .isEqualTo("Xã Tuyên Hoá");
        assertThat(now.commune("18997", LocalDate.of(2025, 6, 30)).orElseThrow().fullName())
                .isEqualTo("Xã Tiến Hóa");
        assertThat(now.successors("18997", DAY.minusDays(1)))
                .extracting(Commune::code)
                .containsExactly("18997");
        assertThat(now.commune("00008", DAY)).isEmpty();
        assertThat(now.commune("00008", DAY.minusDays(1))).isPresent();
        assertThat(now.commune("99001", DAY)).isPresent();
        assertThat(now.commune("99001", DAY.minusDays(1))).isEmpty();
        List<String> before = References.shipped("communes.csv").lines().toList();
        List<String> after = Files.readAllLines(folder.resolve("communes.csv"));
        assertThat(after.subList(0, before.size()).stream().filter(line -> !before.contains(line)))
                .containsExactly(
                        "00008,Ngọc Hà,Phường Ngọc Hà,01,,2025-07-01,2026-11-27",
                        "18997,Tuyên Hoá,Xã Tuyên Hoá,44,,2025-07-01,2026-11-27");
        assertThat(after.subList(before.size(), after.size())).hasSize(2);
        assertThat(refresh.plan(provinces, communes, DAY).empty()).as("done").isTrue();
    }

    /** Killed after each step that the disk sees, between the two files too: the next who reads has both or none. */
    @Test
    void whoever_is_killed_while_the_files_are_replaced_leaves_them_whole() throws IOException {
        changed();
        refresh.apply(refresh.plan(provinces, communes, DAY), "truc-ca");
        Map<String, Optional<String>> after = Map.of(
                "communes.csv", Optional.of(Files.readString(folder.resolve("communes.csv"))),
                "commune-successions.csv", Optional.of(Files.readString(folder.resolve("commune-successions.csv"))));
        for (String half : List.of("", "communes.csv", "commune-successions.csv")) {
            Files.deleteIfExists(folder.resolve("communes.csv"));
            Files.deleteIfExists(folder.resolve("commune-successions.csv"));
            new Replacement(folder).prepare(after);
            if (!half.isEmpty()) {
                Files.move(folder.resolve("." + half + ".new"), folder.resolve(half));
            }

            Directory next = References.in(folder).current();

            assertThat(next.commune("18997", DAY).orElseThrow().fullName())
                    .as(half)
                    .isEqualTo("Phường Tuyên Hoá");
            assertThat(next.successors("18997", DAY.minusDays(1))).as(half).hasSize(1);
            assertThat(folder.resolve(".replacing")).doesNotExist();
        }
        Files.writeString(folder.resolve(".communes.csv.new"), "half of it");
        assertThat(References.in(folder).current().commune("18997", DAY))
                .as("before it was meant")
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"Xã Tuy?n Hoá, “?”", "Xã Tuy\uFFFDn Hoá, U+FFFD", "XÃ£ TuyÃªn HoÃ¡, “£”", "Xã Tuyªn Ho¸, “ª”"})
    void a_spoilt_name_is_refused_by_its_row_and_told_with_what_is_wrong_in_it(String name, String odd) {
        replace("18997", new StateUnit("18997", name, "Xã", "44"));

        assertThatThrownBy(() -> refresh.plan(provinces, communes, DAY))
                .asInstanceOf(type(Refused.class))
                .satisfies(refused -> assertThat(refused.flaws())
                        .singleElement()
                        .satisfies(flaw -> {
                            assertThat(flaw.field()).isEqualTo("18997");
                            assertThat(flaw.wrong().vi()).contains("bị hỏng", odd);
                        }));
    }

    @Test
    void what_changed_today_already_waits_for_another_day() {
        changed();
        refresh.apply(refresh.plan(provinces, communes, DAY), "truc-ca");
        replace("18997", new StateUnit("18997", "Phường Khác", "Phường", "44"));

        refused("implausible", "18997", () -> refresh.plan(provinces, communes, DAY));
        assertThat(refresh.plan(provinces, communes, DAY.plusDays(1)).renamed()).hasSize(1);
    }

    @Test
    void a_list_that_cannot_be_whole_or_true_is_refused() {
        List<StateUnit> all = List.copyOf(communes);
        List<StateUnit> both = List.copyOf(provinces);
        communes.subList(2_999, communes.size()).clear();
        refused("implausible", "communes", () -> refresh.plan(both, communes, DAY));
        refused("implausible", "communes", () -> refresh.plan(both, List.of(), DAY));
        refused(
                "implausible",
                "96",
                () -> refresh.plan(
                        both,
                        all.stream().filter(c -> !c.province().equals("96")).toList(),
                        DAY));
        refused("implausible", "01", () -> refresh.plan(both.subList(1, both.size()), all, DAY));
        refused("implausible", "98", () -> refresh.plan(both, with(all, "99001", "Xã Mới", "98"), DAY));
        refused("implausible", "19333", () -> refresh.plan(both, with(all, "19333", "Xã Khác", "44"), DAY));
        refused("implausible", "communes", () -> refresh.plan(both, with(all, "9900", "Xã Mới", "44"), DAY));
        refused("implausible", "99001", () -> refresh.plan(both, with(all, "99001", "Xã Mới, lạ", "44"), DAY));
        refused("implausible", "99001", () -> refresh.plan(both, with(all, "99001", "Xã \u0007Mới", "44"), DAY));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_list_the_reload_refuses_leaves_files_and_directory_as_they_were() throws IOException {
        String own = References.shipped("communes.csv") + "# của chúng tôi\n";
        References.write(folder, "communes.csv", own);
        directories.reload();
        Directory before = directories.current();
        communes.removeIf(unit -> unit.code().equals("19741"));
        CommunePlan plan = refresh.plan(provinces, communes, DAY);

        refused("reload-refused", null, () -> refresh.apply(plan, "truc-ca"));

        assertThat(folder.resolve("communes.csv")).hasContent(own);
        assertThat(folder.resolve("commune-successions.csv")).doesNotExist();
        assertThat(directories.report().refusals()).isEmpty();
        assertThat(directories.current().commune("19741", DAY))
                .isEqualTo(before.commune("19741", DAY))
                .isPresent();
    }

    @Test
    void without_a_folder_of_its_own_nothing_can_be_kept() {
        changed();
        CommuneRefresh nowhere = References.refreshing("", directories);

        refused("no-reference-folder", "", () -> nowhere.apply(nowhere.plan(provinces, communes, DAY), "truc-ca"));
    }

    @Test
    void where_another_node_was_first_a_person_looks_again() {
        changed();
        CommuneRefresh second = References.refreshing(folder.toString(), directories, () -> false);

        refused("plan-changed", "", () -> second.apply(second.plan(provinces, communes, DAY), "truc-ca"));
    }

    private void changed() {
        replace("18997", new StateUnit("18997", "Phường Tuyên Hoá", "Phường", "44"));
        communes.removeIf(unit -> unit.code().equals("00008"));
        communes.add(new StateUnit("99001", "Thử Nghiệm", "Xã", "44"));
    }

    private void replace(String code, StateUnit unit) {
        communes.removeIf(known -> known.code().equals(code));
        communes.add(unit);
    }

    private static List<StateUnit> with(List<StateUnit> all, String code, String name, String province) {
        List<StateUnit> more = new ArrayList<>(all);
        more.add(new StateUnit(code, name, "Xã", province));
        return more;
    }

    /** @param field which the refusal names; null for any */
    private static void refused(String code, @org.jspecify.annotations.Nullable String field, Runnable act) {
        assertThatThrownBy(act::run).asInstanceOf(type(Refused.class)).satisfies(refused -> {
            assertThat(refused.code()).isEqualTo(code);
            if (field != null) {
                assertThat(refused.flaws()).extracting(Refused.Flaw::field).contains(field);
            }
        });
    }
}
