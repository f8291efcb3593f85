/** The National Statistics Office's directory of administrative units, asked over SOAP. */
@NullMarked
package vn.bocau.wire.nso;

import org.jspecify.annotations.NullMarked;
