package vn.bocau.wire.mapping;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON pointers (RFC 6901). */
final class Pointers {

    private Pointers() {}

    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** Null when it is none, or the one of the whole. */
    static @Nullable List<String> names(String pointer) {
        if (!pointer.startsWith("/")) {
            return null;
        }
        List<String> names = new ArrayList<>();
        for (String name : pointer.substring(1).split("/", -1)) {
            names.add(name.replace("~1", "/").replace("~0", "~"));
        }
        return names;
    }
}
