package vn.bocau.dossier.rules;

import vn.bocau.code.Text;

/** Who can owe the next act. */
public enum OwnerKind {
    /** Owner: the office's code. */
    POST_OFFICE("bưu cục", "post offices"),
    /** Owner: the code of the office the worker belongs to. */
    POSTAL_WORKER("bưu tá", "postal workers"),
    /** Owner: the agency's id. */
    AGENCY("cơ quan", "agencies"),
    /** Owner: the word {@code citizen}, never a name. */
    CITIZEN("công dân", "citizens"),
    /** Owner: the carrier's partner id. */
    CARRIER("đơn vị vận chuyển", "carriers"),
    /** Owner: the word {@code operator}. */
    OPERATOR("trực vận hành", "operators"),
    /** Owner: the code of the office the supervisor answers for. */
    SUPERVISOR("tổ trưởng", "supervisors");

    private final Text all;

    OwnerKind(String vi, String en) {
        all = new Text(vi, en);
    }

    /** All of them, within a sentence. */
    public Text all() {
        return all;
    }
}
