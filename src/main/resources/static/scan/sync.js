// Sends what is waiting, in order, one sender at a time. An entry leaves the outbox when the server has acknowledged that
// very id, and never otherwise.
import * as api from './api.js';
import { clock } from './ids.js';
import { changed } from './outbox.js';
import { tell } from './shift.js';
import { database, meta, write } from './store.js';

const MOST = 500;

/**
 * @returns {state, sent}: 'sent' all is acknowledged; 'offline' no answer, try later; 'busy' the server asks to wait,
 *     with `after` in seconds; 'sign-in' the session is over; 'revoked' this phone was reported lost; 'stuck' some were
 *     refused as they are, the rest was sent; 'elsewhere' another tab is sending
 */
export function sync() {
  return navigator.locks.request('bocau-outbox', { ifAvailable: true }, async lock => {
    if (!lock) return { state: 'elsewhere', sent: 0 };
    const session = await meta('session');
    if (!session) return { state: 'sign-in', sent: 0 };
    const result = { state: 'sent', sent: 0 };
    try {
      await tellShift(session);
      await sendHandlings(session, result);
      await sendEvidence(session, result);
    } catch (no) {
      if (!(no instanceof api.Unsent)) throw no;
      Object.assign(result, { state: no.state, after: no.after, problem: no.problem });
    }
    changed('synced');
    return result;
  });
}

/** Money the server hears of before the shift in which it was taken would be money outside of any. */
async function tellShift(session) {
  const shift = await meta('shift');
  if (!shift || shift.closed || shift.user !== session.user) return;
  await tell(shift).catch(no => {
    if (!(no instanceof api.Unsent) || no.state !== 'refused') throw no;
  });
}

async function sendHandlings(session, result) {
  let size = MOST;
  for (;;) {
    const rows = await first(size, session.user);
    if (rows.length === 0) return;
    let answers;
    try {
      answers = await api.handlings(session, { device: session.device, sentAt: clock(), handlings: rows.map(r => r.entry) });
      size = MOST;
    } catch (no) {
      if (no instanceof api.Unsent && no.state === 'refused') {
        // Something in it is not what the server can read. Which one? Alone, the others go.
        if (rows.length > 1) size = Math.ceil(rows.length / 2);
        else await stick('outbox', rows[0].id, no.problem, result);
        continue;
      }
      throw no;
    }
    result.sent += await acknowledge(rows, answers);
  }
}

/** Nobody sends in another's name: what somebody else left on this phone waits for them. */
async function first(size, user) {
  const db = await database();
  const rows = [];
  for (let at = await db.transaction('outbox').store.index('seq').openCursor(); at && rows.length < size; at = await at.continue()) {
    if (!at.value.stuck && at.value.user === user) rows.push(at.value);
  }
  return rows;
}

async function acknowledge(rows, { handlings, now }) {
  const sent = new Map(rows.map(row => [row.id, row]));
  const known = handlings.filter(answer => sent.has(answer.id));
  await write(['outbox', 'done'], tx => Promise.all(known.flatMap(answer => {
    const { entry } = sent.get(answer.id);
    return [
      tx.objectStore('outbox').delete(answer.id),
      tx.objectStore('done').put({ ...answer, entry, receivedAt: now }),
    ];
  })));
  if (known.length === 0) throw new api.Unsent('busy', { after: 60 });
  return known.length;
}

/** Evidence goes after the handling that names it, whether that was taken, or is for a person to look at. */
async function sendEvidence(session, result) {
  const db = await database();
  for (const key of await db.getAllKeys('evidence')) {
    const row = await db.get('evidence', key);
    if (!row || row.stuck || row.user !== session.user || (await db.get('outbox', row.handling))) continue;
    try {
      await api.evidence(session, row);
    } catch (no) {
      if (!(no instanceof api.Unsent) || no.state !== 'refused') throw no;
      await stick('evidence', key, no.problem, result);
      continue;
    }
    await write(['evidence'], tx => tx.objectStore('evidence').delete(key));
    result.sent += 1;
  }
}

/** Stays where it is, with the server's reason, for the worker to see; the rest goes past it. */
async function stick(store, key, problem, result) {
  await write([store], async tx => {
    const row = await tx.objectStore(store).get(key);
    if (row) await tx.objectStore(store).put({ ...row, stuck: problem });
  });
  result.state = 'stuck';
}

/** The worker has read why, and wants it tried once more. */
export async function tryAgain(store, key) {
  await write([store], async tx => {
    const row = await tx.objectStore(store).get(key);
    if (row) {
      delete row.stuck;
      await tx.objectStore(store).put(row);
    }
  });
  return sync();
}
