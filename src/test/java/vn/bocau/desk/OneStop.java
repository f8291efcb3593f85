package vn.bocau.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import vn.bocau.Browser;
import vn.bocau.dossier.Requests;
import vn.bocau.journal.Inbound;
import vn.bocau.journey.Filed;
import vn.bocau.journey.Worker;
import vn.bocau.wire.http.OwnHub;

/** A hub whose one-stop works at our desk, shared by all test classes of its pages. */
abstract class OneStop {

    static final OwnHub hub = new OwnHub(Map.of("bocau.drop.look", "200ms", "bocau.drop.quiet", "1500ms"));
    static final Browser browser = new Browser();
    static final String CENTRE = "000.00.12.H50";
    static final String DONG_HA = "19333";
    private static final int FAX_DPI = 200;

    @BeforeAll
    static void nothingOfAnotherClass() {
        hub.empty("message, dossier, handling, manifest, evidence");
    }

    @AfterEach
    void everybodyLeaves() {
        browser.everybodyLeaves();
    }

    /** A citizen asks for the result by post. @return the dossier's code */
    static String asks(String commune, String street) {
        ObjectNode wish = Filed.both(commune);
        wish.remove("pickup");
        wish.withObject("/result/receiver/address").put("street", street);
        return files(wish);
    }

    /** A citizen asks for the papers to be fetched. @return the dossier's code */
    static String sends(String name) {
        ObjectNode wish = Filed.both(DONG_HA);
        wish.remove("result");
        wish.withObject("/pickup/sender").put("name", name);
        return files(wish);
    }

    /** The agency has taken it in, and promises its result. */
    static String promised(String code) {
        return promised(code, 1);
    }

    static String promised(String code, int days) {
        hub.bean(Clerks.class)
                .say(
                        new Clerk("can-bo", CENTRE),
                        "receive",
                        UUID.randomUUID().toString(),
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("dossier", code)
                                .put("appointment", Filed.today().plusDays(days).toString()));
        return code;
    }

    static String files(ObjectNode wish) {
        String code = CENTRE + "-261128-" + UUID.randomUUID().toString().substring(24);
        wish.withObject("/dossier")
                .putArray("codes")
                .addObject()
                .put("system", "dvcqg")
                .put("code", code);
        hub.bean(Requests.class).accept(new Inbound("dvcqg", UUID.randomUUID().toString(), "portal.request", wish));
        return code;
    }

    static Worker worker(String user) {
        return new Worker(hub.at(""), user);
    }

    /** What the newest leg of a dossier is, as a column or more says. */
    static String of(String code, String what) {
        return hub.db()
                .sql(
                        "select " + what
                                + " from leg l join progress p on p.leg = l.id join dossier d on d.id = l.dossier"
                                + " join dossier_code c on c.dossier = l.dossier where c.code = :code order by l.no desc limit 1")
                .param("code", code)
                .query(String.class)
                .single();
    }

    static com.microsoft.playwright.Locator row(Page page, String code) {
        return page.locator("tbody tr:has(code:text-is('" + code + "'))");
    }

    /** What partners were told of a dossier. */
    static List<String> told(String code) {
        return hub.db()
                .sql("select body::jsonb #>> '{event,code}' from message where direction = 'OUT' and subject = :code")
                .param("code", code)
                .query(String.class)
                .list();
    }

    static List<String> ask(int many) {
        return IntStream.range(0, many)
                .mapToObj(i -> asks(DONG_HA, (i + 1) + " Hùng Vương"))
                .toList();
    }

    /** A one-stop's order has its address in words alone. */
    static String asksInWords(String street) {
        String code = asks(DONG_HA, street);
        hub.db()
                .sql("update leg set receiver = receiver #- '{address,commune}' where dossier ="
                        + " (select dossier from dossier_code where code = :code)")
                .param("code", code)
                .update();
        return code;
    }

    /** @return {@code {"results": [...]}} */
    static JsonNode dispatch(String clerk, List<String> codes) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        codes.forEach(code -> said.withArray("results").addObject().put("dossier", code));
        return hub.bean(Clerks.class)
                .say(new Clerk(clerk, CENTRE), "dispatch", UUID.randomUUID().toString(), said);
    }

    static List<String> dispatched(List<String> codes) {
        return dispatch("can-bo", codes).path("results").findValuesAsText("item");
    }

    /** @return {@code {"manifests": [...], "refused": [...]}} */
    static JsonNode manifest(String clerk, List<String> items) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        items.forEach(said.withArray("items")::add);
        return hub.bean(Clerks.class)
                .say(new Clerk(clerk, CENTRE), "manifest", UUID.randomUUID().toString(), said);
    }

    static Page signedIn(String user, int width) {
        Page page = browser.page(width);
        page.navigate(hub.at("/login").toString());
        page.getByLabel("Tên đăng nhập").fill(user);
        page.getByLabel("Mật khẩu").fill(user + "-sandbox");
        page.locator("main button").click();
        return page;
    }

    /** A picture for people, axe, and letters twice as large. */
    static void look(Page page, String name) {
        Browser.picture(page, name);
        Browser.isAccessible(page);
        Browser.standsLargeText(page);
    }

    /** The bar codes on a PDF, by a reader that is not ours; a picture of its first page for people, as of pages. */
    static List<String> read(byte[] pdf, String picture) throws Exception {
        List<String> read = new ArrayList<>();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            for (int number = 0; number < document.getNumberOfPages(); number++) {
                var pages = new PDFRenderer(document);
                Path file = Files.createTempFile("bocau-pdf", ".bmp");
                // Not packed: that would take longer than reading it.
                ImageIO.write(pages.renderImageWithDPI(number, FAX_DPI), "bmp", file.toFile());
                Process reader = new ProcessBuilder("zbarimg", "--quiet", file.toString()).start();
                read.addAll(reader.inputReader().lines().toList());
                // 4: nothing to read, on a page that has the signatures alone.
                assertThat(reader.waitFor()).isIn(0, 4);
                Files.delete(file);
                if (number == 0 && Browser.PICTURES) {
                    Path screens = Files.createDirectories(Path.of("target/screens"));
                    ImageIO.write(
                            pages.renderImageWithDPI(0, 72),
                            "png",
                            screens.resolve(picture + ".png").toFile());
                }
            }
        }
        return read;
    }
}
