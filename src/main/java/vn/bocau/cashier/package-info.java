/**
 * The pages of the money, the same for both sides: the supervisor of a post office sees what is taken at its doors and gives
 * it to the agencies by slip, the clerk of an agency counts it, an operator looks on.
 */
@org.jspecify.annotations.NullMarked
package vn.bocau.cashier;
