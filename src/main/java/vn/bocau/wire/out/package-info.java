/**
 * What we say to partners, each in its dialect. The files of {@code mappings/<dialect>/} say everything about a
 * dialect; the Java here knows how to carry: HTTP, SOAP, logins, feeds.
 */
@org.jspecify.annotations.NullMarked
package vn.bocau.wire.out;
