package vn.bocau.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.Browser;

/**
 * Two hundred results before noon: how often the clerk has to act from the list to both signatures, and for how long the
 * page keeps her waiting. The second is a figure of this machine, in {@code target/figures/desk.txt}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DeskPaceTest extends OneStop {

    private static final int RESULTS = 200;

    /** To find the next button and press it, or to type a password: more than a clerk takes who does it each day. */
    private static final Duration AN_ACT = Duration.ofSeconds(5);

    private final List<String> acts = new ArrayList<>();
    private Duration waited = Duration.ZERO;

    @Test
    void two_hundred_results_change_hands_in_a_dozen_acts() throws IOException {
        IntStream.range(0, RESULTS).forEach(n -> promised(asks(DONG_HA, n + " Hùng Vương")));
        Page page = signedIn("can-bo", Browser.DESKTOP);

        act("open the results", () -> page.navigate(hub.at("/desk/results").toString()));
        act("tick all", () -> page.locator("[data-all]").check());
        act("dispatch", () -> {
            page.locator("form[data-tick] button[type=submit]").last().click();
            page.locator("#gone").waitFor();
        });
        assertThat(page.locator("[role=status]").textContent()).contains(RESULTS + " kết quả đã chuyển");
        List<String> items = page.locator("code.item").allTextContents();
        act("print the labels", () -> assertThat(printed(page)).contains(items));
        act("open the handover", () -> page.navigate(hub.at("/desk/handover").toString()));
        act("tick all", () -> page.locator("[data-all]").check());
        act("make the manifest", () -> {
            page.locator("form[data-tick] button").first().click();
            page.getByText("Ký giao, can-bo").waitFor();
        });
        act("sign", () -> {
            page.getByText("Ký giao, can-bo").click();
            page.locator("summary:has-text('Bưu tá ký nhận tại bàn')").waitFor();
        });
        act(
                "hand the keyboard over",
                () -> page.locator("summary:has-text('Bưu tá ký nhận tại bàn')").click());
        act("the worker types a name", () -> page.locator("#worker").fill("buu-ta"));
        act("and a password", () -> page.locator("#password").fill("buu-ta-sandbox"));
        act("the worker signs", () -> {
            page.locator("form[action$='/receive'] button").click();
            page.locator("dl:has-text('" + RESULTS + "/" + RESULTS + "')").waitFor();
        });

        assertThat(hub.db()
                        .sql(
                                "select count(*) from progress p join leg l on l.id = p.leg where l.kind = 'RESULT' and p.step = 'COLLECTED'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(RESULTS);
        assertThat(acts).hasSizeLessThanOrEqualTo(12);
        assertThat(waited.plus(AN_ACT.multipliedBy(acts.size())))
                .as("of a clerk's time, with what the pages take on this machine")
                .isLessThan(Duration.ofMinutes(2));
        Files.writeString(
                Files.createDirectories(Path.of("target/figures")).resolve("desk.txt"),
                RESULTS + " results, from the list to both signatures: " + acts.size()
                        + " acts of the clerk and the worker, " + waited.toMillis()
                        + " ms of waiting for the page and the labels\n" + String.join("\n", acts) + "\n");
    }

    private void act(String what, Runnable act) {
        long begun = System.nanoTime();
        act.run();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        waited = waited.plus(took);
        acts.add("  " + what + ": " + took.toMillis() + " ms");
    }

    /** The words of what a form would have printed. */
    private static String printed(Page page) {
        Locator fields = page.locator("form[action='/desk/labels'] input[name=item]");
        StringBuilder query = new StringBuilder("?sheet=a4");
        for (Locator field : fields.all()) {
            query.append("&item=").append(field.inputValue());
        }
        APIResponse answer = page.request().get(hub.at("/desk/labels" + query).toString());
        assertThat(answer.status()).isEqualTo(200);
        try (PDDocument labels = Loader.loadPDF(answer.body())) {
            return new PDFTextStripper().getText(labels).replace(" ", "");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
