/** What goes on paper: a page of ours as PDF, with bar codes that scanners read and a font that knows Vietnamese. */
@org.jspecify.annotations.NullMarked
package vn.bocau.print;
