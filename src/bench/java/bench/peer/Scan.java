package bench.peer;

import java.util.UUID;

/**
 * What a phone reports, as the peers take it: as many fields as ours needs.
 *
 * @param id made on the device; the same again is the same scan
 */
public record Scan(UUID id, long seq, String code, String item, String occurredAt) {}
