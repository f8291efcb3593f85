/** The portals' door: {@code /api/portal/v1}, as {@code openapi/portal-v1.yaml} publishes it. */
@org.jspecify.annotations.NullMarked
package vn.bocau.wire.http.portal;
