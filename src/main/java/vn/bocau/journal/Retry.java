package vn.bocau.journal;

import java.util.UUID;

/** An operator lets a parked message try again. */
public record Retry(UUID message, String by, String reason) {}
