/** A portal, two agency back offices, a one-stop system and a carrier that behave, and misbehave, like real ones. They know us only over the network. */
@org.jspecify.annotations.NullMarked
package vn.bocau.sandbox;
