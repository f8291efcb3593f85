package vn.bocau.desk;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFile;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.code.Unavailable;
import vn.bocau.journal.Fault;
import vn.bocau.wire.Outage;
import vn.bocau.wire.http.HttpSettings;

/**
 * Reads a file of results that an agency has dropped, has each row judged as the desk does, and says in a report what became
 * of it. What is in a file is taken once: read again, after the process died or under another name, it gets the same report.
 */
@Component("drops")
public class DropDoor {

    private final ResultFiles files;
    private final long limit;

    DropDoor(ResultFiles files, HttpSettings doors) {
        this.files = files;
        this.limit = doors.maxBody().toBytes();
    }

    /**
     * Leaves on the exchange where the file goes, {@code dropTo}, and the report's name.
     *
     * @return the report
     * @throws Unavailable when it cannot be judged now: it stays where it is
     */
    public String take(String partner, String agency, Exchange exchange) throws IOException {
        GenericFile<?> file =
                Objects.requireNonNull(exchange.getProperty(FileComponent.FILE_EXCHANGE_FILE, GenericFile.class));
        String to;
        String report;
        try {
            byte[] content = content(file, exchange);
            Clerk clerk = new Clerk(partner, agency);
            ResultFiles.Kept kept = files.keep(clerk, ResultFile.key(content), ResultFile.read(content));
            files.finish(kept.id());
            report = DropReport.of(RowOutcome.of(files.judged(kept.id()), "vi"));
            to = "done";
        } catch (Refused refused) {
            report = DropReport.of(refused.flaws().get(0).wrong());
            to = "refused";
        } catch (RuntimeException failure) {
            if (Outage.in(failure).isPresent()) {
                throw failure;
            }
            report = DropReport.of(Fault.of(failure).reason());
            to = "refused";
        }
        exchange.setProperty("dropTo", to);
        exchange.getMessage().setHeader(Exchange.FILE_NAME, to + "/" + file.getFileNameOnly() + ".report.csv");
        return report;
    }

    private byte[] content(GenericFile<?> file, Exchange exchange) throws IOException {
        if (file.getFile() instanceof File local && !Files.isRegularFile(local.toPath(), LinkOption.NOFOLLOW_LINKS)) {
            throw refused("no-file", new Text("Đây không phải một tệp thường.", "This is no regular file."));
        }
        try (InputStream in = Objects.requireNonNull(exchange.getIn().getBody(InputStream.class))) {
            byte[] content = in.readNBytes((int) limit + 1);
            if (content.length > limit) {
                throw refused(
                        "too-large",
                        new Text(
                                "Tệp lớn hơn " + limit / 1024 + " KB; mỗi tệp tối đa " + ResultFile.MOST + " kết quả.",
                                "The file is larger than " + limit / 1024 + " KB; a file may hold " + ResultFile.MOST
                                        + " results."));
            }
            return content;
        }
    }

    private static Refused refused(String code, Text why) {
        return new Refused(Refused.Ground.MALFORMED, code, List.of(new Refused.Flaw("file", why)));
    }
}
