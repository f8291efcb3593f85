/** The agencies' door for those that do not speak SOAP. */
@org.jspecify.annotations.NullMarked
package vn.bocau.wire.http.agency;
