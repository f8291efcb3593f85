// What this phone knows of its clock: the hub's time in its last answer, and a clock beside that nobody can set. With both
// the hub corrects what was recorded before somebody set the phone's clock.
import { write } from './store.js';

/** @param now the hub's time, as it has just answered */
export async function hear(now) {
  const beacon = { heard: now, ahead: Date.now() - Date.parse(now), at: performance.now(), page: performance.timeOrigin };
  try {
    await write(['meta'], tx => tx.objectStore('meta').put(beacon, 'beacon'));
  } catch (no) {
    // A full phone has to send what fills it; the last beacon will do.
    if (no.name !== 'QuotaExceededError') throw no;
  }
}

/** @param beacon the last that was heard; @returns what goes with a handling made now, or nothing */
export function sinceHeard(beacon) {
  if (!beacon) return {};
  const { heard, ahead, at, page } = beacon;
  // Another page's clock began at another time, and which of the two is right is not known.
  const here = page === performance.timeOrigin;
  return { clock: { heard, ahead, ...(here ? { steady: Math.round(performance.now() - at) } : {}) } };
}
