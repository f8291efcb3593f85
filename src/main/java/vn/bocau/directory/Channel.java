package vn.bocau.directory;

/** How a dossier was filed (KenhThucHien): decides the fee. */
public enum Channel {
    /** At the desk, KenhThucHien 1. */
    DIRECT,
    /** On the portal, KenhThucHien 2. */
    ONLINE,
    /** Through the public post, KenhThucHien 3. */
    POST
}
