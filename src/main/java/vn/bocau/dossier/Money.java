package vn.bocau.dossier;

/** What is taken at a door, by whose it is. */
public enum Money {
    /** Phí and lệ phí: the agency's. */
    FEE,
    /** Cước: the post's. */
    POSTAGE,
    /** Tiền thu hộ: a third's, the payee named when the item was sent. */
    COD
}
