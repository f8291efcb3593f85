package vn.bocau.sandbox;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The sandbox's pages of partners: what each received, and how it behaves. */
@Controller
class Pages {

    private static final int SHOWN = 50;

    record TwinLine(String id, String name, int received, Manner manner) {}

    /** @param text in the words that fit this partner */
    record Manner(String mode, String text) {}

    record Line(
            int n,
            String at,
            String what,
            boolean fresh,
            @Nullable String dossier,
            String content) {

        static Line of(Received.Entry entry) {
            return new Line(
                    entry.n(),
                    When.received(entry.receivedAt()),
                    entry.what(),
                    entry.fresh(),
                    entry.dossier(),
                    entry.what().equals("message")
                            ? Notifier.shown(entry.content())
                            : entry.content().toString());
        }
    }

    /** How a partner is to behave, as it was typed. */
    record Wish(String mode, String minutes, String every) {

        private static final int LONGEST = 1440;
        private static final int RAREST = 1000;

        /** What is wrong, by the id of the field to mend. */
        Map<String, String> wrong(Twin twin, MessageSource texts, Locale locale) {
            Map<String, String> wrong = new LinkedHashMap<>();
            if (twin.modes.stream().noneMatch(m -> m.name().equals(mode))) {
                wrong.put("mode", texts.getMessage("twin.manner.choose", null, locale));
            }
            number(minutes, 0, LONGEST, texts, locale).ifPresent(text -> wrong.put("minutes", text));
            number(every, 1, RAREST, texts, locale).ifPresent(text -> wrong.put("every", text));
            return wrong;
        }

        private static Optional<String> number(String typed, int least, int most, MessageSource texts, Locale locale) {
            boolean right =
                    typed.matches("\\d{1,4}") && Integer.parseInt(typed) >= least && Integer.parseInt(typed) <= most;
            return right
                    ? Optional.empty()
                    : Optional.of(texts.getMessage(
                            "twin.number", new Object[] {String.valueOf(least), String.valueOf(most)}, locale));
        }
    }

    private final Received received;
    private final Manners manners;
    private final OneStop oneStop;
    private final Controls controls;
    private final MessageSource texts;

    Pages(Received received, Manners manners, OneStop oneStop, Controls controls, MessageSource texts) {
        this.received = received;
        this.manners = manners;
        this.oneStop = oneStop;
        this.controls = controls;
        this.texts = texts;
    }

    @GetMapping("/")
    String home(Model page, Locale locale) {
        page.addAttribute(
                "twins",
                Arrays.stream(Twin.values())
                        .map(t -> new TwinLine(
                                t.id,
                                name(t, locale),
                                received.all(t.id).size(),
                                manner(t, manners.of(t).mode(), locale)))
                        .toList());
        return "home";
    }

    @GetMapping("/twins/{id}")
    String twin(@PathVariable String id, Model page, Locale locale) {
        Twin twin = TwinApi.known(id);
        return twin(twin, new Wish(manners.of(twin).mode().name(), "0", "1"), Map.of(), page, locale);
    }

    @PostMapping(path = "/twins/{id}", params = "act=manners")
    String manners(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String mode,
            @RequestParam(defaultValue = "") String minutes,
            @RequestParam(defaultValue = "") String every,
            Model page,
            Locale locale) {
        Twin twin = TwinApi.known(id);
        var wish = new Wish(mode, minutes, every);
        Map<String, String> wrong = wish.wrong(twin, texts, locale);
        if (!wrong.isEmpty()) {
            return twin(twin, wish, wrong, page, locale);
        }
        manners.set(twin, Manners.Mode.valueOf(mode), Integer.parseInt(minutes), Integer.parseInt(every));
        return "redirect:/twins/" + id;
    }

    @PostMapping(path = "/twins/{id}", params = "act=forget")
    String forget(@PathVariable String id, @RequestParam(defaultValue = "") String sure, Model page, Locale locale) {
        Twin twin = TwinApi.known(id);
        if (!sure.equals("yes")) {
            return twin(
                    twin,
                    new Wish(manners.of(twin).mode().name(), "0", "1"),
                    Map.of("sure", texts.getMessage("twin.forget.tick", null, locale)),
                    page,
                    locale);
        }
        received.forget(id);
        return "redirect:/twins/" + id;
    }

    /** A form that is none of ours. */
    @PostMapping("/twins/{id}")
    String unknown(@PathVariable String id) {
        TwinApi.known(id);
        throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "no such act");
    }

    /** The one-stop reads its feed when it likes: now. */
    @PostMapping(path = "/twins/qti-tthcc", params = "act=poll")
    String poll(Model page, Locale locale) {
        String why;
        try {
            oneStop.poll();
            return "redirect:/twins/qti-tthcc";
        } catch (UncheckedIOException away) {
            why = texts.getMessage("problem.hub", null, locale);
        } catch (ResponseStatusException down) {
            why = texts.getMessage("manner.DOWN.qti-tthcc", null, locale);
        }
        Wish now = new Wish(manners.of(Twin.ONE_STOP).mode().name(), "0", "1");
        return twin(Twin.ONE_STOP, now, Map.of("", String.valueOf(why)), page, locale);
    }

    private String twin(Twin twin, Wish wish, Map<String, String> wrong, Model page, Locale locale) {
        List<Received.Entry> newest = new ArrayList<>(received.all(twin.id));
        Collections.reverse(newest);
        page.addAttribute("id", twin.id);
        page.addAttribute("name", name(twin, locale));
        page.addAttribute("manner", manner(twin, manners.of(twin).mode(), locale));
        page.addAttribute(
                "modes",
                twin.modes.stream().map(mode -> manner(twin, mode, locale)).toList());
        page.addAttribute("without", texts.getMessage("twin.without." + twin.id, null, "", locale));
        page.addAttribute("wish", wish);
        String here =
                ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
        page.addAttribute("controls", controls.of(twin, here, locale));
        page.addAttribute("wrong", wrong);
        page.addAttribute(
                "entries",
                newest.subList(0, Math.min(SHOWN, newest.size())).stream()
                        .map(Line::of)
                        .toList());
        return "twin";
    }

    private Manner manner(Twin twin, Manners.Mode mode, Locale locale) {
        String usual = texts.getMessage("manner." + mode, null, locale);
        String own = texts.getMessage("manner." + mode + "." + twin.id, null, usual, locale);
        return new Manner(mode.name(), String.valueOf(own));
    }

    private static String name(Twin twin, Locale locale) {
        return locale.getLanguage().equals("en") ? twin.en : twin.vi;
    }
}
