// What a scanned code means for the worker who scans it. Decided on the phone, without signal; six answers, no more.

/** What is to be done with an item, by the act that is owed on it. */
export const TASKS = {
  pickup: ['ACCEPT_PICKUP', 'COLLECT', 'COLLECT_REST'],
  fetch: ['FETCH'],
  handover: ['HAND_OVER'],
  deliver: ['DELIVER', 'HAND_OUT'],
  giveback: ['BRING_BACK'],
  office: ['RECEIVE', 'FORWARD', 'VERIFY_ADDRESS', 'REVIEW', 'SEND_BACK', 'SETTLE', 'SEND_EVIDENCE'],
};

export function task(stop) {
  return Object.keys(TASKS).find(name => TASKS[name].includes(stop.next?.act)) ?? 'office';
}

/**
 * @param item in its normal form
 * @param scene {stops, handled: ids of items with the code of what was last recorded of them in this task, task?: what the
 *     worker is doing; null when scanning decides it, agency?: at whose desk}
 * @returns {answer, stop?, task?}
 */
export function judge(item, { stops, handled, task: doing = null, agency = null }) {
  const stop = stops.find(s => s.item === item);
  // Also of what was scanned before it was asked back.
  if (stop?.recalled) return { answer: 'recalled', stop };
  if (handled.has(item)) return { answer: 'seen', stop };
  if (!stop) return { answer: 'unlisted' };
  const due = task(stop);
  if (agency && ['fetch', 'handover', 'giveback'].includes(due) && stop.desk?.id !== agency) {
    return { answer: 'wrong-agency', stop, task: due };
  }
  if (doing && doing !== due) return { answer: 'unlisted', stop, task: due };
  if (due === 'deliver' && (stop.identityCheck || stop.originalsDue > 0)) return { answer: 'stop', stop, task: due };
  return { answer: 'right', stop, task: due };
}

/** Has to be handed over alone: somebody's paper is looked at, originals are taken back, money changes hands. */
export function singly(stop) {
  return Boolean(stop.identityCheck) || stop.originalsDue > 0 || stop.feeDue > 0 || stop.postageDue > 0 || stop.codDue > 0;
}
