/**
 * Access tokens of partners: the key that signs them, what they say and how long they are good. A partner that has proved
 * who it is has {@code ROLE_PARTNER}, and its id for a name.
 */
@org.jspecify.annotations.NullMarked
package vn.bocau.wire.http.token;
