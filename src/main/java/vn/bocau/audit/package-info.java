/**
 * The record of what people did, saw and were refused: a chain of hashes in the database whose head is signed, and roots
 * of each day. Who changes it later is found out by {@code ./bocau audit verify}, with nothing but the rows and a public
 * key. It holds no personal data.
 */
@org.jspecify.annotations.NullMarked
package vn.bocau.audit;
