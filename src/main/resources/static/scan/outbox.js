// What the worker did and the server has not acknowledged. Only ever added to here, and taken from by sync.js alone.
import { sinceHeard } from './beacon.js';
import { clock, sha256, uuid7 } from './ids.js';
import { isElsewhere } from './session.js';
import { database, isFull, write } from './store.js';

/** Wakes sync.js, and whatever shows how much is waiting; also in other tabs. */
const channel = new BroadcastChannel('bocau-scan');

/** Another part of the papers may follow, or the rest of the money; not the same. */
const PART = 'PICKUP_PARTIAL';

/** The same of these again on a leg is the same twice. */
const ONCE = [PART, 'COLLECTED', 'RESULT_COLLECTED', 'HANDED_TO_AGENCY', 'DELIVERED', 'RETURNED_TO_AGENCY'];

/**
 * Nothing was recorded. `notRecorded` says why: 'signed-out'; 'no-shift' is open; 'shift-elsewhere', it is of the office its worker was at; 'twice', it waits to be sent already;
 * 'full', the phone has no room
 */
export class NotRecorded extends Error {
  constructor(why) {
    super(why);
    this.notRecorded = why;
  }
}

export function changed(what) {
  channel.postMessage(what);
  globalThis.dispatchEvent(new CustomEvent('outbox', { detail: what }));
}

export function onChange(listener) {
  channel.addEventListener('message', event => listener(event.data));
  globalThis.addEventListener('outbox', event => listener(event.detail));
}

/**
 * Writes down handlings of whoever is signed in with their evidence, all or none. Resolves once they are on the disk; only then may the worker
 * be told that it is done.
 *
 * @param made [{handling: {code, item?, leg?, reason?, action?, nextDate?, note?, voids?, details?},
 *     evidence?: [{kind: 'SIGNATURE' | 'COUNTERSIGNATURE' | 'PHOTO', content: ArrayBuffer}]}]
 * @returns what was written, with its ids
 * @throws NotRecorded
 */
export async function record(made) {
  const written = await put(made);
  changed('recorded');
  // A hint only: many browsers have no such thing, and the app sends by itself as long as it runs.
  navigator.serviceWorker?.ready.then(sw => sw.sync?.register('outbox')).catch(() => {});
  return written;
}

async function put(made) {
  // Hashing cannot be awaited inside a transaction, which would end meanwhile.
  const ready = [];
  for (const one of made) ready.push(await named(one));
  // Not while the shift closes: it would fall between two.
  return navigator.locks.request('bocau-shift', { mode: 'shared' }, () => writeDown(ready));
}

async function writeDown(ready) {
  try {
    return await write(['meta', 'outbox', 'evidence'], async tx => {
      const meta = tx.objectStore('meta');
      const user = await onShift(meta);
      let seq = (await meta.get('seq')) ?? 0;
      const beacon = await meta.get('beacon');
      const rows = [];
      for (const { handling, evidence } of ready) {
        await refuseTwice(tx.objectStore('outbox'), handling);
        const entry = { id: uuid7(), seq: ++seq, ...handling, occurredAt: clock(), ...sinceHeard(beacon) };
        await Promise.all([
          tx.objectStore('outbox').add({ id: entry.id, user, entry }),
          ...evidence.map(e => tx.objectStore('evidence').put({ handling: entry.id, user, ...e })),
        ]);
        rows.push(entry);
      }
      await meta.put(seq, 'seq');
      return rows;
    });
  } catch (no) {
    throw isFull(no) ? new NotRecorded('full') : no;
  }
}

/** The money of the day belongs to a shift: another tab may have closed it, or signed out. @returns whose it is */
async function onShift(meta) {
  const session = await meta.get('session');
  if (!session) throw new NotRecorded('signed-out');
  const shift = await meta.get('shift');
  if (!shift || shift.closed || shift.user !== session.user) throw new NotRecorded('no-shift');
  if (isElsewhere(shift, session)) throw new NotRecorded('shift-elsewhere');
  return session.user;
}

async function refuseTwice(outbox, { code, leg, voids, details }) {
  if (!leg || !(voids || ONCE.includes(code))) return;
  const waiting = (await outbox.index('leg').getAll(leg)).map(row => row.entry);
  const voided = new Set(waiting.map(entry => entry.voids).filter(Boolean));
  const same = voids ? voided.has(voids) : waiting.some(entry => entry.code === code && !voided.has(entry.id) && (code !== PART || part(entry.details) === part(details)));
  if (same) throw new NotRecorded('twice');
}

function part({ papers = [], feeCollected = 0, postageCollected = 0, codCollected = 0 } = {}) {
  return [feeCollected, postageCollected, codCollected, ...papers.map(paper => paper.name)].join('\n');
}

async function named({ handling, evidence = [] }) {
  const kept = [];
  const details = { ...(handling.details ?? {}) };
  for (const { kind, content } of evidence) {
    const hash = await sha256(content);
    kept.push({ sha256: hash, kind, content });
    if (kind === 'SIGNATURE') details.signature = hash;
    else if (kind === 'COUNTERSIGNATURE') details.countersignature = hash;
    else details.photos = [...(details.photos ?? []), hash];
  }
  return { handling: { ...handling, details }, evidence: kept };
}

/**
 * Takes back an entry that has not been sent: it stays, and a voiding goes with it, in the same batch.
 *
 * @returns null when it has been sent
 * @throws NotRecorded
 */
export async function takeBack(id) {
  // Not while it is on its way: heard apart from it, a voiding is the supervisor's.
  const voiding = await navigator.locks.request('bocau-outbox', async () => {
    const row = await (await database()).get('outbox', id);
    if (!row) return null;
    const { item, leg } = row.entry;
    return (await put([{ handling: { code: 'VOIDED', item, leg, voids: id } }]))[0];
  });
  if (voiding) changed('recorded');
  return voiding;
}

/** An answer of the server that a person has to see. */
export function toLookAt({ outcome, code }) {
  return outcome === 'CONFLICT' || outcome === 'REFUSED' || Boolean(code);
}

/** What of somebody's has not been acknowledged, evidence without its content; what somebody else left on this phone waits for them. */
export async function waiting(user) {
  const db = await database();
  const [handlings, evidence] = await Promise.all([db.getAll('outbox'), db.getAll('evidence')]);
  const own = rows => rows.filter(row => row.user === user);
  return { handlings: own(handlings), evidence: own(evidence).map(({ content: _, ...row }) => row), ofOthers: handlings.length - own(handlings).length };
}
