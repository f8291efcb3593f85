/**
 * The face of an agency's clerk: what lies on the desk, what goes by post, what came by it. Pages made here, usable without
 * a script; whatever a clerk decides goes in by {@code routes/}, as an agency's own system's word does.
 */
@NullMarked
package vn.bocau.desk;

import org.jspecify.annotations.NullMarked;
