// Pieces several screens show.
import { singly, task } from '../judge.js';
import { grouped } from '../s10.js';
import { state } from '../state.js';
import { h } from '../ui.js';
import { day, dong, hour, said, t } from '../words.js';

export function place(stop) {
  const { street, communeName } = stop.party.address;
  return [street, communeName].filter(Boolean).join(', ');
}

/** One stop as a card that leads to what is to be done there. */
export function card(stop, { next = false } = {}) {
  return h('li', { class: next ? 'card next' : 'card', 'data-leg': stop.leg },
    h('p', { class: 'lead' }, h('a', { href: link(stop) }, stop.party.name)),
    h('p', {}, place(stop)),
    h('p', { class: 'quiet' }, h('span', { class: 'code' }, stop.item ? grouped(stop.item) : t('stop.no-item')), ' · ', said(stop.next)),
    h('p', {}, marks(stop)));
}

export function link(stop) {
  const due = task(stop);
  if (due === 'pickup') return `#/pickup/${stop.leg}`;
  if (due === 'deliver') return `#/deliver/${stop.leg}`;
  if (due === 'office') return '#/list/office';
  return `#/desk/${encodeURIComponent(stop.desk.id)}/${due}`;
}

export function marks(stop) {
  const late = stop.next && new Date(stop.next.dueAt) < new Date();
  return [
    late && h('span', { class: 'tag warn' }, t('stop.late')),
    stop.recalled && h('span', { class: 'tag warn' }, t('stop.recalled')),
    stop.attempts > 0 && h('span', { class: 'tag' }, t('stop.attempts', { n: stop.attempts })),
    stop.identityCheck && h('span', { class: 'tag' }, t('stop.identity')),
    stop.originalsDue > 0 && h('span', { class: 'tag' }, t('stop.originals', { n: stop.originalsDue })),
    money(stop) > 0 && h('span', { class: 'tag' }, t('stop.money', { amount: dong(money(stop)) })),
    stop.paidOnline && h('span', { class: 'tag good' }, t('stop.paid')),
  ];
}

export function money(stop) {
  return stop.feeDue + stop.postageDue;
}

/** The same door: same telephone, street and commune. */
export function neighbours(stop) {
  const { phone, address } = stop.party;
  return state.stops.filter(other => other.leg !== stop.leg && other.item && task(other) === task(stop) && !singly(other)
    && other.party.phone === phone && other.party.address.street === address.street && other.party.address.commune === address.commune);
}

export function about(stop) {
  return h('dl', { class: 'facts' },
    h('dt', {}, t('stop.item')), h('dd', { class: 'code' }, stop.item ? grouped(stop.item) : t('stop.no-item')),
    h('dt', {}, t('stop.dossier')), h('dd', {}, stop.dossier[0]),
    stop.procedure && [h('dt', {}, t('stop.procedure')), h('dd', {}, stop.procedure)],
    h('dt', {}, t('stop.who')), h('dd', {}, stop.party.name),
    h('dt', {}, t('stop.where')), h('dd', {}, place(stop)),
    h('dt', {}, t('stop.phone')), h('dd', {}, h('a', { href: 'tel:' + stop.party.phone }, stop.party.phone)));
}

/** Both clocks: made here, heard there. */
export function times(entry, receivedAt) {
  const made = t('time.made', { at: hour(entry.occurredAt) });
  return h('span', { class: 'times quiet' }, receivedAt ? `${made}, ${t('time.heard', { at: hour(receivedAt) })}` : `${made}, ${t('time.waiting')}`);
}

export function codeName(code) {
  return said(state.rules?.codes.find(c => c.code === code)) || code;
}

export function fetched() {
  const at = state.list?.fetchedAt;
  return at ? t('list.fetched', { at: hour(at), day: day(at) }) : t('list.never');
}

/** A shift must be open before anything is recorded: the money of the day belongs to one. */
export function shiftOpen() {
  return state.shift && !state.shift.closed;
}
