package vn.bocau.wire.mapping;

/** Which words are codes though they have no digit, as a name has none. */
@FunctionalInterface
public interface ClearWords {

    /** Whether it is a code of ours or somebody we know by it, whatever is typed into the field of a code. */
    boolean has(String word);
}
