/** One dossier driven through its whole journey by the public interfaces alone. */
@org.jspecify.annotations.NullMarked
package vn.bocau.demo;
