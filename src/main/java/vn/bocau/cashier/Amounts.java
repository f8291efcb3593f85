package vn.bocau.cashier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import vn.bocau.code.Vnd;

/** Amounts that somebody has counted and typed, a line each. */
final class Amounts {

    private static final String FIELD = "line-";

    private Amounts() {}

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
                    Vnd.read(field.getValue())
                            .ifPresentOrElse(
                                    amount -> line.put("received", amount),
                                    () -> line.put("received", field.getValue()));
                });
    }
}
