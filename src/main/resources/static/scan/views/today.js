import { judge, task, TASKS } from '../judge.js';
import { recorded, state } from '../state.js';
import { scanner } from '../scanner.js';
import { h, show } from '../ui.js';
import { said, t } from '../words.js';
import { card, fetched, link, marks, onList, place, shiftOpen } from './parts.js';

/** The camera is open, the next stop is on top. */
export function today() {
  const first = onList(state.stops).find(stop => task(stop) !== 'office');
  if (!shiftOpen()) {
    show(t('today.title'), h('p', { class: 'lead' }, t('today.no-shift')), h('a', { class: 'button', href: '#/shift' }, t('shift.open')), lists());
    return null;
  }
  const eye = scanner({
    expected: item => state.stops.some(stop => stop.item === item),
    judge: item => judge(item, { stops: state.stops, handled: finished() }),
    act: verdict => verdict.stop && h('div', { class: 'card' },
      h('p', { class: 'lead' }, verdict.stop.party.name), h('p', {}, place(verdict.stop)), h('p', {}, marks(verdict.stop)),
      h('a', { class: 'button', href: link(verdict.stop) }, said(verdict.stop.next) || t('open'))),
  });
  show(t('today.title'), eye.node, h('h2', {}, t('today.next')),
    first ? h('ul', { class: 'plain' }, card(first, { next: true })) : h('p', {}, t('today.nothing')), lists());
  return () => eye.stop();
}

/** What this phone did last with an item that is still on the list: the list is only as new as the last signal. */
function finished() {
  const last = new Map();
  for (const [item, entries] of recorded()) {
    const stop = state.stops.find(s => s.item === item);
    const due = stop && task(stop);
    const done = { pickup: ['COLLECTED', 'PICKUP_FAILED'], fetch: ['RESULT_COLLECTED'], handover: ['HANDED_TO_AGENCY'], deliver: ['DELIVERED', 'DELIVERY_FAILED'], giveback: ['RETURNED_TO_AGENCY'] };
    const since = state.list?.now;
    const after = entries.filter(e => !since || new Date(e.occurredAt) > new Date(state.list.fetchedAt));
    if (after.some(e => done[due]?.includes(e.code))) last.set(item, after.at(-1).code);
  }
  return last;
}

function lists() {
  return [h('h2', {}, t('today.lists')), h('ul', { class: 'plain' }, Object.keys(TASKS).map(name => {
    const n = onList(state.stops.filter(stop => task(stop) === name)).length;
    return h('li', { class: 'card' }, h('a', { href: `#/list/${name}` }, t('task.' + name)), h('span', { class: 'quiet' }, ' · ', t('list.count', { n })));
  })), h('p', { class: 'quiet' }, fetched())];
}
