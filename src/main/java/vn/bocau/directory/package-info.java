/**
 * What we look up and never change ourselves: provinces and communes on a day, agencies, post offices, procedures with
 * their fees, and partners. Read from files into one immutable picture that can be swapped whole.
 */
@org.jspecify.annotations.NullMarked
package vn.bocau.directory;
