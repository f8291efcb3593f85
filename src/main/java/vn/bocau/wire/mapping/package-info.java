/**
 * What words mean elsewhere: runs the files of {@code mappings/}, which say what we accept (JSON Schema), how it is
 * translated (JSLT, XSLT) and what foreign codes stand for (CSV). Knows no partner and no protocol.
 */
@org.jspecify.annotations.NullMarked
package vn.bocau.wire.mapping;
