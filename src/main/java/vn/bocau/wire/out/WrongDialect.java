package vn.bocau.wire.out;

import vn.bocau.code.Text;

/** A dialect that cannot be spoken: which file, and what is wrong with it. No message is at fault. */
final class WrongDialect extends RuntimeException {

    private final transient Text reason;

    WrongDialect(String file, String vi, String en) {
        super("mappings/" + file + " is wrong: " + en);
        this.reason = new Text("mappings/" + file + " sai: " + vi, "mappings/" + file + " is wrong: " + en);
    }

    Text reason() {
        return reason;
    }
}
