/** The postal worker's interface: worklists, and batches of handlings made without signal. */
@org.jspecify.annotations.NullMarked
package vn.bocau.scan;
