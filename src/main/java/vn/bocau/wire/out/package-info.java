/** The lines out: which partners are told, and how each is spoken to. */
@org.jspecify.annotations.NullMarked
package vn.bocau.wire.out;
