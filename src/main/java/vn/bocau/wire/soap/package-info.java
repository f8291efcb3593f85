/** The agencies' door by SOAP: contract first, WS-Security, schema validation, faults that name the field. */
@org.jspecify.annotations.NullMarked
package vn.bocau.wire.soap;
