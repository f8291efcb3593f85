/**
 * Value types that cannot be wrong, and the three ways a thing can fail that is not our bug: refused (the sender must
 * change something), unavailable (the same thing may work later) and misconfigured (who starts us must).
 */
@org.jspecify.annotations.NullMarked
package vn.bocau.code;
