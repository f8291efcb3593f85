// The server, as /api/scan/v1/openapi.yaml describes it.
import { hear } from './beacon.js';

const BASE = '/api/scan/v1';

/**
 * Not sent, and why: 'offline', no answer; 'busy', none that is the server's own, or it asks to wait; 'sign-in', 'revoked';
 * 'refused', with the `problem`. What was to be sent stays where it is.
 */
export class Unsent extends Error {
  constructor(state, { after = 0, problem = null } = {}) {
    super(state);
    this.state = state;
    this.after = after;
    this.problem = problem;
  }
}

async function call(path, session, options) {
  let response;
  try {
    response = await fetch(BASE + path, {
      cache: 'no-store',
      signal: AbortSignal.timeout(60_000),
      ...options,
      headers: { ...(session ? { authorization: 'Bearer ' + session.token } : {}), ...options.headers },
    });
  } catch {
    throw new Unsent('offline');
  }
  if (response.ok || response.status === 304) return response;
  throw await refusal(response);
}

async function refusal(response) {
  const ours = response.headers.get('content-type')?.startsWith('application/problem+json');
  const problem = ours ? await response.json().catch(() => null) : null;
  const after = Number(response.headers.get('retry-after')) || 0;
  // Something on the way answered in the server's place: that says nothing about what was sent.
  if (!problem?.code) return new Unsent('busy', { after, problem });
  if (problem.code === 'device-revoked') return new Unsent('revoked', { problem });
  if (response.status === 401) return new Unsent('sign-in', { problem });
  if (response.status >= 500 || response.status === 408 || response.status === 429) return new Unsent('busy', { after, problem });
  return new Unsent('refused', { problem });
}

/** The body may break off after the server has committed: then it was not sent, as far as we know. */
async function json(response) {
  let answer;
  try {
    answer = await response.json();
  } catch {
    throw new Unsent('offline');
  }
  const now = Date.parse(answer?.now ?? response.headers.get('date'));
  if (!Number.isNaN(now)) await hear(new Date(now).toISOString());
  return answer;
}

const JSON_BODY = { 'content-type': 'application/json' };

export async function signIn(user, password, device, secret) {
  const body = JSON.stringify({ user, password, device, secret });
  return json(await call('/sign-in', null, { method: 'POST', headers: JSON_BODY, body }));
}

export async function signOut(session) {
  await call('/sign-out', session, { method: 'POST' });
}

/** @returns null when nothing has changed since `etag` */
export async function worklist(session, etag) {
  const response = await call('/worklist', session, { headers: etag ? { 'if-none-match': etag } : {} });
  return response.status === 304 ? null : { etag: response.headers.get('etag'), ...(await json(response)) };
}

export async function rules(session) {
  return json(await call('/rules', session, {}));
}

export async function handlings(session, batch) {
  const answer = await json(await call('/handlings', session, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(batch) }));
  if (!Array.isArray(answer?.handlings)) throw new Unsent('busy');
  return answer;
}

export async function evidence(session, { handling, sha256, kind, content }) {
  await json(await call(`/handlings/${handling}/evidence/${sha256}`, session, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream', 'x-evidence-kind': kind },
    body: content,
  }));
}

export async function openShift(session, shift) {
  const body = JSON.stringify({ openedAt: shift.openedAt, firstSeq: shift.firstSeq, office: shift.office });
  return json(await call(`/shifts/${shift.id}`, session, { method: 'PUT', headers: JSON_BODY, body }));
}

export async function closeShift(session, id, closing) {
  return json(await call(`/shifts/${id}/close`, session, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(closing) }));
}

/** Cash that did not tally, and everything below /office. @param body sent as JSON; null to ask */
export async function ask(session, path, { method = 'POST', body = null } = {}) {
  const options = body === null ? {} : { method, headers: JSON_BODY, body: JSON.stringify(body) };
  return json(await call(path, session, options));
}

/** @returns a photo as a Blob, or a signature's strokes as a Blob of JSON */
export async function proof(session, handling, sha256) {
  return (await call(`/office/handlings/${handling}/evidence/${sha256}`, session, {})).blob();
}

/** @param body sent as JSON; null to ask; @returns what there is on paper, as a Blob */
export async function pdf(session, path, body = null) {
  const accept = { accept: 'application/pdf' };
  const options = body === null ? { headers: accept } : { method: 'POST', headers: { ...accept, ...JSON_BODY }, body: JSON.stringify(body) };
  return (await call(path, session, options)).blob();
}
