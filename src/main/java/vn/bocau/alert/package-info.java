/** Calls people who are not looking: what began and ended that an operator has to know, told to whoever wakes them. */
@NullMarked
package vn.bocau.alert;

import org.jspecify.annotations.NullMarked;
