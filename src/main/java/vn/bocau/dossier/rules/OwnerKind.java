package vn.bocau.dossier.rules;

/** Who can owe the next act. */
public enum OwnerKind {
    /** Owner: the office's code. */
    POST_OFFICE,
    /** Owner: the code of the office the worker belongs to. */
    POSTAL_WORKER,
    /** Owner: the agency's id. */
    AGENCY,
    /** Owner: the word {@code citizen}, never a name. */
    CITIZEN,
    /** Owner: the carrier's partner id. */
    CARRIER,
    /** Owner: the word {@code operator}. */
    OPERATOR,
    /** Owner: the code of the office the supervisor answers for. */
    SUPERVISOR
}
