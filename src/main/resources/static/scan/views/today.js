import { judge, task, TASKS } from '../judge.js';
import { sinceList, state } from '../state.js';
import { scanner } from '../scanner.js';
import { h, show } from '../ui.js';
import { said, t } from '../words.js';
import { card, doneHere, fetched, link, marks, noShift, onList, over, place, shiftOpen } from './parts.js';

/** The camera is open, the next stop is on top. */
export function today() {
  const first = onList(state.stops).find(stop => task(stop) !== 'office' && !stop.recalled && !doneHere(stop));
  if (!shiftOpen()) {
    show(t('today.title'), over(), noShift(), lists());
    return null;
  }
  const eye = scanner({
    expected: item => state.stops.some(stop => stop.item === item),
    judge: item => judge(item, { stops: state.stops, handled: finished() }),
    act: verdict => verdict.stop && h('div', { class: 'card' },
      h('p', { class: 'lead' }, verdict.stop.party.name), h('p', {}, place(verdict.stop)), h('p', {}, marks(verdict.stop)),
      h('a', { class: 'button', href: link(verdict.stop) }, said(verdict.stop.next) || t('open'))),
  });
  show(t('today.title'), over(), eye.node, h('h2', {}, t('today.next')),
    first ? h('ul', { class: 'plain' }, card(first, { next: true })) : h('p', {}, t('today.nothing')), lists());
  return () => eye.stop();
}

const DONE = {
  pickup: ['COLLECTED', 'PICKUP_FAILED'], fetch: ['RESULT_COLLECTED'], handover: ['HANDED_TO_AGENCY'], deliver: ['DELIVERED', 'DELIVERY_FAILED'], giveback: ['RETURNED_TO_AGENCY'],
};

/** Items on the list this phone was at already: the list is only as new as the last signal. */
function finished() {
  return new Set(state.stops.filter(stop => stop.item && sinceList(stop).some(e => DONE[task(stop)]?.includes(e.code))).map(stop => stop.item));
}

function lists() {
  return [h('h2', {}, t('today.lists')), h('ul', { class: 'plain' }, Object.keys(TASKS).map(name => {
    const n = onList(state.stops.filter(stop => task(stop) === name)).length;
    return h('li', { class: 'card' }, h('a', { href: `#/list/${name}` }, t('task.' + name)), h('span', { class: 'quiet' }, ' · ', t('list.count', { n })));
  })), h('p', { class: 'quiet' }, fetched())];
}
