/**
 * Every message in and out: the inbox (once only in), the outbox (nothing lost out), the relay to the broker, the
 * partners' lines with their holds and probes, and the operators' record. No word of the domain.
 */
@org.jspecify.annotations.NullMarked
package vn.bocau.journal;
