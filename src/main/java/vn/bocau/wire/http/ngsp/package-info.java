/**
 * The one-stop systems' door: {@code /ngsp}, VNPost's "HCC adapter" on N-GSP as its clients know it, so that a system
 * that speaks to it today changes one URL. What its words mean stands in {@code mappings/ngsp}.
 */
@org.jspecify.annotations.NullMarked
package vn.bocau.wire.http.ngsp;
