package vn.bocau.desk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.text.Collator;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.directory.Agency;
import vn.bocau.directory.Directories;
import vn.bocau.dossier.rules.Deadlines;

/** What the forms say by which a clerk decides about a dossier (desk/deciding.html), whichever page they stand on. */
@Component
class Deciding {

    /** The day promised is one on which nobody is at the agency. */
    static final Text REST = new Text(
            "Ngày hẹn là thứ Bảy, Chủ nhật hoặc ngày nghỉ. Chọn ngày khác, hoặc đánh dấu để vẫn hẹn ngày này.",
            "The day is a Saturday, a Sunday or a holiday. Choose another, or tick to promise it all the same.");

    private final Directories directories;
    private final Deadlines deadlines;

    Deciding(Directories directories, Deadlines deadlines) {
        this.directories = directories;
        this.deadlines = deadlines;
    }

    /**
     * Adds what the forms show.
     *
     * @param base path they are sent to, before the name of what is decided
     * @param wrong by field of the page
     */
    void show(Model page, Clerk clerk, String base, Map<String, String> wrong) {
        page.addAttribute("base", base);
        page.addAttribute("wrong", wrong);
        page.addAttribute(
                "agencies",
                directories.current().agencies().stream()
                        .filter(agency -> !agency.id().equals(clerk.agency()))
                        .sorted(Comparator.comparing(Agency::name, Collator.getInstance(Locale.forLanguageTag("vi"))))
                        .toList());
    }

    /**
     * Nobody is at the agency at a weekend or on a holiday: promised by mistake, more often than not.
     *
     * @param rest the day that was asked about already
     */
    boolean isAsked(String appointment, String rest) {
        try {
            return !rest.equals(appointment) && !deadlines.desksWork().test(LocalDate.parse(appointment.strip()));
        } catch (DateTimeParseException noDay) {
            // The door says what would be right.
            return false;
        }
    }

    static ObjectNode named(String dossier) {
        return JsonNodeFactory.instance.objectNode().put("dossier", dossier);
    }

    /** @param reasons one a line */
    static ObjectNode refused(ObjectNode named, String reasons, boolean returnPapers) {
        named.put("returnPapers", returnPapers).putArray("reasons");
        lines(reasons).forEach(named.withArray("reasons")::add);
        return named;
    }

    /** @param missing one paper a line */
    static ObjectNode supplement(ObjectNode named, String missing, String reason, boolean originals, boolean byPost) {
        ObjectNode said = named.put("reason", reason.strip()).put("byPost", byPost);
        said.putArray("papers");
        lines(missing)
                .forEach(name -> said.withArray("papers")
                        .addObject()
                        .put("name", name)
                        .put("original", originals)
                        .put("count", 1));
        return said;
    }

    static ObjectNode transfer(String dossier, String toAgency, boolean byPost) {
        return named(dossier).put("toAgency", toAgency).put("byPost", byPost);
    }

    /** What was wrong, by the field of the page it is about. */
    static Map<String, String> wrong(String what, Refused refused, Locale locale) {
        Map<String, String> wrong = new LinkedHashMap<>();
        refused.flaws()
                .forEach(flaw -> wrong.putIfAbsent(
                        field(what, flaw.field()), flaw.wrong().in(locale)));
        return wrong;
    }

    private static String field(String what, String pointer) {
        return switch (what) {
            case "receive" -> "appointment";
            case "refuse" -> "reasons";
            case "transfer" -> "toAgency";
            case "take" -> "take";
            case "settle" -> "reason";
            default -> pointer.contains("reason") ? "reason" : "missing";
        };
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
