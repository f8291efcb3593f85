/** Dossiers, their legs and what happens to the items: what the levels allow, what the handlings add up to, and what is owed next. */
@org.jspecify.annotations.NullMarked
package vn.bocau.dossier;
