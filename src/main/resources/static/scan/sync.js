// Sends what is waiting, in order, one sender at a time. An entry leaves the outbox when the server has acknowledged that
// very id, and never otherwise.
import * as api from './api.js';
import { clock } from './ids.js';
import { changed, toLookAt } from './outbox.js';
import { forgetToken, heard, whose } from './session.js';
import { tell } from './shift.js';
import { database, fits, meta, write } from './store.js';

const MOST = 500;

/** Answers that say what is wrong with what was sent. Any other refusal is of whoever sends, and waits with all there is. */
const UNREADABLE = [400, 413, 422];

/**
 * @returns {state, sent}: 'sent' all is acknowledged; 'offline' no answer, try later; 'busy' the server asks to wait,
 *     with `after` in seconds; 'sign-in' the session is over; 'revoked' this phone was reported lost; 'refused' whoever
 *     sends may not; 'stuck' some cannot be taken as they are, the rest was sent; 'full' all was sent, and some stays here
 *     because there is no room for the answer; 'elsewhere' another is sending
 * @param wait for whoever is sending, and send what is left then
 */
export function sync({ wait = false } = {}) {
  return navigator.locks.request('bocau-outbox', { ifAvailable: !wait }, async lock => {
    if (!lock) return { state: 'elsewhere', sent: 0 };
    // A lost phone shows nothing any more, and tells what it has not told: the server keeps it for the supervisor.
    const { session: signedIn, locked } = await whose();
    const session = signedIn ?? locked;
    if (!session?.token) return { state: 'sign-in', sent: 0 };
    const result = { state: 'sent', sent: 0 };
    try {
      await tellShift(session, locked);
      const held = await sendHandlings(session, result);
      const there = new Set(held.filter(isThere).map(answer => answer.id));
      await sendEvidence(session, result, id => there.has(id));
      // What filled the phone has gone.
      for (const answer of held) result.full ||= !(await fits(keepAnswers([answer])));
      if (result.full) result.state = 'full';
      if (session === locked) await allTold(session, result);
    } catch (no) {
      if (!(no instanceof api.Unsent)) throw no;
      Object.assign(result, { state: no.state, after: no.after, problem: no.problem });
      await heard(no.state, session.token);
    }
    changed('synced');
    return result;
  });
}

async function allTold({ token }, result) {
  await forgetToken(token, 'untold');
  result.state = 'revoked';
}

/** Money the server hears of before the shift in which it was taken would be money outside of any. */
async function tellShift(session, locked) {
  const shift = await meta('shift');
  if (!shift || shift.closed || shift.user !== session.user) return;
  await tell(shift, session).catch(no => {
    // A lost phone's handlings are sent all the same: the server keeps them for the supervisor.
    if (!(no instanceof api.Unsent) || !(no.state === 'revoked' || (locked && no.state === 'refused'))) throw no;
  });
}

/** @returns answers there was no room for */
async function sendHandlings(session, result) {
  let size = MOST;
  const told = new Set();
  const held = [];
  let lost = null;
  for (;;) {
    const { rows, parts, stuck } = await first(size, session.user, told);
    if (stuck) result.state = 'stuck';
    if (rows.length === 0 && lost) {
      await sendEvidence(session, { sent: 0 }, () => true);
      await forgetToken(session.token, 'untold');
      throw lost;
    }
    if (rows.length === 0) return held;
    let answers;
    try {
      answers = await api.handlings(session, { device: session.device, sentAt: clock(), handlings: rows.map(r => r.entry) });
      size = MOST;
    } catch (no) {
      if (!(no instanceof api.Unsent)) throw no;
      if (no.state === 'revoked') {
        // They stay here, and the server has kept them for the supervisor: so with all there are.
        await heard(no.state, session.token);
        lost = no;
        rows.forEach(row => told.add(row.id));
        continue;
      }
      if (UNREADABLE.includes(no.problem?.status)) {
        // Something in it is not what the server can read. Which one? Alone, the others go.
        if (parts > 1) size = Math.ceil(rows.length / 2);
        else if (!(await stick('outbox', rows[0].id, no.problem, result))) rows.forEach(row => told.add(row.id));
        continue;
      }
      throw no;
    }
    const known = acknowledged(rows, answers);
    const left = await takeOut(known);
    left.forEach(answer => told.add(answer.id));
    held.push(...left);
    result.sent += known.length;
  }
}

/**
 * Nobody sends in another's name: what somebody else left on this phone waits for them. What was taken back goes together
 * with its voiding, whatever lies between them, and waits with it: the one without the other would count.
 *
 * @param told ids that have been seen to
 * @returns {rows, parts, stuck}: the next to send, in the order of their count; into how many parts these can be parted; and
 *     whether there are some that wait for the worker
 */
async function first(size, user, told) {
  const own = (await (await database()).getAllFromIndex('outbox', 'seq')).filter(row => row.user === user && !told.has(row.id));
  const together = new Map();
  for (const row of own) {
    const of = together.get(row.entry.voids) ?? [];
    of.push(row);
    together.set(row.id, of);
  }
  const parts = [...new Set(together.values())];
  const free = parts.filter(([root]) => !root.stuck);
  const rows = [];
  let taken = 0;
  while (taken < free.length && (taken === 0 || rows.length + free[taken].length <= size)) rows.push(...free[taken++]);
  return { rows: rows.sort((a, b) => a.entry.seq - b.entry.seq), parts: taken, stuck: free.length < parts.length };
}

/** @returns the answers, each with what it answers */
function acknowledged(rows, { handlings, now }) {
  const sent = new Map(rows.map(row => [row.id, row]));
  const known = handlings.filter(answer => sent.has(answer.id));
  if (known.length === 0) throw new api.Unsent('busy', { after: 60 });
  return known.map(answer => {
    const { entry, user } = sent.get(answer.id);
    return { ...answer, entry, user, receivedAt: answer.recordedAt ?? now, heardAt: clock() };
  });
}

/**
 * Out of the outbox, into what is done. A full phone takes no more than out of the outbox, and only what nobody has to see;
 * what it cannot remember as done it must not offer again, and fetches its list anew.
 *
 * @returns what is still there
 */
async function takeOut(known) {
  if (await fits(keepAnswers(known))) return [];
  const left = [];
  for (const answer of known) {
    if (await fits(keepAnswers([answer]))) continue;
    if (toLookAt(answer)) left.push(answer);
    else await forget(answer);
  }
  return left;
}

function forget({ id, entry }) {
  return write(['outbox', 'done', 'stops', 'meta'], async tx => {
    const stops = tx.objectStore('stops');
    const there = [entry.leg, ...(entry.item ? await stops.index('item').getAllKeys(entry.item) : [])].filter(Boolean);
    await Promise.all([
      tx.objectStore('outbox').delete(id), tx.objectStore('meta').delete('etag'), ...there.map(leg => stops.delete(leg)),
      // Nor is what was taken back remembered as done.
      entry.voids && tx.objectStore('done').delete(entry.voids),
    ]);
  });
}

async function keepAnswers(known) {
  await write(['outbox', 'done', 'evidence'], tx => Promise.all(known.map(async answer => {
    // Nobody asks for evidence of what was not kept; the phone keeps it with the refusal.
    const evidence = isThere(answer) ? [] : await takeEvidence(tx, answer.id);
    await tx.objectStore('outbox').delete(answer.id);
    await tx.objectStore('done').put({ ...answer, ...(evidence.length > 0 ? { evidence } : {}) });
  })));
}

/** Whether the server has it, and asks for its evidence. */
function isThere({ outcome, kept }) {
  return outcome !== 'REFUSED' || Boolean(kept);
}

async function takeEvidence(tx, handling) {
  const all = IDBKeyRange.bound([handling], [handling, []]);
  const rows = await tx.objectStore('evidence').getAll(all);
  await tx.objectStore('evidence').delete(all);
  return rows.map(({ sha256, kind, content }) => ({ sha256, kind, content }));
}

/**
 * Evidence goes after the handling that names it, whether that was taken, or is for a person to look at.
 *
 * @param has whether the server has a handling, by its id, that stays here all the same
 */
async function sendEvidence(session, result, has) {
  const db = await database();
  for (const key of await db.getAllKeys('evidence')) {
    const row = await db.get('evidence', key);
    if (!row || row.user !== session.user || (!has(row.handling) && (await db.get('outbox', row.handling)))) continue;
    if (row.stuck) {
      result.state = 'stuck';
      continue;
    }
    try {
      await api.evidence(session, row);
    } catch (no) {
      // 404: the server does not know the handling, whatever it said before.
      if (!(no instanceof api.Unsent) || ![...UNREADABLE, 404].includes(no.problem?.status)) throw no;
      await stick('evidence', key, no.problem, result);
      result.state = 'stuck';
      continue;
    }
    await write(['evidence'], tx => tx.objectStore('evidence').delete(key));
    result.sent += 1;
  }
}

/**
 * Stays where it is, with the server's reason, for the worker to see; the rest goes past it.
 *
 * @returns false when there is no room for the reason: then it is tried again the next time
 */
async function stick(store, key, problem, result) {
  const kept = await fits(write([store], async tx => {
    const row = await tx.objectStore(store).get(key);
    if (row) await tx.objectStore(store).put({ ...row, stuck: problem });
  }));
  if (!kept) result.full = true;
  return kept;
}

/** The worker has read why, and wants it tried once more. @param rows [{store, key}] */
export async function tryAgain(rows) {
  await write(['outbox', 'evidence'], tx => Promise.all(rows.map(async ({ store, key }) => {
    const row = await tx.objectStore(store).get(key);
    if (!row) return;
    delete row.stuck;
    await tx.objectStore(store).put(row);
  })));
  return sync({ wait: true });
}
