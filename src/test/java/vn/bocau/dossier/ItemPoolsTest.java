package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.Browser;
import vn.bocau.code.ItemId;
import vn.bocau.code.Refused;
import vn.bocau.directory.Directories;
import vn.bocau.journey.Http;
import vn.bocau.wire.http.OwnHub;

/** Item identifiers are drawn under a lock: never twice, and not silently to the end. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@ExtendWith(OutputCaptureExtension.class)
class ItemPoolsTest {

    private static List<ItemId> draw(OwnHub hub, int count) {
        return new TransactionTemplate(hub.bean(PlatformTransactionManager.class))
                .execute(tx -> hub.bean(ItemPools.class).draw("OWN", count));
    }

    @Test
    void ten_thousand_draws_at_once_give_ten_thousand_identifiers() throws Exception {
        OwnHub hub = Domain.hub();
        Set<ItemId> drawn = ConcurrentHashMap.newKeySet();
        ExecutorService drawers = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                work.add(() -> {
                    List<ItemId> one = draw(hub, 1);
                    drawn.addAll(one);
                    return one.size();
                });
            }
            for (Future<Integer> one : drawers.invokeAll(work)) {
                assertThat(one.get()).isEqualTo(1);
            }
        } finally {
            drawers.shutdown();
        }
        assertThat(drawn).hasSize(10_000);
    }

    /** As the answer to whoever asked says. */
    private static void anOperatorIsTold(OwnHub hub) {
        Map<String, String> operator = Http.basic("truc-ca", "truc-ca-sandbox");
        assertThat(health(hub, Map.of()).path("status").asText()).isEqualTo("DEGRADED");
        assertThat(health(hub, Map.of()).has("components")).isFalse();
        assertThat(health(hub, operator).at("/components/itemNumbers/status").asText())
                .isEqualTo("DEGRADED");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Http.get(hub.at("/actuator/prometheus"), operator)
                                .text())
                        .contains("bocau_item_numbers{carrier=\"OWN\"} 0.0")
                        .contains("bocau_item_numbers_warn_below{carrier=\"OWN\"} 4.0"));
        try (Browser browser = new Browser()) {
            for (int width : new int[] {Browser.PHONE, Browser.DESKTOP}) {
                Page page = browser.page(width);
                page.navigate(hub.at("/login").toString());
                page.getByLabel("Tên đăng nhập").fill("truc-ca");
                page.getByLabel("Mật khẩu").fill("truc-ca-sandbox");
                page.locator("main button").click();
                Browser.picture(page, "home-item-numbers-" + width);
                Browser.isAccessible(page);
                assertThat(page.locator("main").textContent()).contains("Mã bưu gửi của OWN", "đã hết");
            }
        }
    }

    private static JsonNode health(OwnHub hub, Map<String, String> who) {
        return Http.get(hub.at("/actuator/health"), who).json();
    }

    @Test
    void a_range_warns_when_it_gets_low_says_when_it_is_empty_and_goes_on_when_another_is_given(
            CapturedOutput log, @TempDir Path reference) throws Exception {
        Files.createDirectories(reference.resolve("sandbox"));
        String heading = "carrier,service,first,last,warn_below\n";
        Path pools = reference.resolve("sandbox/item-pools.csv");
        Files.writeString(pools, heading + "OWN,RV,100,109,4\n");
        try (OwnHub hub = new OwnHub(Map.of("bocau.reference", reference.toString(), "bocau.metrics.every", "200ms"))) {
            assertThat(draw(hub, 6)).hasSize(6);
            assertThat(log).doesNotContain("are left");
            assertThat(draw(hub, 1)).hasSize(1);
            assertThat(log).contains("Only 3 item numbers RV of carrier OWN are left");
            assertThat(hub.bean(ItemPools.class).left())
                    .anySatisfy(left -> assertThat(left.left()).isEqualTo(3));
            assertThat(draw(hub, 5)).as("what is left").hasSize(3);
            assertThat(log).contains("have run out");
            assertThat(draw(hub, 1)).isEmpty();
            assertThat(hub.bean(ItemPools.class).left())
                    .as("the outside carriers have no range at all")
                    .containsExactly(
                            new ItemPools.Left("OWN", 0, 4),
                            new ItemPools.Left("carrier-x", 0, 0),
                            new ItemPools.Left("ems", 0, 0),
                            new ItemPools.Left("myvnpost", 0, 0),
                            new ItemPools.Left("viettel-post", 0, 0))
                    .allMatch(ItemPools.Left::low);
            anOperatorIsTold(hub);

            Domain at = new Domain();
            Requests requests = hub.bean(Requests.class);
            assertThatThrownBy(() -> requests.accept(Domain.in("dvcqg", "portal.request", at.both())))
                    .as("clearly, and accepted later, unchanged")
                    .isInstanceOfSatisfying(
                            Refused.class, r -> assertThat(r.code()).isEqualTo("no-item-numbers"));
            assertThat(hub.db()
                            .sql("select count(*) from dossier")
                            .query(Long.class)
                            .single())
                    .isZero();

            Files.writeString(pools, heading + "OWN,RV,100,109,4\nOWN,RV,200,299,4\n");
            hub.bean(Directories.class).reload();
            assertThat(draw(hub, 1)).containsExactly(ItemId.of("RV", 200, "VN"));
            Files.writeString(
                    pools,
                    heading + "OWN,RV,100,103,4\nOWN,RV,200,299,4\ncarrier-x,RR,1,99,4\n"
                            + "ems,EE,1,99,4\nmyvnpost,RR,100,199,4\nviettel-post,RR,200,299,4\n");
            hub.bean(Directories.class).reload();
            assertThat(hub.bean(ItemPools.class).left())
                    .as("a range shorter than what was given of it takes nothing from another")
                    .contains(new ItemPools.Left("OWN", 99, 4));
            assertThat(health(hub, Map.of()).path("status").asText()).isEqualTo("UP");
            requests.accept(Domain.in("dvcqg", "portal.request", at.both()));

            ItemId brought = ItemId.of("RV", 202, "VN");
            hub.db()
                    .sql("update leg set item = :item where item is null")
                    .param("item", brought.toString())
                    .update();
            assertThat(draw(hub, 1)).as("one came with an envelope").containsExactly(ItemId.of("RV", 203, "VN"));

            Files.writeString(pools, heading + "OWN,RY,10,12,1000\n");
            hub.bean(Directories.class).reload();
            assertThat(draw(hub, 1)).hasSize(1);
            assertThat(draw(hub, 1)).hasSize(1);
            assertThat(log)
                    .as("a range smaller than its warning, with the first of it")
                    .contains("Only 2 item numbers RY")
                    .doesNotContain("Only 1 item numbers RY");

            Files.writeString(pools, heading + "OWN,RV,200,299,4\ncarrier-x,RZ,7,7,1\n");
            hub.bean(Directories.class).reload();
            dispatchesAsManyAsThereAreNumbersFor(hub);
        }
    }

    /** Of who got none nothing is kept, and nobody hears of it. */
    private static void dispatchesAsManyAsThereAreNumbersFor(OwnHub hub) {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Domain one = new Domain();
            ObjectNode asked = one.resultAlone();
            asked.withObject("/result").set("receiver", Domain.party("19681"));
            hub.bean(Requests.class).accept(Domain.in("dvcqg", "portal.request", asked));
            codes.add(one.code);
        }
        JsonNode answer = hub.bean(Decisions.class)
                .dispatch(Domain.in(
                        "trung-tam-hcc",
                        "agency.dispatch",
                        Domain.json(
                                "{\"results\": [{\"dossier\": \"%s\"}, {\"dossier\": \"%s\"}]}",
                                codes.get(0), codes.get(1))))
                .answer();

        assertThat(answer.path("results"))
                .extracting(
                        one -> one.path("outcome").asText() + one.path("code").asText())
                .containsExactly("DISPATCHED", "REFUSEDno-item-numbers");
        assertThat(hub.db()
                        .sql("select subject from message where partner = 'carrier-x' and kind like 'order%'")
                        .query(String.class)
                        .list())
                .containsExactly(codes.get(0));
        assertThat(hub.db()
                        .sql(
                                "select d.status from dossier d join dossier_code c on c.dossier = d.id where c.code = :code")
                        .param("code", codes.get(1))
                        .query(Integer.class)
                        .single())
                .isLessThan(9);
    }
}
