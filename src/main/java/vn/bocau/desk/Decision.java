package vn.bocau.desk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;

/**
 * What a clerk decides about a dossier, as one of the forms of desk/deciding.html and desk/decide.html says it. A box that is not
 * ticked is not sent: null is no. Of what is decided about a dossier, {@code seen} says how it stood on the page.
 */
sealed interface Decision {

    /** What is wrong with these is mended by doing without the post. */
    Set<String> BY_POST = Set.of("byPost", "returnPapers", "office");

    /** As {@link Clerks} takes it, such as {@code receive}. */
    String act();

    /** Which page was filled in: the idempotency key. */
    @Nullable
    String form();

    /** Adds what is decided to what names the dossier: nothing, where the act says it all. */
    default ObjectNode said(ObjectNode named) {
        return named;
    }

    /** For a form that has to be filled in again, what was entered. */
    default void entered(Model page) {}

    /** On the page, the field that a flaw of what was said is about. */
    String field(String pointer);

    /**
     * @param appointment ISO 8601
     * @param rest the appointment that was asked about already, because nobody is at the agency on that day
     */
    record Receive(
            @Nullable String form,
            @Nullable String seen,
            @Nullable String appointment,
            @Nullable String rest) implements Decision {

        @Override
        public String act() {
            return "receive";
        }

        @Override
        public ObjectNode said(ObjectNode named) {
            return named.put("seen", stripped(seen)).put("appointment", stripped(appointment));
        }

        @Override
        public void entered(Model page) {
            page.addAttribute("appointment", appointment);
        }

        @Override
        public String field(String pointer) {
            return "appointment";
        }
    }

    /** @param missing one paper a line */
    record Supplement(
            @Nullable String form,
            @Nullable String seen,
            @Nullable String missing,
            @Nullable String reason,
            @Nullable Boolean originals,
            @Nullable Boolean byPost)
            implements Decision {

        @Override
        public String act() {
            return "supplement";
        }

        @Override
        public ObjectNode said(ObjectNode named) {
            ObjectNode said = named.put("seen", stripped(seen))
                    .put("reason", stripped(reason))
                    .put("byPost", ticked(byPost));
            said.putArray("papers");
            lines(missing)
                    .forEach(name -> said.withArray("papers")
                            .addObject()
                            .put("name", name)
                            .put("original", ticked(originals))
                            .put("count", 1));
            return said;
        }

        @Override
        public void entered(Model page) {
            page.addAttribute("missing", missing);
            page.addAttribute("reason", reason);
            page.addAttribute("originals", ticked(originals));
            page.addAttribute("byPost", ticked(byPost));
        }

        @Override
        public String field(String pointer) {
            return pointer.contains("reason") ? "reason" : BY_POST.contains(pointer) ? "byPost" : "missing";
        }
    }

    /** @param carried by the post, with a leg of its own */
    record Transfer(
            @Nullable String form,
            @Nullable String seen,
            @Nullable String toAgency,
            @Nullable Boolean carried) implements Decision {

        @Override
        public String act() {
            return "transfer";
        }

        @Override
        public ObjectNode said(ObjectNode named) {
            return named.put("seen", stripped(seen))
                    .put("toAgency", stripped(toAgency))
                    .put("byPost", ticked(carried));
        }

        @Override
        public void entered(Model page) {
            page.addAttribute("toAgency", toAgency);
            page.addAttribute("carried", ticked(carried));
        }

        @Override
        public String field(String pointer) {
            return "toAgency";
        }
    }

    /** @param reasons one a line */
    record Refuse(
            @Nullable String form,
            @Nullable String seen,
            @Nullable String reasons,
            @Nullable Boolean returnPapers) implements Decision {

        @Override
        public String act() {
            return "refuse";
        }

        @Override
        public ObjectNode said(ObjectNode named) {
            named.put("seen", stripped(seen))
                    .put("returnPapers", ticked(returnPapers))
                    .putArray("reasons");
            lines(reasons).forEach(named.withArray("reasons")::add);
            return named;
        }

        @Override
        public void entered(Model page) {
            page.addAttribute("reasons", reasons);
            page.addAttribute("returnPapers", ticked(returnPapers));
        }

        @Override
        public String field(String pointer) {
            return BY_POST.contains(pointer) ? "returnPapers" : "reasons";
        }
    }

    /** The dossier has been decided since its papers were turned away: they lie with the agency now. */
    record Take(@Nullable String form) implements Decision {

        @Override
        public String act() {
            return "take";
        }

        @Override
        public String field(String pointer) {
            return "take";
        }
    }

    /** The papers came after the dossier had gone on to another agency: they follow it there. */
    record Forward(@Nullable String form) implements Decision {

        @Override
        public String act() {
            return "resend";
        }

        @Override
        public String field(String pointer) {
            return "forward";
        }
    }

    /** Nothing more is to be done with the papers, such as when the citizen has fetched them. */
    record Settle(@Nullable String form, @Nullable String reason) implements Decision {

        @Override
        public String act() {
            return "settle";
        }

        @Override
        public ObjectNode said(ObjectNode named) {
            return named.put("reason", stripped(reason));
        }

        @Override
        public void entered(Model page) {
            page.addAttribute("reason", reason);
        }

        @Override
        public String field(String pointer) {
            return "reason";
        }
    }

    private static boolean ticked(@Nullable Boolean box) {
        return Boolean.TRUE.equals(box);
    }

    private static String stripped(@Nullable String entered) {
        return entered == null ? "" : entered.strip();
    }

    private static List<String> lines(@Nullable String entered) {
        return stripped(entered)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
