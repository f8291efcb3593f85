package vn.bocau.wire.mapping;

/** A mapping that can do nothing with what it was given. Says where it fails, and quotes nothing. */
final class FailedMapping extends IllegalStateException {

    FailedMapping(String name, String how) {
        super("mappings/" + name + " " + how);
    }
}
