/** The doors to other systems, in and out: the entrance, JSON, secrets and outages that all of them share, and a package for each. Holds no rule of the domain. */
@org.jspecify.annotations.NullMarked
package vn.bocau.wire;
