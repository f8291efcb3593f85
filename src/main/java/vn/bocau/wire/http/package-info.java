/**
 * What all doors over HTTP share: errors as RFC 9457 problems, told in one place, limits on what is read, the reader's
 * language, security headers, and the pages to sign in on.
 */
@org.jspecify.annotations.NullMarked
package vn.bocau.wire.http;
