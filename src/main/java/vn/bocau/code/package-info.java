/**
 * Value types that cannot be wrong, and the two ways a thing can fail that is not our bug: refused (the sender must
 * change something) and unavailable (the same thing may work later).
 */
@org.jspecify.annotations.NullMarked
package vn.bocau.code;
