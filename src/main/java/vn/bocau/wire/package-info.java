/** The doors to other systems, in and out: how they are authenticated, what we accept, and how words are translated. Holds no rule of the domain. */
@org.jspecify.annotations.NullMarked
package vn.bocau.wire;
