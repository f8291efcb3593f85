package vn.bocau.directory;

import org.jspecify.annotations.Nullable;

/**
 * An agency's one-stop desk (Bộ phận Một cửa) or a provincial Public Administration Service Centre.
 *
 * @param id its electronic identifier, such as {@code 000.00.12.H50}
 * @param commune where it stands, five digits
 * @param office code of the post office that serves it
 * @param partner its own system, told of arrivals and outcomes; null when it has none and works at our desk
 * @param portal the portal that shows its dossiers to the citizen; used for dossiers the portal did not announce itself
 */
public record Agency(
        String id,
        String name,
        String commune,
        String street,
        String phone,
        String office,
        @Nullable String partner,
        @Nullable String portal) {}
