// Keeps a whole version of the app on the device, and offers the next one when it is there.
import { fill, h, offer as show } from './ui.js';
import { t } from './words.js';

let known;
/** Whether the app starts without signal from now on; of a phone that cannot know yet it is not said. */
const kept = new Promise(resolve => { known = resolve; });

/** Most of all a certificate that the phone does not trust keeps a browser from keeping anything. */
export async function keepApp() {
  try {
    const registration = await navigator.serviceWorker.register('/scan/sw.js', { type: 'module', scope: '/scan' });
    offerNewer(registration);
    known(Boolean(registration.active) || (await installed(registration)));
  } catch {
    known(Boolean(navigator.serviceWorker?.controller));
  }
}

/** @returns false when a first version could not be fetched whole */
async function installed(registration) {
  const worker = registration.installing ?? registration.waiting;
  while (worker?.state === 'installing') await new Promise(resolve => worker.addEventListener('statechange', resolve, { once: true }));
  return worker?.state !== 'redundant';
}

/** @param otherwise what is said where the app is kept, or not known not to be */
export function whetherKept(otherwise) {
  const box = h('div', { 'aria-live': 'polite' }, otherwise);
  kept.then(yes => yes || fill(box, h('p', { class: 'card warn', id: 'not-kept' }, t('version.not-kept'))));
  return box;
}

function offerNewer(registration) {
  let taken = false;
  // The newest there is by then: it may have come after the one that was offered, or be in charge already.
  const offer = () => offerNew(() => {
    taken = true;
    if (registration.waiting) registration.waiting.postMessage('take-over');
    else location.reload();
  });
  const waitFor = worker => worker?.addEventListener('statechange', () =>
    worker.state === 'installed' && navigator.serviceWorker.controller && offer());
  if (registration.waiting) offer();
  waitFor(registration.installing);
  registration.addEventListener('updatefound', () => waitFor(registration.installing));
  let controlled = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (taken) location.reload();
    // It was taken in another tab: this one may not be able to record any more.
    else if (controlled) offerNew(() => location.reload());
    taken = false;
    controlled = true;
  });
}

function offerNew(take) {
  show(t('version.new'), t('version.take'), take);
}
