/** {@code /carrier/<partner>/events}: carriers that tell us of their own accord what happened. */
@NullMarked
package vn.bocau.wire.http.carrier;

import org.jspecify.annotations.NullMarked;
