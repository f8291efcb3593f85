package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.bocau.code.ItemId;
import vn.bocau.journey.Http;

/** Labels as they come out of the printer, read back by a reader that is not ours ({@code zbarimg}). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LabelsTest extends PostOffice {

    private static final int THERMAL_PRINTER_DPI = 203;
    private static final String NAME = "Nguyễn Thị Mỹ Duyên Hoffmann";
    private static final String STREET = "Nhà số 7, ngõ 41, đường Lê Thế Tiết, khu phố 3, đối diện trạm y tế cũ";

    private static Map<String, String> worker;
    private static List<String> items;

    @BeforeAll
    static void open() {
        worker = office.signIn("buu-ta", "printer-1");
        List<String> codes = new ArrayList<>();
        IntStream.range(0, 9).forEach(i -> codes.add(office.asks(NAME, STREET)));
        items = office.dispatches(codes);
    }

    @ParameterizedTest
    @CsvSource({"a4, 2, 595, 842", "roll, 9, 298, 210"})
    void every_label_is_read_back_from_both_its_codes(String sheet, int pages, int wide, int high) throws Exception {
        try (PDDocument pdf = Loader.loadPDF(printed(items, sheet))) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(pages);
            assertThat(Math.round(pdf.getPage(0).getMediaBox().getWidth())).isEqualTo(wide);
            assertThat(Math.round(pdf.getPage(0).getMediaBox().getHeight())).isEqualTo(high);

            List<String> read = new ArrayList<>();
            for (int page = 0; page < pages; page++) {
                read.addAll(read(new PDFRenderer(pdf).renderImageWithDPI(page, THERMAL_PRINTER_DPI), sheet, page));
            }
            assertThat(read)
                    .containsExactlyInAnyOrderElementsOf(items.stream()
                            .flatMap(item -> Stream.of("QR-Code:" + item, "CODE-128:" + item))
                            .toList());
        }
    }

    @Test
    void it_says_where_to_in_letters_that_can_be_copied_and_no_telephone_number() throws Exception {
        try (PDDocument pdf = Loader.loadPDF(printed(items.subList(0, 1), "roll"))) {
            String text = new PDFTextStripper().getText(pdf).replaceAll("\\s+", " ");

            assertThat(text)
                    .contains(
                            NAME,
                            "đối diện trạm y tế cũ",
                            "Phường Đông Hà, Tỉnh Quảng Trị",
                            "Trả kết quả",
                            new ItemId(items.get(0)).grouped())
                    .doesNotContain("0900000001");
            assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo("vi");
            assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("Nhãn bưu gửi");
        }
    }

    @Test
    void the_lines_the_readme_gives_for_a_terminal_print_a_label(@TempDir Path folder) throws Exception {
        Matcher lines =
                Pattern.compile("```sh\n([^`]*labels\\.pdf)\n```").matcher(Files.readString(Path.of("README.md")));
        assertThat(lines.find()).isTrue();
        String here = lines.group(1).replace("localhost:8080", hub.at("").getAuthority());
        Path said = folder.resolve("said");

        Process shell = new ProcessBuilder("bash", "-ec", here)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();

        assertThat(shell.waitFor()).as(Files.readString(said)).isZero();
        try (PDDocument pdf = Loader.loadPDF(folder.resolve("labels.pdf").toFile())) {
            assertThat(new PDFTextStripper().getText(pdf)).contains(NAME);
        }
    }

    @Test
    void what_cannot_be_printed_is_named() {
        assertThat(problem("item=" + items.get(0) + "&item=RV123456785VN", 404)).contains("unknown-item", "item[1]");
        assertThat(problem("item=RV123456784VN", 400)).contains("item-id");
        assertThat(problem("item=" + items.get(0) + "&sheet=a5", 400)).contains("a4 hoặc roll");
        assertThat(problem("", 400)).contains("item");
        assertThat(problem("item=", 400)).contains("no-items");
        assertThat(problem(
                        IntStream.range(0, 201)
                                .mapToObj(i -> "item=" + items.get(0))
                                .collect(Collectors.joining("&")),
                        400))
                .contains("too-many-items");
        assertThat(Http.get(hub.at("/api/scan/v1/labels?item=" + items.get(0)), Map.of())
                        .status())
                .isEqualTo(401);
        var elsewhere = office.signIn("buu-ta-le-thuy", "printer-2");
        assertThat(Http.get(hub.at("/api/scan/v1/labels?item=" + items.get(0)), elsewhere)
                        .status())
                .as("another office's item is as unknown as none")
                .isEqualTo(404);
    }

    @Test
    void of_many_who_print_the_most_at_once_each_gets_it_or_is_asked_to_come_again() {
        String most = IntStream.range(0, 200)
                .mapToObj(i -> "item=" + items.get(i % items.size()))
                .collect(Collectors.joining("&"));
        List<Http.Answer> answers = Stream.generate(() ->
                        CompletableFuture.supplyAsync(() -> Http.get(hub.at("/api/scan/v1/labels?" + most), worker)))
                .limit(8)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers).extracting(Http.Answer::status).isSubsetOf(200, 503).contains(200);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.whole()
                                .headers()
                                .firstValue("Retry-After")
                                .isPresent())
                        .isEqualTo(answer.status() == 503));
    }

    private static String problem(String query, int status) {
        var answer = Http.get(hub.at("/api/scan/v1/labels?" + query), worker);
        assertThat(answer.status()).as(query).isEqualTo(status);
        return answer.text();
    }

    private static byte[] printed(List<String> items, String sheet) throws IOException, InterruptedException {
        String query = items.stream().map(item -> "&item=" + item).collect(Collectors.joining());
        HttpRequest.Builder ask = HttpRequest.newBuilder(hub.at("/api/scan/v1/labels?sheet=" + sheet + query));
        worker.forEach(ask::header);
        var answer = HttpClient.newHttpClient().send(ask.build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pdf");
        return answer.body();
    }

    /** @return {@code <kind>:<content>} of every code in the picture */
    private static List<String> read(BufferedImage page, String sheet, int no)
            throws IOException, InterruptedException {
        Path picture = Path.of("target", "screens", "labels-" + sheet + "-" + no + ".png");
        Files.createDirectories(picture.getParent());
        ImageIO.write(page, "png", picture.toFile());
        Process zbarimg = new ProcessBuilder("zbarimg", "--quiet", "--nodbus", picture.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String read = new String(zbarimg.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(zbarimg.waitFor()).isZero();
        return read.lines().toList();
    }
}
