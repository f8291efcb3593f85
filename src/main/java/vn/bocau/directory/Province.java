package vn.bocau.directory;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A province or centrally run city, while its code had this meaning.
 *
 * @param code two digits, NSO. 44 meant Quảng Bình until 2025-06-30 and means the merged Quảng Trị since
 * @param from first day
 * @param to last day; null when it still holds
 */
public record Province(
        String code,
        String name,
        String fullName,
        LocalDate from,
        @Nullable LocalDate to) {}
