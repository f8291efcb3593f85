/**
 * What we look up and never change ourselves: provinces and communes on a day, agencies, post offices, procedures with
 * their fees, and partners. Read from files into one immutable picture that can be swapped whole. And what is read by
 * it: the communes that codes and addresses of before July 2025 mean.
 */
@org.jspecify.annotations.NullMarked
package vn.bocau.directory;
