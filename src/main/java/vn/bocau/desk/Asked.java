package vn.bocau.desk;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import vn.bocau.code.Sha256;

/**
 * Of what the clerk ticked, what is asked about once more before it is done. A yes holds for these, and for no others that
 * happen to be as many.
 *
 * @param many how many they are
 * @param yes what the box says when it is ticked: tells these from any others
 */
record Asked(int many, String yes) {

    static Asked about(Collection<?> which) {
        String all = String.join(
                "\n", which.stream().map(Object::toString).distinct().sorted().toList());
        return new Asked(which.size(), Sha256.hex(all.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether there is nothing to ask, or this was the answer to it. */
    boolean isAnswered(String said) {
        return many == 0 || said.equals(yes);
    }
}
