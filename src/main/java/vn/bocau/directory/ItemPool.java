package vn.bocau.directory;

/**
 * A range of serial numbers a carrier gave us for item identifiers (UPU S10).
 *
 * @param carrier {@code OWN} or a partner's id
 * @param service service indicator, two letters
 * @param first first serial, eight digits
 * @param last last serial, included
 * @param warnBelow an operator is warned when fewer are left
 */
public record ItemPool(String carrier, String service, int first, int last, int warnBelow) {}
