package vn.bocau.wire.mapping;

import vn.bocau.code.OwnFault;

/** A mapping that can do nothing with what it was given. Says where it fails, and quotes nothing. */
final class FailedMapping extends OwnFault {

    FailedMapping(String name, String how) {
        super("mapping-failed", "mappings/" + name + " " + how);
    }
}
