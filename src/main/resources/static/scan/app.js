// The app: which screen is on, what the bar says, when it sends.
import { Unsent } from './api.js';
import { allowSound } from './feedback.js';
import { load, refresh, state, tray, watch } from './state.js';
import { touched } from './form.js';
import { changed, onChange } from './outbox.js';
import { heard } from './session.js';
import { isFull, keep } from './store.js';
import { sync } from './sync.js';
import { arrived, confirm, fill, h, icon, ownUp, skipLink } from './ui.js';
import { keepApp } from './version.js';
import { speak, spoken, t } from './words.js';
import { deliver } from './views/deliver.js';
import { desk } from './views/desk.js';
import { done } from './views/done.js';
import { fail } from './views/fail.js';
import { list } from './views/list.js';
import { locked } from './views/locked.js';
import { out } from './views/out.js';
import { pickup } from './views/pickup.js';
import { shift } from './views/shift.js';
import { signIn } from './views/sign-in.js';
import { today } from './views/today.js';
import { attention } from './views/tray.js';

const SCREENS = { '': today, list, pickup, deliver, fail, desk, out, done, tray: attention, shift, locked, 'sign-in': signIn };
const TABS = [['', 'camera', 'tab.scan'], ['list', 'list', 'tab.list'], ['done', 'done', 'tab.done'], ['tray', 'tray', 'tab.tray'], ['shift', 'shift', 'tab.shift']];
const SEND_EVERY = 30_000;

let leave = null;
let turns = 0;
let pause = 0;
let exchanging = false;
let again = false;
/** Whose things are on the screen, and whether the phone had been reported lost when it was drawn. */
let shownTo = null;
let shownLost = false;

/**
 * A screen may answer with what to do when it is left, such as switching the camera off. Of two that are asked for at once
 * the later one is shown.
 */
async function route() {
  const turn = ++turns;
  leave?.();
  leave = null;
  await load();
  if (turn !== turns) return;
  shownTo = viewer();
  shownLost = Boolean(state.locked);
  const [name, ...rest] = asked();
  const wanted = !state.session && name !== 'sign-in' ? (state.locked ? 'locked' : 'sign-in') : name;
  frame(wanted);
  leave = (SCREENS[wanted] ?? today)(...rest) ?? null;
  arrived();
}

/** @returns [screen, of what...] */
function asked() {
  return location.hash.replace(/^#\/?/, '').split('/').map(part => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
}

/** Who may look at what is on this phone; a session that has ended lets nobody. */
function viewer() {
  return state.session && !state.over ? state.session.user : null;
}

/**
 * What changed is in the frame alone, unless whoever looked may not any more, or may again, or the phone was reported lost.
 * Who is in the middle of a form may end it.
 */
function redraw() {
  const inForm = touched() && (!shownTo || state.session?.user === shownTo);
  const lost = Boolean(state.locked) && !shownLost;
  const [name] = asked();
  if (inForm || (shownTo === viewer() && !lost)) return frame(name);
  // Who signs in there afterwards is asked to by whoever has found it.
  if (lost && name === 'sign-in') location.hash = '#/';
  return route();
}

function frame(current) {
  const waiting = state.outbox.length + state.evidence.length;
  const online = state.net === 'sent' || state.net === 'stuck';
  fill(document.getElementById('bar'),
    h('a', { href: '#/', class: 'brand' }, t('app')),
    state.session && net(online),
    state.session && h('span', { class: 'waiting', 'data-waiting': waiting }, waiting === 0 ? t('waiting.none') : t('waiting.some', { n: waiting })),
    h('button', { type: 'button', class: 'language', lang: spoken() === 'vi' ? 'en' : 'vi', onclick: otherLanguage }, spoken() === 'vi' ? 'English' : 'Tiếng Việt'));
  const nav = document.getElementById('tabs');
  nav.setAttribute('aria-label', t('tabs'));
  const toLookAt = state.session ? tray().length : 0;
  nav.replaceChildren(...(state.session ? TABS : []).map(([name, picture, key]) =>
    h('a', { href: '#/' + name, 'aria-current': name === current ? 'page' : null },
      icon(picture), h('span', {}, t(key)), name === 'tray' && toLookAt > 0 && h('b', { class: 'count' }, toLookAt))));
}

/** A session that is over leads to where it is renewed, also in the middle of a shift. */
function net(online) {
  const over = state.over || state.net === 'sign-in';
  return h(over ? 'a' : 'span', { class: 'net ' + (online && !over ? 'on' : 'off'), href: over ? '#/sign-in' : null }, t('net.' + (over ? 'sign-in' : state.net)));
}

async function otherLanguage() {
  const [before, language] = spoken() === 'vi' ? ['vi', 'en'] : ['en', 'vi'];
  // Asked in the language that is wanted: the other one may not be understood.
  speak(language);
  if (touched() && !(await confirm(t('language.sure'), t('language.change')))) return speak(before);
  await keep('language', language);
  return route();
}

/** One after the other; what is asked for meanwhile is done once more afterwards. */
async function exchange() {
  again = exchanging;
  if (exchanging) return;
  exchanging = true;
  try {
    do {
      again = false;
      await exchangeOnce();
    } while (again);
  } finally {
    exchanging = false;
    // What was asked for meanwhile is done also when what ran then has failed.
    if (again) exchange();
  }
}

/** Sends what is waiting, then asks for the worklist; in between the phone may be without signal for hours. */
async function exchangeOnce() {
  const { session, locked } = state;
  if (!(session ?? locked)?.token || Date.now() < pause) return;
  const result = await sync();
  // Whoever else sends may not ask for the list: a service worker does not.
  const elsewhere = result.state === 'elsewhere';
  if (!elsewhere) {
    state.net = result.state;
    pause = Date.now() + (result.after ?? 0) * 1000;
  }
  // Also where something was refused: a phone that was reported lost hears of it so.
  if (session && (elsewhere || ['sent', 'stuck', 'refused', 'full'].includes(result.state))) {
    try {
      await refresh(session);
    } catch (no) {
      if (!(no instanceof Unsent) && !isFull(no)) throw no;
      state.net = isFull(no) ? 'full' : no.state;
      await heard(state.net, session.token);
      changed('ended');
    }
  }
  await load();
  await redraw();
  dispatchEvent(new Event('refreshed'));
}

await load();
speak(state.language);
watch(redraw);
ownUp();
skipLink();
// What was just done goes at once when there is signal; and whether there is, is seen.
onChange(what => what === 'recorded' && exchange());
addEventListener('hashchange', route);
addEventListener('pointerdown', allowSound, { once: true });
addEventListener('keydown', allowSound, { once: true });
addEventListener('online', () => { pause = 0; exchange(); });
addEventListener('signed-in', () => { pause = 0; load().then(exchange).then(route); });
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && exchange());
setInterval(exchange, SEND_EVERY);
await route();
keepApp();
exchange();
