// A shift opens on the phone, with or without signal, and closes when everything is with the server and the money is counted.
import * as api from './api.js';
import { clock, uuid7 } from './ids.js';
import { waiting } from './outbox.js';
import { all, meta, write } from './store.js';

/** Told to the server at once when there is signal, else when it closes. */
export async function open() {
  const shift = await write(['meta'], async tx => {
    const store = tx.objectStore('meta');
    const running = await store.get('shift');
    if (running && !running.closed) return running;
    const { user } = await store.get('session');
    const begun = { id: uuid7(), user, openedAt: clock(), firstSeq: ((await store.get('seq')) ?? 0) + 1, told: false };
    await store.put(begun, 'shift');
    return begun;
  });
  await tell(shift).catch(() => {});
  return shift;
}

async function tell(shift) {
  if (shift.told) return;
  const session = await meta('session');
  await api.openShift(session, shift);
  await write(['meta'], async tx => {
    const now = await tx.objectStore('meta').get('shift');
    if (now?.id === shift.id) await tx.objectStore('meta').put({ ...now, told: true }, 'shift');
  });
}

/** How much is not with the server yet: a shift is not closed before that is nothing. */
export async function unsent() {
  const { handlings, evidence } = await waiting((await meta('session')).user);
  return handlings.length + evidence.length;
}

/**
 * @param counted đồng, counted by the worker before anybody says how much it should be
 * @returns the server's answer: {counted, expected, difference, handlings, evidenceMissing}
 * @throws api.Unsent
 */
export async function close(counted) {
  const shift = await meta('shift');
  const session = await meta('session');
  await tell(shift);
  const lastSeq = (await meta('seq')) ?? 0;
  const refused = (await all('done')).filter(d => d.outcome === 'REFUSED' && d.entry.seq >= shift.firstSeq).length;
  const answer = await api.closeShift(session, shift.id, { closedAt: clock(), lastSeq, counted, refused });
  await write(['meta', 'done'], async tx => {
    await tx.objectStore('meta').put({ ...shift, closed: true, answer }, 'shift');
    // What the last shift but one did is with the server, and need not lie on a phone.
    for (const row of await tx.objectStore('done').getAll()) {
      if (row.entry.seq < shift.firstSeq) await tx.objectStore('done').delete(row.id);
    }
  });
  return answer;
}
