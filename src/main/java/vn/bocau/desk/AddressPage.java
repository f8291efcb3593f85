package vn.bocau.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.directory.AddressGuard.Candidate;
import vn.bocau.directory.AddressGuard.Verdict;
import vn.bocau.directory.Directories;
import vn.bocau.dossier.AgencyLegs;
import vn.bocau.dossier.AgencyLegs.Row;

/** Where one item goes is put right, or where what came back is sent anew: the communes it may be are offered, each with what speaks for it. */
@Controller
@RequestMapping("/desk/items/{leg}/address")
class AddressPage {

    private static final Set<String> ANEW = Set.of("DECIDE_ON_RETURN", "REISSUE");

    private static final Text CHOOSE = new Text(
            "Hãy chọn xã, phường; hoặc chọn nơi khác và ghi ở dưới.",
            "Choose a commune; or another one, and write it below.");

    /** The item has moved on: what the button says now is another act than the one that was pressed. */
    private static final Text MOVED_ON = new Text(
            "Trong khi trang này mở, bưu gửi đã sang bước khác; hãy xem lại rồi mới bấm.",
            "The item has moved on while this page was open; look again before you press.");

    /** None of those offered: the one that was written instead. */
    private static final String OTHER = "other";

    private final AgencyLegs legs;
    private final Clerks clerks;
    private final Directories directories;

    AddressPage(AgencyLegs legs, Clerks clerks, Directories directories) {
        this.legs = legs;
        this.clerks = clerks;
        this.directories = directories;
    }

    /**
     * What the clerk has written. Personal data.
     *
     * @param commune code of one that was offered, or {@code other}
     * @param place the commune in words, with its province; for {@code other}
     */
    record Written(String name, String phone, String street, String commune, String place) {

        static Written of(Row row) {
            return new Written(
                    row.name(),
                    row.phone(),
                    row.street(),
                    row.address().commune() == null
                            ? ""
                            : row.address().commune().code(),
                    "");
        }

        /** Without anything personal. */
        @Override
        public String toString() {
            return "Written[" + commune + "]";
        }
    }

    /** A commune to choose. */
    record Choice(String code, String name, @Nullable Text why) {}

    @GetMapping
    String form(Model page, Authentication who, @PathVariable UUID leg) {
        Row row = row(who, leg);
        return show(page, row, Written.of(row), choices(row.address()), Map.of());
    }

    @PostMapping
    String save(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @PathVariable UUID leg,
            @RequestParam(defaultValue = "") String form,
            @RequestParam(defaultValue = "") String shown,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String phone,
            @RequestParam(defaultValue = "") String street,
            @RequestParam(defaultValue = "") String commune,
            @RequestParam(defaultValue = "") String place) {
        var written = new Written(name, phone, street, commune, place);
        Optional<Row> found = legs.one(Clerk.of(who).agency(), leg);
        if (found.isEmpty()) {
            // Sent twice: what was to be done is done.
            next.addFlashAttribute("done", true);
            return "redirect:/desk/returns";
        }
        Row row = found.get();
        Map<String, String> wrong = new LinkedHashMap<>();
        List<Choice> choices = new ArrayList<>(choices(row.address()));
        String chosen = commune;
        if (!shown.equals(Boolean.toString(anew(row)))) {
            wrong.put("act", MOVED_ON.in(locale));
        } else if (chosen.isEmpty()) {
            wrong.put("commune", CHOOSE.in(locale));
        } else if (chosen.equals(OTHER)) {
            Verdict read = directories.current().addresses().check(place, null, LocalDate.now(DeskPages.VIETNAM));
            if (read.commune() == null) {
                choices(read).stream().filter(one -> !choices.contains(one)).forEach(choices::add);
                wrong.put("commune", read.why() == null ? "" : read.why().in(locale));
            } else {
                chosen = read.commune().code();
            }
        }
        if (wrong.isEmpty()) {
            try {
                return anew(row)
                        ? sendAnew(who, form, row, party(written, chosen), next)
                        : correct(who, form, row, party(written, chosen), next);
            } catch (Refused refused) {
                refused.flaws()
                        .forEach(flaw -> wrong.putIfAbsent(
                                field(flaw.field()), flaw.wrong().in(locale)));
            }
        }
        response.setStatus(422);
        return show(page, row, written, choices, wrong);
    }

    private String correct(Authentication who, String form, Row row, ObjectNode party, RedirectAttributes next) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        said.put("dossier", row.dossier()).put("leg", row.leg().toString());
        said.set("party", party);
        clerks.say(Clerk.of(who), "correct", form, said);
        next.addFlashAttribute("corrected", row.dossier());
        next.addFlashAttribute("labelled", row.item());
        return "redirect:/desk/" + back(row);
    }

    /** What came back goes out once more, in an envelope of its own. */
    private String sendAnew(Authentication who, String form, Row row, ObjectNode party, RedirectAttributes next) {
        if (row.kind().code().equals("ORIGINALS_BACK")) {
            ObjectNode papers = JsonNodeFactory.instance.objectNode();
            papers.put("dossier", row.dossier())
                    .put("leg", row.leg().toString())
                    .set("party", party);
            next.addFlashAttribute(
                    "anew",
                    clerks.say(Clerk.of(who), "resend", form, papers)
                            .at("/legs/0/item")
                            .asText());
            return "redirect:/desk/handover";
        }
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        said.withArray("results").addObject().put("dossier", row.dossier()).set("receiver", party);
        JsonNode one = clerks.say(Clerk.of(who), "dispatch", form, said)
                .path("results")
                .path(0);
        List<Refused.Flaw> flaws = new ArrayList<>();
        one.path("flaws")
                .forEach(flaw -> flaws.add(new Refused.Flaw(
                        flaw.path("field").asText(),
                        new Text(flaw.path("vi").asText(), flaw.path("en").asText()))));
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.RULE, one.path("code").asText(), flaws);
        }
        next.addFlashAttribute("anew", one.path("item").asText());
        return "redirect:/desk/handover";
    }

    /** It goes out in another envelope: this one came back, was lost, or its carrier did not take it. */
    private static boolean anew(Row row) {
        return ANEW.contains(row.next().code()) || row.step().code().equals("CANCELLED");
    }

    private static String back(Row row) {
        return switch (row.step().code()) {
            case "READY" -> "handover";
            case "AWAITING_RESULT", "SHORT", "CANCELLED", "LOST" -> "results";
            default -> "returns";
        };
    }

    private Row row(Authentication who, UUID leg) {
        return legs.one(Clerk.of(who).agency(), leg)
                .filter(row -> !row.kind().code().equals("TRANSFER"))
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN,
                        "no-such-leg",
                        "",
                        "Cơ quan không còn gửi gì như vậy cho công dân.",
                        "The agency sends no such thing to a citizen any more."));
    }

    private static ObjectNode party(Written written, String commune) {
        ObjectNode party = JsonNodeFactory.instance
                .objectNode()
                .put("name", written.name().strip())
                .put("phone", written.phone().replaceAll("[\\s.-]", ""));
        party.putObject("address")
                .put("commune", commune)
                .put("street", written.street().strip());
        return party;
    }

    /** The field of the page that a door's field is about. */
    private static String field(String pointer) {
        String last = pointer.substring(pointer.lastIndexOf('/') + 1);
        return List.of("name", "phone", "street").contains(last) ? last : "commune";
    }

    private List<Choice> choices(Verdict verdict) {
        if (verdict.commune() != null) {
            return List.of(
                    new Choice(verdict.commune().code(), name(verdict.commune().code()), verdict.why()));
        }
        return verdict.candidates().stream()
                .map(Candidate::commune)
                .distinct()
                .map(commune -> new Choice(commune.code(), name(commune.code()), why(verdict, commune.code())))
                .toList();
    }

    private static @Nullable Text why(Verdict verdict, String code) {
        return verdict.candidates().stream()
                .filter(candidate -> candidate.commune().code().equals(code))
                .map(Candidate::why)
                .findFirst()
                .orElse(null);
    }

    /** With its province. */
    private String name(String code) {
        LocalDate today = LocalDate.now(DeskPages.VIETNAM);
        return directories
                .current()
                .commune(code, today)
                .map(commune -> directories
                        .current()
                        .province(commune.province(), today)
                        .map(province -> commune.fullName() + ", " + province.fullName())
                        .orElse(commune.fullName()))
                .orElse(code);
    }

    private static String show(Model page, Row row, Written written, List<Choice> choices, Map<String, String> wrong) {
        page.addAttribute("row", row);
        page.addAttribute("anew", anew(row));
        page.addAttribute("at", back(row));
        page.addAttribute("written", written);
        page.addAttribute("choices", choices);
        page.addAttribute("wrong", wrong);
        return "desk/address";
    }
}
