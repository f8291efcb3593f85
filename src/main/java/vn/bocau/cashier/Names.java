package vn.bocau.cashier;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.directory.Agency;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.directory.Payee;
import vn.bocau.directory.PostOffice;
import vn.bocau.dossier.DossierMoney;
import vn.bocau.fee.Side;

/** What owners of money, post offices and carriers are called; what the directory does not know any more keeps its code. */
@Component
class Names {

    private static final String PAYEE = "PAYEE:";

    private final Directories directories;

    Names(Directories directories) {
        this.directories = directories;
    }

    public String agency(String id) {
        return directories.current().agency(id).map(Agency::name).orElse(id);
    }

    /** @param owner of money: an agency's id, POST, or PAYEE:id */
    public String owner(String owner) {
        if (owner.equals("POST")) {
            return "Bưu chính";
        }
        if (owner.equals(PAYEE + DossierMoney.NOBODY)) {
            return "Chưa rõ đơn vị thụ hưởng";
        }
        return payeeId(owner)
                .map(id -> payee(owner).map(Payee::name).orElse(id))
                .orElseGet(() -> agency(owner));
    }

    /** Of money that may be any of theirs. */
    public String owners(List<String> owners) {
        return owners.stream().map(this::owner).distinct().collect(Collectors.joining(", "));
    }

    /** What is known of a payee besides its name: by what it is told from others, and where it is paid. */
    public Optional<Payee> payee(String owner) {
        return payeeId(owner).flatMap(directories.current()::payee);
    }

    private static Optional<String> payeeId(String owner) {
        return owner.startsWith(PAYEE) ? Optional.of(owner.substring(PAYEE.length())) : Optional.empty();
    }

    /** What a kind of money is called in tables and on paper, whoever takes them away. */
    static String money(String money) {
        return switch (money) {
            case "FEE" -> "Phí, lệ phí";
            case "POSTAGE" -> "Cước";
            default -> "Tiền thu hộ (COD)";
        };
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
            case "PAYEE" -> owner(account);
            default -> id.equals("POST") ? "" : owner(id);
        };
    }
}
