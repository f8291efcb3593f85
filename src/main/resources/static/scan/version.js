// Keeps a whole version of the app on the device, and offers the next one when it is there.
import { offer as show } from './ui.js';
import { t } from './words.js';

export async function keepApp() {
  const registration = await navigator.serviceWorker?.register('/scan/sw.js', { type: 'module', scope: '/scan' });
  if (!registration) return;
  let taken = false;
  const offer = worker => offerNew(() => { taken = true; worker.postMessage('take-over'); });
  const waitFor = worker => worker?.addEventListener('statechange', () =>
    worker.state === 'installed' && navigator.serviceWorker.controller && offer(worker));
  if (registration.waiting) offer(registration.waiting);
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
