package vn.bocau.desk;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFile;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.code.Sha256;
import vn.bocau.code.Sheet;
import vn.bocau.code.Text;
import vn.bocau.code.Unavailable;
import vn.bocau.journal.Fault;
import vn.bocau.wire.Outage;
import vn.bocau.wire.http.HttpSettings;

/**
 * Reads a file of results that an agency has dropped, has each row judged as the desk does, and says in a report what became
 * of it. What went by a file went once: read again, after the process died or under another name, only what had stayed is judged.
 */
@Component("drops")
public class DropDoor {

    private static final int REMEMBERED = 1000;

    /** Of the 255 bytes that a name may have on a disk; the time goes before it, and behind it what the report is called. */
    private static final int LONGEST_NAME = 200;

    private static final int LONGEST_ENDING = 16;

    private final ResultFiles files;
    private final DropPolls polls;
    private final long limit;

    /** What was judged, and is looked at once more before it is put away: its hash, by look and name. */
    private final Map<String, String> judged = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    });

    DropDoor(ResultFiles files, DropPolls polls, HttpSettings doors) {
        this.files = files;
        this.polls = polls;
        this.limit = doors.maxBody().toBytes();
    }

    /**
     * Leaves on the exchange where the file goes, {@code dropTo}, and the report's name. Whoever still had it open may have
     * written on while it was judged: it is put away when the next look finds the same in it, else it is judged anew.
     *
     * @return the report
     * @throws DropPolls.StillToCheck when the next look has to
     * @throws Unavailable when it cannot be judged now: it stays where it is
     */
    public String take(String partner, String agency, Exchange exchange) throws IOException {
        polls.check(partner);
        GenericFile<?> file =
                Objects.requireNonNull(exchange.getProperty(FileComponent.FILE_EXCHANGE_FILE, GenericFile.class));
        String name = file.getFileNameOnly();
        String to;
        String report;
        String hash = "";
        try {
            byte[] content = content(file, exchange);
            hash = Sha256.hex(content);
            report = judge(new Clerk(partner, agency), content, Sha256.hex(name.getBytes(StandardCharsets.UTF_8)));
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
        String look = exchange.getFromRouteId() + "/" + name;
        if (!hash.equals(judged.put(look, hash))) {
            throw new DropPolls.StillToCheck();
        }
        judged.remove(look);
        polls.check(partner);
        exchange.setProperty("dropTo", to);
        exchange.getMessage().setHeader(Exchange.FILE_NAME, to + "/" + name + ".report.csv");
        return report;
    }

    /** What a file is called from when it is taken on, behind the time. */
    public String named(Exchange exchange) {
        return shortened(
                Objects.requireNonNull(exchange.getProperty(FileComponent.FILE_EXCHANGE_FILE, GenericFile.class))
                        .getFileNameOnly());
    }

    /** What is cut off is told apart by its mark. */
    static String shortened(String name) {
        if (bytes(name) <= LONGEST_NAME) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String ending = dot < 0 || bytes(name.substring(dot)) > LONGEST_ENDING ? "" : name.substring(dot);
        String mark = "~" + Sha256.hex(name.getBytes(StandardCharsets.UTF_8)).substring(0, 8) + ending;
        String stem = name.substring(0, name.length() - ending.length());
        while (bytes(stem + mark) > LONGEST_NAME) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        return stem + mark;
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    private String judge(Clerk clerk, byte[] content, String takenAs) {
        ResultFile file = ResultFile.read(content);
        refuseCut(content);
        ResultFiles.Kept kept = files.keepDropped(clerk, ResultFile.key(content), file, takenAs);
        files.finish(kept.id());
        return DropReport.of(RowOutcome.of(files.judged(kept.id()), "vi"), kept.before());
    }

    private byte[] content(GenericFile<?> file, Exchange exchange) throws IOException {
        if (!(file.getFile() instanceof File local)) {
            return bounded(Objects.requireNonNull(exchange.getIn().getBody(InputStream.class)));
        }
        if (!Files.isRegularFile(local.toPath(), LinkOption.NOFOLLOW_LINKS)) {
            throw refused("no-file", new Text("Đây không phải một tệp thường.", "This is no regular file."));
        }
        try {
            return bounded(Files.newInputStream(local.toPath(), LinkOption.NOFOLLOW_LINKS));
        } catch (AccessDeniedException closed) {
            throw refused(
                    "unreadable",
                    new Text(
                            "Bồ Câu không được phép đọc tệp này: hãy cho nhóm của thư mục quyền đọc rồi thả lại.",
                            "Bồ Câu may not read this file: let the folder's group read it, and drop it again."));
        }
    }

    private byte[] bounded(InputStream file) throws IOException {
        try (InputStream in = file) {
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

    /** Half a row is a right one at times: a code without its address, an amount without its last digits. */
    private static void refuseCut(byte[] content) {
        boolean text = content.length > 0 && !Sheet.isZip(content);
        if (text && content[content.length - 1] != '\n' && content[content.length - 1] != '\r') {
            throw refused(
                    "cut-off",
                    new Text(
                            "Dòng cuối không có dấu xuống dòng, nên tệp có thể bị cắt: hãy kết thúc dòng cuối bằng Enter.",
                            "The last row does not end with a line break, so the file may be cut off: end it with Enter."));
        }
    }

    private static Refused refused(String code, Text why) {
        return new Refused(Refused.Ground.MALFORMED, code, List.of(new Refused.Flaw("file", why)));
    }
}
