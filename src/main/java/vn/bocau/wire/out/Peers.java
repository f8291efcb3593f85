package vn.bocau.wire.out;

import org.springframework.stereotype.Component;
import vn.bocau.code.Unavailable;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.directory.Partner;
import vn.bocau.wire.Secrets;
import vn.bocau.wire.mapping.MappingSet;

/** The partners we speak to, each with its dialect and its secret. */
@Component
class Peers {

    private final Directories directories;
    private final Secrets secrets;

    Peers(Directories directories, Secrets secrets) {
        this.directories = directories;
        this.secrets = secrets;
    }

    /** @throws Unavailable when there is no such partner, or its dialect is not in order */
    Peer named(String id) {
        Directory directory = directories.current();
        Partner partner = directory
                .partner(id)
                .orElseThrow(() -> new Unavailable(
                        "partner-gone",
                        "không có đối tác " + id + " trong danh bạ",
                        "there is no partner " + id + " in the directory"));
        if (partner.dialect() == null) {
            throw new Unavailable(
                    "partner-without-dialect",
                    "đối tác " + id + " không có dialect",
                    "partner " + id + " has no dialect");
        }
        MappingSet mappings = directory.companion(MappingSet.class);
        try {
            return new Peer(partner, DialectFiles.of(mappings, partner.dialect()), mappings, secrets);
        } catch (WrongDialect wrong) {
            throw new Unavailable(
                    "dialect-wrong", wrong.reason().vi(), wrong.reason().en());
        }
    }
}
