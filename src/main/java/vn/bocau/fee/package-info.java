/**
 * The ledger of what citizens pay for dossiers that go by post: what is due, who has it, and that its owner got it. Fee
 * (phí, lệ phí) is the agency's, postage (cước) the post's, COD (tiền thu hộ) a third's; each đồng lies on one account, and goes from one to another by
 * double entry.
 */
@org.jspecify.annotations.NullMarked
package vn.bocau.fee;
