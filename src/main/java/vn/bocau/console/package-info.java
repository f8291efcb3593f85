/** The operator's interface: what waits, what failed, and the acts that mend it. */
@org.jspecify.annotations.NullMarked
package vn.bocau.console;
