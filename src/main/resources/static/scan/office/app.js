// The supervisor's page: which section is on, and whether there is a network to show it with.
import { load, state } from '../state.js';
import { keep } from '../store.js';
import { fill, h, hush, ownUp, skipLink } from '../ui.js';
import { keepApp } from '../version.js';
import { speak, spoken, t } from '../words.js';
import { officeName } from '../views/parts.js';
import { signIn } from '../views/sign-in.js';
import { assign } from './assign.js';
import { cash } from './cash.js';
import { conflicts } from './conflicts.js';
import { crew } from './crew.js';
import { find } from './find.js';
import { notYours } from './not-yours.js';
import { overdue } from './overdue.js';
import { forget, onAgain } from './parts.js';
import { run } from './run.js';
import { stops } from './stops.js';

const SCREENS = { '': crew, overdue, assign, stops, run, conflicts, cash, find, 'sign-in': signIn, 'not-yours': notYours };
const SECTIONS = [['', 'crew.title'], ['overdue', 'overdue.title'], ['assign', 'assign.title'], ['conflicts', 'conflicts.title'], ['cash', 'cash.title'], ['find', 'find.title']];
const WITHIN = { stops: 'assign', run: 'assign' };
const SUPERVISOR = 'POSTAL_SUPERVISOR';

async function route() {
  await load();
  const [name, ...rest] = location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  const wanted = !state.session ? 'sign-in' : state.session.role !== SUPERVISOR && name !== 'sign-in' ? 'not-yours' : name;
  frame(wanted);
  await (SCREENS[wanted] ?? crew)(...rest);
}

function frame(current) {
  fill(document.getElementById('bar'),
    h('a', { href: '/scan/', class: 'brand' }, t('app')),
    state.session && h('span', { class: 'who' }, state.session.user, ' · ', officeName(state.session)),
    h('button', { type: 'button', class: 'language', lang: spoken() === 'vi' ? 'en' : 'vi', onclick: otherLanguage }, spoken() === 'vi' ? 'English' : 'Tiếng Việt'));
  const nav = document.getElementById('sections');
  nav.setAttribute('aria-label', t('office.sections'));
  const inside = state.session?.role === SUPERVISOR && current !== 'sign-in';
  nav.replaceChildren(...(inside ? SECTIONS : []).map(([name, key]) =>
    h('a', { href: '#/' + name, 'aria-current': name === (WITHIN[current] ?? current) ? 'page' : null }, t(key))));
  network();
}

function network() {
  document.getElementById('network').replaceChildren(...(navigator.onLine ? [] : [h('p', {}, t('office.offline'))]));
}

async function otherLanguage() {
  const language = spoken() === 'vi' ? 'en' : 'vi';
  await keep('language', language);
  speak(language);
  await route();
}

await load();
speak(state.language);
onAgain(route);
ownUp();
skipLink();
addEventListener('hashchange', () => {
  hush();
  forget();
  route();
});
addEventListener('online', route);
addEventListener('offline', network);
addEventListener('signed-in', route);
await route();
keepApp();
