package vn.bocau.dossier.rules;

/** How far the evidence of a delivery is complete. */
public enum Proof {
    /** Everything the delivery's rule asks for is here. */
    COMPLETE,
    /** The worker named a signature or a photo that has not arrived yet. */
    PENDING,
    /** Something was not done or does not tally; waiting will not help. */
    LACKING
}
