// Keeps the whole app on the phone, a version at a time. `FILES` (path on the server: SHA-256) is put before this by it.
// Sends nothing by itself but when the browser wakes it: the outbox and its one sender are the app's (sync.js).
import { sync } from './sync.js';

const INDEX = new URL('index.html', self.location).pathname;
const OFFICE = new URL('office.html', self.location).pathname;
const version = Object.entries(FILES).map(entry => entry.join()).join();
const cacheName = hash(version);

/** Told apart by what is in it; not for security. */
function hash(text) {
  let h = 0;
  for (let i = 0; i < text.length; i++) h = (Math.imul(h, 31) + text.charCodeAt(i)) | 0;
  return 'scan-' + (h >>> 0).toString(36);
}

self.addEventListener('install', event => event.waitUntil(install()));

async function install() {
  const had = await caches.has(cacheName);
  try {
    await fetchAll(await caches.open(cacheName));
  } catch (no) {
    // Half a version would lie on the phone for good.
    if (!had) await caches.delete(cacheName);
    throw no;
  }
}

async function fetchAll(cache) {
  const fetched = await Promise.all(Object.entries(FILES).map(async ([path, sha256]) => {
    const response = await fetch(path, { cache: 'no-store' });
    const body = await response.clone().arrayBuffer();
    const got = [...new Uint8Array(await crypto.subtle.digest('SHA-256', body))].map(b => b.toString(16).padStart(2, '0')).join('');
    // A version that changes while it is fetched is no version.
    if (!response.ok || got !== sha256) throw new Error('not the version announced: ' + path);
    return [path, response];
  }));
  await Promise.all(fetched.map(([path, response]) => cache.put(path, response)));
}

self.addEventListener('activate', event => event.waitUntil(activate()));

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter(name => name.startsWith('scan-') && name !== cacheName).map(name => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  // The supervisor's page needs the network for all it shows; that there is none, it can say without.
  const page = /\/scan\/office(\.html|\/)?$/.test(url.pathname) ? OFFICE : INDEX;
  const wanted = event.request.mode === 'navigate' ? page : url.pathname;
  // As the server does: what the page names beside it lies under the slash.
  if (event.request.mode === 'navigate' && url.pathname === '/scan') return event.respondWith(Response.redirect('/scan/'));
  if (wanted in FILES) event.respondWith(kept(wanted, event.request));
});

async function kept(path, request) {
  const cache = await caches.open(cacheName);
  return (await cache.match(path)) ?? fetch(request);
}

// The worker has seen that there is a new version, and has nothing half done.
self.addEventListener('message', event => {
  if (event.data === 'take-over') self.skipWaiting();
});

self.addEventListener('sync', event => {
  if (event.tag === 'outbox') event.waitUntil(sync());
});
