package vn.bocau.track;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.bocau.code.Refused;
import vn.bocau.dossier.CitizenLanguages;
import vn.bocau.dossier.Notices;
import vn.bocau.dossier.rules.Choice;
import vn.bocau.track.Asking.View;
import vn.bocau.track.Places.Place;
import vn.bocau.wire.http.signin.TooManyAttempts;

/**
 * What a citizen asks for on one leg, one thing a page: chosen, read over and confirmed with the last digits of the
 * telephone, and said to be done. Nothing is kept between the pages but what stands in the form.
 */
@Controller
@RequestMapping("/track/{link}/{no:[0-9]{1,6}}/{act:day|address|office|link}")
class ActPage {

    private static final String CHOOSE = "track-choose";
    private static final String CONFIRM = "track-confirm";
    private static final String DONE = "/done";
    private static final int LONGEST = 200;

    private final Asking asking;
    private final Places places;
    private final Forms forms;
    private final CitizenLanguages languages;
    private final Notices notices;

    ActPage(Asking asking, Places places, Forms forms, CitizenLanguages languages, Notices notices) {
        this.notices = notices;
        this.languages = languages;
        this.asking = asking;
        this.places = places;
        this.forms = forms;
    }

    /** A page of one act. */
    enum Act {
        DAY("day", Choice.DAY),
        ADDRESS("address", Choice.ADDRESS),
        OFFICE("hold", Choice.OFFICE),
        LINK("link", null);

        final String kind;
        final @Nullable Choice choice;

        Act(String kind, @Nullable Choice choice) {
            this.kind = kind;
            this.choice = choice;
        }

        static Act of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        /** A link may be asked for whatever else may, where somebody can be sent one. */
        boolean isOffered(View view) {
            if (choice == null) {
                return view.offer().messages();
            }
            return view.offer().choices().contains(choice)
                    && !(this == ADDRESS && view.offer().movesElsewhere(view.byMessage()));
        }
    }

    /**
     * What was written, from page to page. Personal data.
     *
     * @param place the commune in words
     * @param commune its code, once it is certain
     */
    record Written(String day, String street, String place, String commune) {

        static final Written NOTHING = new Written("", "", "", "");

        Written in(Place certain) {
            return new Written(day, street, place, certain.code());
        }

        /** Without anything personal. */
        @Override
        public String toString() {
            return "Written[" + day + " " + commune + "]";
        }
    }

    /** A day to choose. */
    record Day(String value, String text) {}

    @ModelAttribute("light")
    boolean light() {
        return true;
    }

    @GetMapping
    String open(
            Model page,
            HttpServletResponse response,
            Locale locale,
            @PathVariable String link,
            @PathVariable int no,
            @PathVariable String act) {
        Optional<View> found = asking.view(link, no);
        if (found.isEmpty()) {
            return noLink(page, response);
        }
        View view = found.get();
        Act asked = Act.of(act);
        shared(page, link, view, asked, locale);
        if (!asked.isOffered(view)) {
            return late(page, response);
        }
        return first(page, view, asked, Written.NOTHING, Map.of(), locale);
    }

    @PostMapping
    String go(
            Model page,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale,
            @PathVariable String link,
            @PathVariable int no,
            @PathVariable String act,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String street,
            @RequestParam(defaultValue = "") String place,
            @RequestParam(defaultValue = "") String commune,
            @RequestParam(defaultValue = "") String digits,
            @RequestParam @Nullable String form) {
        Optional<View> found = asking.view(link, no);
        if (found.isEmpty()) {
            return noLink(page, response);
        }
        View view = found.get();
        Act asked = Act.of(act);
        shared(page, link, view, asked, locale);
        var written = new Written(day, street.strip(), place.strip(), commune);
        boolean anyDay = asked != Act.DAY || parsed(day).isPresent();
        if (form != null && anyDay) {
            return confirmed(page, request, response, locale, view, asked, written, digits.strip(), form);
        }
        if (!asked.isOffered(view)) {
            return late(page, response);
        }
        return chosen(page, response, locale, view, asked, written);
    }

    @GetMapping("/done")
    String done(
            Model page,
            HttpServletResponse response,
            Locale locale,
            @PathVariable String link,
            @PathVariable int no,
            @PathVariable String act,
            @RequestParam(defaultValue = "") String seal) {
        Optional<View> found = asking.view(link, no);
        if (found.isEmpty()) {
            return noLink(page, response);
        }
        View view = found.get();
        Act asked = Act.of(act);
        shared(page, link, view, asked, locale);
        boolean open = isSealed(asked) && !forms.isGood(seal, address(page) + DONE)
                || asked == Act.DAY && view.offer().agreed() == null
                || asked == Act.OFFICE && !view.offer().held();
        if (open) {
            return "redirect:/track/" + link;
        }
        page.addAttribute("morning", notices.from()).addAttribute("night", notices.until());
        return "track-done";
    }

    /** What was chosen is looked at; when it will do, it is read over. */
    private String chosen(
            Model page, HttpServletResponse response, Locale locale, View view, Act act, Written written) {
        Map<String, String> wrong = new LinkedHashMap<>();
        Written sure = written;
        if (act == Act.DAY && !isOffered(view, written.day())) {
            wrong.put("day", "track.act.day.choose");
        }
        if (act == Act.ADDRESS) {
            if (!view.byMessage()) {
                return first(page, view, act, Written.NOTHING, wrong, locale);
            }
            if (written.street().isEmpty() || written.street().length() > LONGEST) {
                wrong.put("street", "track.act.street.missing");
            }
            Optional<Place> certain = certain(page, written, wrong, locale);
            sure = certain.map(written::in).orElse(written);
        }
        if (!wrong.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return first(page, view, act, written, wrong, locale);
        }
        return confirm(page, sure, Map.of(), locale);
    }

    /** The commune that was chosen, or that the words name for certain; else what it may be is offered. */
    private Optional<Place> certain(Model page, Written written, Map<String, String> wrong, Locale locale) {
        if (!written.commune().isEmpty()) {
            Optional<Place> chosen = places.of(written.commune());
            if (chosen.isPresent()) {
                return chosen;
            }
        }
        Places.Read read = places.read(written.place());
        if (read.certain() != null) {
            page.addAttribute("rewritten", read.certain().why());
            return Optional.of(read.certain());
        }
        page.addAttribute("choices", read.choices());
        page.addAttribute("why", read.why() == null ? "" : read.why().in(locale));
        wrong.put(read.choices().isEmpty() ? "place" : "commune", "");
        return Optional.empty();
    }

    private String confirmed(
            Model page,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale,
            View view,
            Act act,
            Written written,
            String digits,
            String form) {
        if (!forms.isGood(form, address(page))) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return confirm(page, written, Map.of("digits", "track.act.form"), locale);
        }
        try {
            if (!digits.matches("[0-9]{4}")) {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                return confirm(page, written, Map.of("digits", "track.wrong.four"), locale);
            }
            if (!asking.knows(view, digits, request.getRemoteAddr())) {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                return confirm(page, written, Map.of("digits", "track.act.digits.wrong"), locale);
            }
            asking.bring(view, act.kind, form, said(act, written));
            languages.chosen(view.dossier(), locale.getLanguage());
            return "redirect:" + done(page, act);
        } catch (TooManyAttempts many) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(many.pause().toSeconds()));
            page.addAttribute("minutes", many.pause().toMinutes() + 1);
            return confirm(page, written, Map.of("digits", "track.wrong.too-many"), locale);
        } catch (Refused refused) {
            return refused(page, response, locale, view, act, written, refused);
        }
    }

    /** Something that can be written otherwise is asked again; all else is too late. */
    private String refused(
            Model page,
            HttpServletResponse response,
            Locale locale,
            View view,
            Act act,
            Written written,
            Refused refused) {
        String said = refused.flaws().get(0).wrong().in(locale);
        page.addAttribute("why", said);
        boolean otherwise = refused.ground() == Refused.Ground.RULE || refused.ground() == Refused.Ground.MALFORMED;
        if (otherwise && chooses(view, act)) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            String field =
                    act == Act.DAY ? "day" : refused.flaws().get(0).field().endsWith("street") ? "street" : "place";
            return first(page, view, act, written, Map.of(field, ""), locale);
        }
        // Nothing was chosen that could be chosen otherwise: the form was used for something else before.
        if (otherwise) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return confirm(page, written, Map.of("digits", "track.act.form"), locale);
        }
        response.setStatus(HttpStatus.CONFLICT.value());
        return "track-late";
    }

    private static boolean chooses(View view, Act act) {
        return act == Act.DAY || act == Act.ADDRESS && view.byMessage();
    }

    private static ObjectNode said(Act act, Written written) {
        ObjectNode said = Asking.nothing();
        if (act == Act.DAY) {
            said.put("day", written.day());
        } else if (act == Act.ADDRESS) {
            said.putObject("address").put("commune", written.commune()).put("street", written.street());
        }
        return said;
    }

    private static boolean isOffered(View view, String day) {
        return parsed(day).filter(view.offer().days()::contains).isPresent();
    }

    private static Optional<LocalDate> parsed(String day) {
        try {
            return Optional.of(LocalDate.parse(day));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    /** Where something is to be chosen; the others are confirmed at once. */
    private String first(Model page, View view, Act act, Written written, Map<String, String> wrong, Locale locale) {
        if (!chooses(view, act)) {
            return act == Act.ADDRESS
                    ? "redirect:" + address(page).replaceFirst("/address$", "/link")
                    : confirm(page, written, wrong, locale);
        }
        page.addAttribute("written", written);
        page.addAttribute("wrong", wrong);
        page.addAttribute(
                "days",
                view.offer().days().stream()
                        .map(day -> new Day(day.toString(), day(day, locale)))
                        .toList());
        return CHOOSE;
    }

    private String confirm(Model page, Written written, Map<String, String> wrong, Locale locale) {
        page.addAttribute("written", written);
        page.addAttribute("wrong", wrong);
        page.addAttribute(
                "day", parsed(written.day()).map(day -> day(day, locale)).orElse(""));
        page.addAttribute("there", places.of(written.commune()).orElse(null));
        page.addAttribute("form", forms.next(address(page)));
        return CONFIRM;
    }

    private static String day(LocalDate day, Locale locale) {
        return DateTimeFormatter.ofPattern("EEEE dd/MM/yyyy", locale).format(day);
    }

    /** Where it is said to be done: with a seal of ours, where nothing that can be looked at shows that it was. */
    private String done(Model page, Act act) {
        String done = address(page) + DONE;
        return isSealed(act) ? done + "?seal=" + forms.next(done) : done;
    }

    private static boolean isSealed(Act act) {
        return act == Act.ADDRESS || act == Act.LINK;
    }

    private static String address(Model page) {
        return String.valueOf(page.getAttribute("here"));
    }

    private static void shared(Model page, String link, View view, Act act, Locale locale) {
        String word = act.name().toLowerCase(Locale.ROOT);
        page.addAttribute("link", link);
        page.addAttribute("act", word);
        page.addAttribute("leg", view.offer().no());
        page.addAttribute("here", "/track/" + link + "/" + view.offer().no() + "/" + word);
        page.addAttribute("kind", view.offer().kind().name());
        page.addAttribute("office", view.offer().office());
        page.addAttribute("from", day(view.offer().from(), locale));
        page.addAttribute("until", day(view.offer().until(), locale));
        page.addAttribute(
                "agreed", view.offer().agreed() == null ? "" : day(view.offer().agreed(), locale));
        page.addAttribute("choices", List.of());
        page.addAttribute("why", "");
        page.addAttribute("rewritten", null);
    }

    private static String late(Model page, HttpServletResponse response) {
        response.setStatus(HttpStatus.CONFLICT.value());
        return "track-late";
    }

    private static String noLink(Model page, HttpServletResponse response) {
        response.setStatus(HttpStatus.NOT_FOUND.value());
        page.addAttribute("code", "");
        page.addAttribute("wrong", Map.of("code", "no-link"));
        return "track";
    }
}
