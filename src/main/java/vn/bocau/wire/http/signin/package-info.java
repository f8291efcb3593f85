/** Signing in by name and password, at whichever door: slowed down for who guesses, and told why when it fails. */
@org.jspecify.annotations.NullMarked
package vn.bocau.wire.http.signin;
