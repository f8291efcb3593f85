// A shift opens on the phone, with or without signal, and closes when everything is with the server and the money is counted.
import * as api from './api.js';
import { clock, uuid7 } from './ids.js';
import { waiting } from './outbox.js';
import { all, fits, keep, meta, write } from './store.js';

/** Of the office its worker is at now, whoever tells the server of it and when. */
const begun = ({ user, office, officeName }, seq) => ({ id: uuid7(), user, office, officeName, openedAt: clock(), firstSeq: (seq ?? 0) + 1, told: false });

/** Told to the server at once when there is signal, else before anything done in it. */
export async function open() {
  const shift = await write(['meta'], async tx => {
    const store = tx.objectStore('meta');
    const running = await store.get('shift');
    if (running && !running.closed) return running;
    const fresh = begun(await store.get('session'), await store.get('seq'));
    // Asked for in place of somebody else's, and the answer was lost: it may be open there.
    const asked = await store.get('next');
    if (asked?.user === fresh.user) fresh.id = asked.id;
    await Promise.all([store.put(fresh, 'shift'), asked?.user === fresh.user && store.delete('next')]);
    return fresh;
  });
  await tell(shift, await meta('session')).catch(() => {});
  return shift;
}

/**
 * The shift on this phone is somebody else's. If the supervisor has closed it since, whoever signs in begins a new one.
 *
 * @throws api.Unsent refused with shift-open while it is open; with shift-untold when the server does not know of it
 */
export async function takeOver(session) {
  if (!(await meta('shift')).told) throw new api.Unsent('refused', { problem: { code: 'shift-untold' } });
  const fresh = begun(session, await meta('seq'));
  // Asked for before, and the answer was lost: it may be open there.
  const asked = await meta('next');
  if (asked?.user === fresh.user) fresh.id = asked.id;
  else await keep('next', { id: fresh.id, user: fresh.user });
  const { closedAt, office } = await api.openShift(session, fresh);
  if (office !== fresh.office) Object.assign(fresh, { office, officeName: null });
  await write(['meta'], async tx => {
    await tx.objectStore('meta').delete('next');
    if (!closedAt) await tx.objectStore('meta').put({ ...fresh, told: true }, 'shift');
  });
  if (closedAt) await takeOver(session);
}

/**
 * @param session of whoever opened it
 * @throws api.Unsent
 */
export async function tell(shift, session) {
  if (shift.told) return;
  await api.openShift(session, shift);
  // A full phone says it once more the next time.
  await fits(write(['meta'], async tx => {
    const now = await tx.objectStore('meta').get('shift');
    if (now?.id === shift.id) await tx.objectStore('meta').put({ ...now, told: true }, 'shift');
  }));
}

/**
 * What keeps the shift from closing. Evidence the server does not take is none of it: it stays in the tray.
 *
 * @returns {waiting, unreadable}: how many handlings and pieces of evidence are to be sent; how many handlings of these the
 *     server cannot read, with which the supervisor closes the shift
 */
export async function unsent() {
  const { handlings, evidence } = await waiting((await meta('session'))?.user);
  return { waiting: handlings.length + evidence.filter(row => !row.stuck).length, unreadable: handlings.filter(row => row.stuck).length };
}

/**
 * @param counted đồng, counted by the worker before anybody says how much it should be
 * @returns the server's answer: {counted, expected, difference, handlings, evidenceMissing}
 * @throws api.Unsent
 */
export function close(counted) {
  // Whatever another tab records comes before it, or is refused after it.
  return navigator.locks.request('bocau-shift', async () => {
    const shift = await meta('shift');
    const session = await meta('session');
    await tell(shift, session);
    const lastSeq = (await meta('seq')) ?? 0;
    const refused = (await all('done')).filter(d => d.outcome === 'REFUSED' && d.entry.seq >= shift.firstSeq).length;
    let answer;
    try {
      answer = await api.closeShift(session, shift.id, { closedAt: clock(), lastSeq, counted, refused });
    } catch (no) {
      if (no.problem?.code === 'shift-closed') await ended({ ...shift, closed: true });
      throw no;
    }
    await ended({ ...shift, closed: true, answer });
    return answer;
  });
}

async function ended(shift) {
  // What the last shift but one did is with the server, and need not lie on a phone. First, for it makes room.
  await write(['done'], async tx => {
    for (const row of await tx.objectStore('done').getAll()) {
      if (row.entry.seq < shift.firstSeq) await tx.objectStore('done').delete(row.id);
    }
  });
  // A full phone does without the result.
  if (!(await fits(keep('shift', shift)))) await write(['meta'], tx => tx.objectStore('meta').delete('shift'));
}
