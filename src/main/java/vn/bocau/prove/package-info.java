/**
 * {@code ./bocau prove}: starts the system as a user would, says things at its doors, breaks what it can, and compares what
 * the partners really received with what was really accepted. It shares no class with the hub.
 */
@org.jspecify.annotations.NullMarked
package vn.bocau.prove;
