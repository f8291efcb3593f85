/** What starts everything: the command line, what is tried before anything starts, and what whoever started it is told. */
@org.jspecify.annotations.NullMarked
package vn.bocau;
