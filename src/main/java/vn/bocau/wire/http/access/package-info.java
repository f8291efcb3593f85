/**
 * Who may come in: people with an account and a role, partners with a token or a signature. One class per area of
 * addresses; what no area opens is closed.
 *
 * <p>A person's rights are authorities: {@code ROLE_} and one of POSTAL_WORKER, POSTAL_SUPERVISOR, AGENCY_CLERK,
 * OPERATOR, ADMINISTRATOR; {@code OFFICE_} and the code of the own post office; {@code AGENCY_} and the id of the own
 * agency. Who signed in with a one-time password has {@code PASSWORD_EXPIRED} and nothing else. A partner has {@code ROLE_PARTNER}, and its id for a name.
 */
@org.jspecify.annotations.NullMarked
package vn.bocau.wire.http.access;
