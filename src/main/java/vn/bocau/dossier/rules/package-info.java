/**
 * The rules of the domain as plain values and functions: no database, no framework, no clock. What a level allows, what
 * handlings add up to, what is owed next and by whom.
 */
@org.jspecify.annotations.NullMarked
package vn.bocau.dossier.rules;
