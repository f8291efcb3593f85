package vn.bocau.journal;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The answer to an inbound message, given only after it was committed.
 *
 * @param answer what the first hearing of this message was answered
 * @param repeat whether this hearing was a repeat, and so changed nothing
 */
public record Receipt(JsonNode answer, boolean repeat) {}
