// What the worker did and the server has not acknowledged. Only ever added to here, and taken from by sync.js alone.
import { clock, sha256, uuid7 } from './ids.js';
import { database, write } from './store.js';

/** Wakes sync.js, and whatever shows how much is waiting; also in other tabs. */
const channel = new BroadcastChannel('bocau-scan');

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
 */
export async function record(made) {
  // Hashing cannot be awaited inside a transaction, which would end meanwhile.
  const ready = [];
  for (const one of made) ready.push(await named(one));
  const written = await write(['meta', 'outbox', 'evidence'], async tx => {
    const meta = tx.objectStore('meta');
    const { user } = await meta.get('session');
    let seq = (await meta.get('seq')) ?? 0;
    const rows = [];
    for (const { handling, evidence } of ready) {
      const entry = { id: uuid7(), seq: ++seq, ...handling, occurredAt: clock() };
      tx.objectStore('outbox').add({ id: entry.id, user, entry });
      evidence.forEach(e => tx.objectStore('evidence').put({ handling: entry.id, user, ...e }));
      rows.push(entry);
    }
    await meta.put(seq, 'seq');
    return rows;
  });
  changed('recorded');
  // A hint only: many browsers have no such thing, and the app sends by itself as long as it runs.
  navigator.serviceWorker?.ready.then(sw => sw.sync?.register('outbox')).catch(() => {});
  return written;
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

/** Takes back an entry that has not been sent: it stays, and a voiding goes with it. */
export async function takeBack(id) {
  const db = await database();
  const row = await db.get('outbox', id);
  if (!row) return null;
  const { item, leg } = row.entry;
  const [voiding] = await record([{ handling: { code: 'VOIDED', item, leg, voids: id } }]);
  return voiding;
}

/** What of somebody's has not been acknowledged; what somebody else left on this phone waits for them. */
export async function waiting(user) {
  const db = await database();
  const [handlings, evidence] = await Promise.all([db.getAll('outbox'), db.getAll('evidence')]);
  const own = rows => rows.filter(row => row.user === user);
  return { handlings: own(handlings), evidence: own(evidence), ofOthers: handlings.length - own(handlings).length };
}
