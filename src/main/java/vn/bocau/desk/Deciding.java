package vn.bocau.desk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.text.Collator;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
    private static final Text REST = new Text(
            "Ngày hẹn là thứ Bảy, Chủ nhật hoặc ngày nghỉ. Chọn ngày khác, hoặc đánh dấu để vẫn hẹn ngày này.",
            "The day is a Saturday, a Sunday or a holiday. Choose another, or tick to promise it all the same.");

    private final Clerks clerks;
    private final Directories directories;
    private final Deadlines deadlines;

    Deciding(Clerks clerks, Directories directories, Deadlines deadlines) {
        this.clerks = clerks;
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
    boolean isAsked(@Nullable String appointment, @Nullable String rest) {
        try {
            return appointment != null
                    && !appointment.equals(rest)
                    && !deadlines.desksWork().test(LocalDate.parse(appointment.strip()));
        } catch (DateTimeParseException noDay) {
            // The door says what would be right.
            return false;
        }
    }

    /**
     * Says it, unless it has to be asked about first.
     *
     * @param named the dossier, and what of it
     * @return what was wrong, by field of the page, which then shows again what was entered; empty when it is decided
     */
    Map<String, String> decide(Model page, Clerk clerk, Decision decision, ObjectNode named, Locale locale) {
        decision.entered(page);
        if (decision instanceof Decision.Receive receive && isAsked(receive.appointment(), receive.rest())) {
            page.addAttribute("rest", true);
            return Map.of("appointment", REST.in(locale));
        }
        try {
            clerks.say(clerk, decision.act(), Objects.requireNonNullElse(decision.form(), ""), decision.said(named));
            return Map.of();
        } catch (Refused refused) {
            Map<String, String> wrong = new LinkedHashMap<>();
            refused.flaws()
                    .forEach(flaw -> wrong.putIfAbsent(
                            flaw.field().equals("seen") ? "status" : decision.field(flaw.field()),
                            flaw.wrong().in(locale)));
            return wrong;
        }
    }

    static ObjectNode named(String dossier) {
        return JsonNodeFactory.instance.objectNode().put("dossier", dossier);
    }
}
