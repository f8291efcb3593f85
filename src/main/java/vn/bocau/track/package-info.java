/** The citizen's page: where a dossier is, what comes next, and when. */
@org.jspecify.annotations.NullMarked
package vn.bocau.track;
