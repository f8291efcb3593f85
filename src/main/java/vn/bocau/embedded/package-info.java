/** PostgreSQL and Artemis inside the process, for the default that needs nothing installed. */
@org.jspecify.annotations.NullMarked
package vn.bocau.embedded;
