// What the screens show: read from the phone's own store, refreshed from the server when there is one.
import * as api from './api.js';
import { clock, uuid7 } from './ids.js';
import { changed, onChange, toLookAt, waiting } from './outbox.js';
import { beside, whose } from './session.js';
import { takeOver } from './shift.js';
import { all, fits, keep, meta, persist, write } from './store.js';

export const state = {
  session: null, over: false, locked: null, shift: null, rules: null, list: null, stops: [], outbox: [], done: [], evidence: [], ofOthers: 0, net: 'unknown',
};

/** What the list does not know yet, by leg and by item. */
let since = new Map();

export async function load() {
  const [{ session, over, locked }, shift, rules, list, stops, done, language, wholeOffice] = await Promise.all([
    whose(), meta('shift'), meta('rules'), meta('list'), all('stops'), all('done'), meta('language'), meta('wholeOffice'),
  ]);
  const { handlings: outbox, evidence, ofOthers } = await waiting((session ?? locked)?.user);
  const bySeq = rows => rows.sort((a, b) => a.entry.seq - b.entry.seq);
  Object.assign(state, {
    session, over, locked, rules, list, outbox: bySeq(outbox), evidence, ofOthers, language, wholeOffice,
    stops: session && !over ? stops : [],
    // What the last worker did on this phone is none of the next one's business.
    shift: shift?.user === session?.user ? shift : null,
    done: bySeq(done.filter(row => row.user === session?.user)),
  });
  since = afterList();
  return state;
}

/** Whose shift is still open on this phone: what is done on it until that is closed belongs to them. */
export async function shiftOf() {
  const shift = await meta('shift');
  return shift && !shift.closed ? shift.user : null;
}

/** What this phone is called, and what nobody else can show who knows that; made once. */
async function thisPhone() {
  const made = { device: 'scan-' + uuid7(), secret: [...crypto.getRandomValues(new Uint8Array(32))].map(b => b.toString(16).padStart(2, '0')).join('') };
  return write(['meta'], async tx => {
    const store = tx.objectStore('meta');
    const known = { device: await store.get('device'), secret: await store.get('secret') };
    await Promise.all(Object.entries(made).filter(([name]) => !known[name]).map(([name, value]) => store.put(value, name)));
    return { device: known.device ?? made.device, secret: known.secret ?? made.secret };
  });
}

/** @throws api.Unsent */
export async function signIn(user, password) {
  const { device, secret } = await thisPhone();
  const answer = await api.signIn(user, password, device, secret);
  const session = { ...answer, device };
  const working = await shiftOf();
  if (working && working !== session.user) {
    try {
      await takeOver(session);
    } catch (no) {
      await endSession(session);
      throw no;
    }
  }
  if (!(await fits(signedIn(session)))) {
    await makeRoom();
    try {
      await signedIn(session);
    } catch (no) {
      await endSession(session);
      throw no;
    }
  }
  await persist();
  // Signed in is who is; the list comes when it can.
  await fits(refresh(session)).catch(unsent);
  return session;
}

function signedIn(session) {
  return write(['meta'], tx => Promise.all(Object.entries({ session, ...beside(session) }).map(([name, value]) => tx.objectStore('meta').put(value, name))));
}

/** Who signs in sends what fills the phone; what can be fetched again, and what nobody has to look at, goes for that. */
async function makeRoom() {
  await write(['meta', 'stops', 'done'], async tx => {
    const done = tx.objectStore('done');
    const rows = (await done.getAll()).filter(row => !toLookAt(row));
    await Promise.all([tx.objectStore('meta').delete('list'), tx.objectStore('meta').delete('rules'), tx.objectStore('stops').clear(), ...rows.map(row => done.delete(row.id))]);
  });
}

/** What is waiting stays on the phone, and is sent when its maker signs in again. Not before the shift is closed. */
export async function signOut() {
  const session = await write(['meta', 'stops'], async tx => {
    const meta = tx.objectStore('meta');
    const [ended, shift] = await Promise.all([meta.get('session'), meta.get('shift')]);
    await Promise.all([...['session', ...Object.keys(beside({})), 'list'].map(name => meta.delete(name)), tx.objectStore('stops').clear()]);
    if (shift?.closed) await meta.delete('shift');
    return ended;
  });
  changed('signed-out');
  endSession(session);
}

/** Where there is no signal it ends on the phone alone, and on the server when its time is up. */
async function endSession(session) {
  await api.signOut(session).catch(unsent);
}

function unsent(no) {
  if (!(no instanceof api.Unsent)) throw no;
}

/** The worklist and the rules, when the server can be reached. @throws api.Unsent */
export async function refresh(session) {
  const known = await meta('list');
  const list = await api.worklist(session, known && (await meta('etag')));
  if (list) {
    const { stops, etag, ...about } = list;
    await write(['stops', 'meta'], async tx => {
      await tx.objectStore('stops').clear();
      stops.forEach(stop => tx.objectStore('stops').put(stop));
      await tx.objectStore('meta').put({ ...about, fetchedAt: clock() }, 'list');
      await tx.objectStore('meta').put(etag, 'etag');
    });
  } else {
    await keep('list', { ...known, fetchedAt: clock() });
  }
  const rules = await api.rules(session);
  await keep('rules', rules);
}

/** What this phone recorded and nobody took back or refused, oldest first. */
function standing() {
  const entries = [...state.done.filter(d => d.outcome !== 'REFUSED'), ...state.outbox];
  const voided = new Set(entries.map(row => row.entry.voids).filter(Boolean));
  return entries.filter(({ entry }) => entry.code !== 'VOIDED' && !voided.has(entry.id));
}

/** By item: entries of what this phone recorded of it, newest last; what was taken back does not count. */
export function recorded() {
  const codes = new Map();
  for (const { entry } of standing()) codes.set(entry.item, [...(codes.get(entry.item) ?? []), entry]);
  return codes;
}

/** Made here, and not with the server when it gave the list. */
function afterList() {
  const fetched = Date.parse(state.list?.fetchedAt ?? 0);
  const by = new Map();
  for (const { entry, heardAt } of standing()) {
    if (heardAt && Date.parse(heardAt) <= fetched) continue;
    for (const of of [entry.leg, entry.item].filter(Boolean)) by.set(of, [...(by.get(of) ?? []), entry]);
  }
  return by;
}

/** Entries of this phone that the list does not show yet: it is only as new as the last signal. */
export function sinceList(stop) {
  return [...new Set([...(since.get(stop.leg) ?? []), ...(since.get(stop.item) ?? [])])];
}

/** What the server wants a person to look at. */
export function tray() {
  const rows = new Map([...state.outbox, ...state.done].map(row => [row.id, row]));
  return [
    ...state.outbox.filter(row => row.stuck).map(row => ({ key: row.id, store: 'outbox', entry: row.entry, problem: row.stuck })),
    ...state.evidence.filter(row => row.stuck).map(row => ({
      key: [row.handling, row.sha256], store: 'evidence', entry: rows.get(row.handling)?.entry ?? null, receivedAt: rows.get(row.handling)?.receivedAt,
      kind: row.kind, problem: row.stuck,
    })),
    ...state.done.filter(d => !d.read && toLookAt(d)),
  ];
}

export async function markRead(id) {
  await write(['done'], async tx => {
    const row = await tx.objectStore('done').get(id);
    if (row) await tx.objectStore('done').put({ ...row, read: true });
  });
}

/** Runs when anything was recorded or sent, here or in another tab. */
export function watch(redraw) {
  onChange(() => load().then(redraw));
}
