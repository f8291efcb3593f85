// What this phone knows of its clock: the hub's time in its last answer, and a clock beside that nobody can set. With both
// the hub corrects what was recorded before somebody set the phone's clock.
import { fits, write } from './store.js';

/** @param now the hub's time, as it has just answered */
export async function hear(now) {
  const beacon = { heard: now, ahead: Date.now() - Date.parse(now), at: performance.now(), page: performance.timeOrigin };
  // A full phone has to send what fills it; the last beacon will do.
  await fits(write(['meta'], tx => tx.objectStore('meta').put(beacon, 'beacon')));
}

/** @param beacon the last that was heard; @returns what goes with a handling made now, or nothing */
export function sinceHeard(beacon) {
  if (!beacon) return {};
  const passed = steady(beacon);
  return { clock: { heard: beacon.heard, ahead: beacon.ahead, ...(passed === null ? {} : { steady: Math.round(passed) }) } };
}

/** Another page's clock began at another time, and which of the two is right is not known. */
function steady({ at, page }) {
  return page === performance.timeOrigin ? performance.now() - at : null;
}

/** Clocks are put right by less every day. */
const SET = 120_000;

/**
 * Whether it is later than that by the hub's clock, as far as can be known here. A clock that goes back behind what is known
 * to have passed was set: right, when it shows a time that may be.
 */
export function isPast(time, beacon) {
  const least = Date.parse(beacon.heard) + (steady(beacon) ?? 0) - SET;
  const shown = Date.now() - beacon.ahead;
  const now = shown < least ? Date.now() : shown;
  return now < least || now > Date.parse(time);
}
