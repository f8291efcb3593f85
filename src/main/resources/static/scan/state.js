// What the screens show: read from the phone's own store, refreshed from the server when there is one.
import * as api from './api.js';
import { clock, uuid7 } from './ids.js';
import { onChange, waiting } from './outbox.js';
import { takeOver } from './shift.js';
import { all, keep, meta, persist, write } from './store.js';

export const state = { session: null, shift: null, rules: null, list: null, stops: [], outbox: [], done: [], evidence: 0, ofOthers: 0, net: 'unknown' };

export async function load() {
  const [session, shift, rules, list, stops, done, language, wholeOffice] = await Promise.all([
    meta('session'), meta('shift'), meta('rules'), meta('list'), all('stops'), all('done'), meta('language'), meta('wholeOffice'),
  ]);
  const { handlings: outbox, evidence, ofOthers } = await waiting(session?.user);
  outbox.sort((a, b) => a.entry.seq - b.entry.seq);
  done.sort((a, b) => a.entry.seq - b.entry.seq);
  Object.assign(state, { session, shift, rules, list, stops, outbox, done, evidence: evidence.length, ofOthers, language, wholeOffice });
  return state;
}

/** Whose shift is still open on this phone: what is done on it until that is closed belongs to them. */
export async function shiftOf() {
  const shift = await meta('shift');
  return shift && !shift.closed ? shift.user : null;
}

/** @throws api.Unsent */
export async function signIn(user, password) {
  const device = (await meta('device')) ?? 'scan-' + uuid7();
  await keep('device', device);
  const session = { ...(await api.signIn(user, password, device)), device };
  const working = await shiftOf();
  if (working && working !== session.user) await takeOver(session);
  await keep('session', session);
  await persist();
  await refresh(session);
  return session;
}

/** What is waiting stays on the phone, and is sent when its maker signs in again. Not before the shift is closed. */
export async function signOut() {
  await write(['meta', 'stops'], async tx => {
    await tx.objectStore('meta').delete('session');
    await tx.objectStore('meta').delete('list');
    await tx.objectStore('stops').clear();
  });
}

/** The worklist and the rules, when the server can be reached. @throws api.Unsent */
export async function refresh(session) {
  const known = await meta('list');
  const list = await api.worklist(session, known?.etag);
  if (list) {
    const { stops, ...about } = list;
    await write(['stops', 'meta'], async tx => {
      await tx.objectStore('stops').clear();
      stops.forEach(stop => tx.objectStore('stops').put(stop));
      await tx.objectStore('meta').put({ ...about, fetchedAt: clock() }, 'list');
    });
  } else {
    await keep('list', { ...known, fetchedAt: clock() });
  }
  const rules = await api.rules(session);
  await keep('rules', rules);
}

/** Codes of what this phone recorded of each item, newest last; what was taken back does not count. */
export function recorded() {
  const entries = [...state.done.filter(d => d.outcome !== 'REFUSED').map(d => d.entry), ...state.outbox.map(o => o.entry)];
  const voided = new Set(entries.map(e => e.voids).filter(Boolean));
  const codes = new Map();
  for (const entry of entries) {
    if (entry.code === 'VOIDED' || voided.has(entry.id)) continue;
    codes.set(entry.item, [...(codes.get(entry.item) ?? []), entry]);
  }
  return codes;
}

/** What the server wants a person to look at. */
export function tray() {
  return [
    ...state.outbox.filter(row => row.stuck).map(row => ({ entry: row.entry, problem: row.stuck, stuck: true })),
    ...state.done.filter(d => !d.read && (d.outcome === 'CONFLICT' || d.outcome === 'REFUSED' || d.code)),
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
