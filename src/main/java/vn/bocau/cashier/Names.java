package vn.bocau.cashier;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.directory.Agency;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.directory.PostOffice;
import vn.bocau.fee.Side;

/** What agencies, post offices and carriers are called; what the directory does not know any more keeps its code. */
@Component
class Names {

    private final Directories directories;

    Names(Directories directories) {
        this.directories = directories;
    }

    public String agency(String id) {
        return directories.current().agency(id).map(Agency::name).orElse(id);
    }

    /** @param code of a post office, or a carrier's partner id */
    public String office(String code) {
        return directories
                .current()
                .office(code)
                .map(PostOffice::name)
                .or(() -> directories.current().partner(code).map(Partner::name))
                .orElse(code);
    }

    @Nullable
    String of(Side side) {
        if (side.agency() != null) {
            return agency(side.agency());
        }
        return side.office() == null ? null : office(side.office());
    }

    /** Of an account such as {@code POST:520100}, the name of who has it; empty for those that are nobody's. */
    public String holder(String account) {
        int colon = account.indexOf(':');
        if (colon < 0) {
            return "";
        }
        String id = account.substring(colon + 1);
        return switch (account.substring(0, colon)) {
            case "POST", "CARRIER" -> office(id);
            case "PORTAL" ->
                directories.current().partner(id).map(Partner::name).orElse(id);
            default -> id.equals("POST") ? "" : agency(id);
        };
    }
}
