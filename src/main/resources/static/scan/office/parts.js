// Pieces the supervisor's sections share: asking the server, saying why, lists in pages.
import * as api from '../api.js';
import { grouped } from '../s10.js';
import { state } from '../state.js';
import { announce, h, show } from '../ui.js';
import { moment, said, t } from '../words.js';

let turn = 0;
let again = () => {};

const MOST = 200;
let read = 0;

/** What draws the section that is on once more. */
export function onAgain(route) {
  again = route;
}

/** Another section begins at its beginning. */
export function forget() {
  read = 0;
}

/** How much to ask for first: drawn once more, a list is as long as it was. */
export function reach(size) {
  return Math.min(MOST, Math.ceil(Math.max(size, read) / size) * size);
}

export function ask(path, body = null) {
  return api.ask(state.session, '/office' + path, { body });
}

/** A section: asked for first, then drawn, unless another was opened meanwhile. */
export async function section(title, asked, draw) {
  const mine = ++turn;
  show(title, h('p', { class: 'quiet' }, t('office.loading')));
  let answer;
  try {
    answer = await asked();
  } catch (no) {
    if (!(no instanceof api.Unsent)) throw no;
    if (mine === turn) show(title, unanswered(no));
    return;
  }
  if (mine === turn) show(title, ...draw(answer));
}

function unanswered(no) {
  const retry = h('button', { type: 'button', onclick: again }, t('office.again'));
  if (no.state === 'offline') return h('div', { class: 'summary', role: 'alert' }, h('p', { class: 'lead' }, t('office.offline')), retry);
  if (no.state === 'sign-in') return h('div', { class: 'summary', role: 'alert' }, h('p', { class: 'lead' }, t('office.session-over')), h('a', { class: 'button', href: '#/sign-in' }, t('sign-in.submit')));
  return h('div', { class: 'summary', role: 'alert' }, h('p', { class: 'lead' }, problem(no)), no.state !== 'refused' && retry);
}

/** What was wrong, in the reader's language, as the server says it. */
export function problem(no) {
  if (no.state === 'offline') return t('office.not-done-offline');
  return said(no.problem?.flaws?.[0]) || no.problem?.detail || t('sign-in.busy');
}

/** Draws it once more, and comes back to where the reader was. */
async function redraw() {
  const y = scrollY;
  const [name, value] = Object.entries({ ...document.activeElement?.closest('li.card')?.dataset })[0] ?? [];
  await again();
  const heading = name && document.querySelector(`li.card[data-${name}="${CSS.escape(value)}"] :is(h2, h3)`);
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  scrollTo(0, y);
}

/** Does it, says what came of it, and shows how everything stands now: also when somebody else was faster. */
export async function act(path, body, done, method = 'POST') {
  try {
    const answer = await api.ask(state.session, path, { method, body });
    await redraw();
    announce(typeof done === 'function' ? done(answer) : done, 'good');
  } catch (no) {
    if (!(no instanceof api.Unsent)) throw no;
    if (no.state === 'refused') await redraw();
    announce(problem(no), 'bad');
  }
}

/**
 * A list that grows by pages.
 *
 * @param first rows of the first page
 * @param more asks for the rows after so many; null when there is no next page
 * @param row draws one as a list item
 */
export function paged(first, { more, row, empty, wide = false }) {
  if (first.length === 0) return h('p', { class: 'empty' }, empty);
  let count = first.length;
  let next = more;
  const list = h('ul', { class: wide ? 'plain rows wide' : 'plain rows' }, first.map(row));
  const box = h('div', { class: 'actions' });
  const button = h('button', {
    type: 'button',
    class: 'plain',
    onclick: async () => {
      button.disabled = true;
      try {
        const { rows, more: following } = await next(count);
        const drawn = rows.map(row);
        list.append(...drawn);
        count += rows.length;
        read = count;
        next = following;
        if (next) button.disabled = false;
        else button.remove();
        drawn[0]?.querySelector('a, button, h2')?.focus();
      } catch (no) {
        if (!(no instanceof api.Unsent)) throw no;
        button.disabled = false;
        announce(problem(no), 'bad');
      }
    },
  }, t('office.more'));
  if (next) box.append(button);
  return h('div', {}, list, box);
}

/** Pages by how many were read; the last one is shorter. */
export function byCount(size, asked) {
  const more = async from => {
    const rows = await asked(from);
    return { rows, more: rows.length < size ? null : more };
  };
  return first => (first.length < size || first.length % size > 0 ? null : more);
}

export function item(code) {
  return code ? h('span', { class: 'code' }, grouped(code)) : t('stop.no-item');
}

export function lookUp(code, text) {
  return h('a', { href: '#/find/' + encodeURIComponent(code) }, text);
}

/** Pairs of a word and what it says; without those that say nothing. */
export function facts(...pairs) {
  return h('dl', { class: 'facts' }, pairs.filter(pair => pair && pair[1] !== null && pair[1] !== undefined && pair[1] !== false && pair[1] !== '')
    .map(([key, value]) => h('div', {}, h('dt', {}, t(key)), h('dd', {}, value))));
}

/** A device's name is made of chance; its end is enough to tell it from the others of an office. */
export function device(name) {
  return h('span', { class: 'quiet', title: name }, name.length > 20 ? '…' + name.slice(-8) : name);
}

/** What an agency, a carrier or the office's own desk did was written down on no phone. */
export function onPhone(entry) {
  return entry.source === 'scan' && !entry.device.startsWith('office-');
}

/** Both clocks of a handling, and what the phone's should have shown where it was wrong. */
export function clocks(entry) {
  const right = moment(entry.happenedAt);
  return [[onPhone(entry) ? 'entry.occurred' : 'entry.done-at', moment(entry.occurredAt)], right !== moment(entry.occurredAt) && ['entry.happened', right], ['entry.recorded', moment(entry.recordedAt)]];
}

const MINUTES = 5;

/** When something was noted by the phone's clock; also when the hub heard of it, if that is more than minutes apart. */
export function noted(at, heard) {
  return Math.abs(new Date(heard) - new Date(at)) > MINUTES * 60_000 ? t('noted', { at: moment(at), heard: moment(heard) }) : moment(at);
}

export function workers(names, chosen, id) {
  const left = chosen && !names.includes(chosen);
  return h('select', { id },
    h('option', { value: '' }, t('assign.nobody')),
    left && h('option', { value: chosen, selected: true }, t('assign.left', { worker: chosen })),
    names.map(name => h('option', { value: name, selected: name === chosen }, name)));
}
