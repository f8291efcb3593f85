package vn.bocau.wire.mapping;

import vn.bocau.code.Text;
import vn.bocau.directory.LoadReport;

/** A file of {@code mappings/} that cannot be used. */
final class WrongMapping extends IllegalStateException {

    private final String name;
    private final int line;
    private final Text why;

    /**
     * @param what is wrong with it, in a few words
     * @param line counted from 1; 0 when nobody knows
     * @param detail what the compiler said of the file, in its own words; empty when it said nothing
     */
    WrongMapping(String name, Text what, int line, Text detail) {
        super("mappings/" + name + ": " + why(what.en(), detail.en()));
        this.name = name;
        this.line = line;
        this.why = new Text(why(what.vi(), detail.vi()), why(what.en(), detail.en()));
    }

    WrongMapping(String name, Text what, int line, String detail) {
        this(name, what, line, new Text(detail, detail));
    }

    /** The first line of what was said; what follows is a list of everything that would have been right. */
    private static String why(String what, String detail) {
        return detail.lines().findFirst().map(first -> what + ": " + first).orElse(what);
    }

    LoadReport.Refusal refusal() {
        return new LoadReport.Refusal(
                "mappings/" + name,
                line,
                new Text("Tệp này không dùng được: " + why.vi(), "This file cannot be used: " + why.en()));
    }
}
