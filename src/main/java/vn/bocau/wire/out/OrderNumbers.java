package vn.bocau.wire.out;

import vn.bocau.journal.Sending;

/** What partners call what we ask of them. */
interface OrderNumbers {

    /** The same message, with what the partner calls the order it is about, when it has said so. */
    Sending named(Sending sending);

    /** What it answered to an order; empty when it named nothing. */
    void learn(Sending sending, String theirs);

    /** What a carrier calls the order that we call {@code ours}, as its list of orders says; empty when it does not. */
    void learn(String partner, String ours, String theirs);
}
