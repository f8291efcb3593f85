/**
 * The postal worker's interface and the supervisor's: worklists, batches of handlings made without signal, shifts and cash,
 * phones, and what a post office has to decide.
 */
@org.jspecify.annotations.NullMarked
package vn.bocau.scan;
