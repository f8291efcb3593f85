package vn.bocau.print;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PDFontSupplier;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.render.DefaultObjectDrawerFactory;
import com.openhtmltopdf.slf4j.Slf4jLogger;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.springframework.context.MessageSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import vn.bocau.code.Unavailable;

/**
 * Makes PDF of the templates {@code print/*.xhtml}: PDF/UA, so that a screen reader can read it and text copied out of it
 * keeps its accents. Nothing outside the template is loaded.
 *
 * <p>In a template, {@code <object type="bocau/code128" data="RR123456785VN"/>} and {@code bocau/qr} draw bar codes.
 */
@Component
public class Printer {

    private static final String FAMILY = "Be Vietnam Pro";

    static {
        XRLog.setLoggerImpl(new Slf4jLogger());
    }

    /** Of all who print at once: a page is laid out in memory, and a long one takes tens of megabytes of it. */
    private static final int AT_ONCE = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Semaphore desk = new Semaphore(AT_ONCE, true);
    private final SpringTemplateEngine templates = new SpringTemplateEngine();
    private final DefaultObjectDrawerFactory barcodes = new DefaultObjectDrawerFactory();

    Printer(MessageSource words) {
        var files = new ClassLoaderTemplateResolver();
        files.setPrefix("print/");
        files.setSuffix(".xhtml");
        files.setTemplateMode(TemplateMode.XML);
        files.setCharacterEncoding("UTF-8");
        templates.setTemplateResolver(files);
        templates.setTemplateEngineMessageSource(words);
        barcodes.registerDrawer("bocau/code128", Barcodes.code128());
        barcodes.registerDrawer("bocau/qr", Barcodes.qr());
    }

    /**
     * @param template name of a file in {@code print/}, without its ending
     * @param facts what the template names
     * @throws Unavailable when too many print
     */
    public byte[] pdf(String template, Map<String, Object> facts, Locale language) {
        try {
            if (!desk.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new Unavailable("too-many-print", "quá nhiều người cùng in", "too many print at once");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("not-running", "bị ngắt trước khi in", "interrupted before printing", e);
        }
        try {
            return made(template, facts, language);
        } finally {
            desk.release();
        }
    }

    private byte[] made(String template, Map<String, Object> facts, Locale language) {
        String page =
                Normalizer.normalize(templates.process(template, new Context(language, facts)), Normalizer.Form.NFC);
        var pdf = new ByteArrayOutputStream();
        try (var document = new PDDocument()) {
            new PdfRendererBuilder()
                    .useFastMode()
                    .usePdfUaAccessibility(true)
                    .usePDDocument(document)
                    .useFont(font(document, 400), FAMILY, 400, FontStyle.NORMAL, true)
                    .useFont(font(document, 700), FAMILY, 700, FontStyle.NORMAL, true)
                    .useObjectDrawerFactory(barcodes)
                    .withHtmlContent(page, null)
                    .withProducer("Bồ Câu")
                    .toStream(pdf)
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pdf.toByteArray();
    }

    private static PDFontSupplier font(PDDocument document, int weight) throws IOException {
        var file = new ClassPathResource("print/be-vietnam-pro-" + weight + ".ttf");
        TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(file.getContentAsByteArray()));
        // A ligature has no letters behind it in the PDF: a code with "ff" in it could not be copied or searched for.
        font.setEnableGsub(false);
        return new PDFontSupplier(PDType0Font.load(document, font, true));
    }
}
