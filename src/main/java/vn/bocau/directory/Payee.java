package vn.bocau.directory;

import org.jspecify.annotations.Nullable;

/**
 * A third for whom the post takes COD (tiền thu hộ): a notary, a bank, a translation office; neither an agency nor the post.
 *
 * @param taxCode by which it is known to everybody who pays it
 * @param account where it is paid, in words of the bank; null when it fetches cash
 */
public record Payee(
        String id, String name, String taxCode, @Nullable String account) {}
