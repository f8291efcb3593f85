/**
 * People's accounts: who there is, in which role and for which place, what their passwords must be, and whether what
 * they have open is still good.
 *
 * <p>A person's rights are authorities: {@code ROLE_} and one of POSTAL_WORKER, POSTAL_SUPERVISOR, AGENCY_CLERK,
 * OPERATOR, ADMINISTRATOR; {@code OFFICE_} and the code of the own post office; {@code AGENCY_} and the id of the own
 * agency. Who signed in with a one-time password has {@code PASSWORD_EXPIRED} and nothing else.
 */
@org.jspecify.annotations.NullMarked
package vn.bocau.wire.http.people;
