package vn.bocau.directory;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A post office (bưu cục).
 *
 * @param code six digits, the first two its VNPost province
 * @param carrier {@code OWN} when its workers use our worklists, else the id of the partner that carries for it
 * @param communes the communes it serves, five digits each, as of today
 * @param vnpostDistrict the four-digit VNPost district code old systems still send for it; null when none
 */
public record PostOffice(
        String code,
        String name,
        String commune,
        String street,
        String phone,
        String carrier,
        Set<String> communes,
        @Nullable Integer vnpostDistrict) {}
