package vn.bocau.directory;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A commune, ward or special zone, while its code had this meaning.
 *
 * @param code five digits, NSO; means nothing without a date. Three digits for Cồn Cỏ until 2025-06-30: a district that
 *     had no communes
 * @param fullName with its kind, such as {@code Phường Đông Hà}
 * @param district name of its district, for communes that ended on 2025-06-30; null since
 * @param from first day; for those that ended on 2025-06-30 only a day before any dossier, whenever they were founded
 * @param to last day; null when it still holds
 */
public record Commune(
        String code,
        String name,
        String fullName,
        String province,
        @Nullable String district,
        LocalDate from,
        @Nullable LocalDate to) {}
