package vn.bocau.cashier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as people type them: {@code 28.000}, {@code 28 000}, {@code 28000 đ}. */
final class Amounts {

    private static final String FIELD = "line-";

    /** In groups of three or in one, and perhaps hundredths of a đồng that are none. */
    private static final Pattern AMOUNT =
            Pattern.compile("([0-9]{1,3}(?:[.,\\s\u00a0][0-9]{3}){1,4}|[0-9]{1,15})(?:[.,]0{1,2})?");

    private Amounts() {}

    /** Empty where a text is no amount in đồng, or may be two. */
    static Optional<Long> of(String text) {
        Matcher amount = AMOUNT.matcher(text.strip().replaceFirst("\\s*(đ|₫|VND|VNĐ)$", ""));
        return amount.matches()
                ? Optional.of(Long.parseLong(amount.group(1).replaceAll("[^0-9]", "")))
                : Optional.empty();
    }

    /** Fields {@code line-<no>} as lines of a count, in the order of their numbers; what is no amount stays as it was typed. */
    static void lines(ObjectNode counted, Map<String, String> said) {
        counted.putArray("lines");
        said.entrySet().stream()
                .filter(field -> field.getKey().matches(FIELD + "[0-9]{1,6}"))
                .sorted(Map.Entry.comparingByKey(
                        java.util.Comparator.comparingInt(name -> Integer.parseInt(name.substring(FIELD.length())))))
                .forEach(field -> {
                    ObjectNode line = counted.withArray("lines")
                            .addObject()
                            .put("no", Integer.parseInt(field.getKey().substring(FIELD.length())));
                    of(field.getValue())
                            .ifPresentOrElse(
                                    amount -> line.put("received", amount),
                                    () -> line.put("received", field.getValue()));
                });
    }
}
