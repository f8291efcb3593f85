// Everything the phone keeps, in IndexedDB. Written with strict durability: what was said to be kept survives a flat battery.
import { openDB } from './lib/idb.js';

const NAME = 'bocau-scan';

/*
 * meta      by name: device and secret (made once, of this phone), session, shift, next (whose shift was asked for in place of somebody else's, and its id), rules, list (when it was fetched), etag (of the list, as long as its stops are whole), seq (the last number given), beacon, language,
 *           wholeOffice (whether colleagues' stops are shown); and what session.js takes away, each alone: holder (who signed in last), token, until (when the session ends), untold (until all is told)
 * stops     by leg: the worklist as last fetched
 * outbox    by id: handlings the server has not acknowledged, in the order of seq, with who made them
 * evidence  by [handling, sha256]: signatures and photos that have not been acknowledged
 * done      by id: handlings with the server's answer, who made them, and the evidence of what it refused; kept until the
 *           shift after next
 *
 * One step for each version, never changed once released: a phone may come from any of them with a full outbox.
 */
const STEPS = [
  db => {
    db.createObjectStore('meta');
    db.createObjectStore('stops', { keyPath: 'leg' }).createIndex('item', 'item');
    const outbox = db.createObjectStore('outbox', { keyPath: 'id' });
    outbox.createIndex('seq', 'entry.seq', { unique: true });
    outbox.createIndex('leg', 'entry.leg');
    db.createObjectStore('evidence', { keyPath: ['handling', 'sha256'] });
    const done = db.createObjectStore('done', { keyPath: 'id' });
    done.createIndex('item', 'entry.item');
  },
];

let opened;

export function database() {
  opened ??= openDB(NAME, STEPS.length, {
    upgrade(db, from, to, tx) {
      STEPS.slice(from).forEach(step => step(db, tx));
    },
    // A newer version in another tab waits for nobody. This one can record nothing from now on, and every form says so.
    blocking(_now, _new, event) {
      event.target.close();
      opened = undefined;
    },
    terminated() {
      opened = undefined;
    },
  });
  return opened;
}

/** One transaction over these stores; when the promise resolves, it is on the disk. */
export async function write(stores, work) {
  const db = await database();
  const tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
  let result;
  try {
    result = await work(tx);
  } catch (wrong) {
    tx.done.catch(() => {});
    try {
      tx.abort();
    } catch { /* it has ended already */ }
    throw wrong;
  }
  await tx.done;
  return result;
}

export async function meta(name) {
  return (await database()).get('meta', name);
}

export function keep(name, value) {
  return write(['meta'], tx => tx.objectStore('meta').put(value, name));
}

export async function all(store) {
  return (await database()).getAll(store);
}

export function isFull(no) {
  return no.name === 'QuotaExceededError';
}

/** A full phone takes nothing more, and lets go of everything: what only deletes is always written. @returns whether there was room */
export async function fits(writing) {
  try {
    await writing;
    return true;
  } catch (no) {
    if (isFull(no)) return false;
    throw no;
  }
}

/** Asks the browser not to clear the outbox when the phone runs short of space. */
export async function persist() {
  return (await navigator.storage?.persist?.()) ?? false;
}
