/**
 * Who may come in where: one class per area of addresses, with what guards it; what no area opens is closed. People
 * come by an account ({@code people}) and sign in as {@code signin} says, partners by a {@code token} or a signature.
 */
@org.jspecify.annotations.NullMarked
package vn.bocau.wire.http.access;
