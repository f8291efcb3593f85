// Pieces several screens show.
import { singly, task } from '../judge.js';
import { grouped } from '../s10.js';
import { isElsewhere } from '../session.js';
import { sinceList, state } from '../state.js';
import { h, show } from '../ui.js';
import { day, dong, hour, moment, said, t } from '../words.js';

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
    ['fetch', 'handover', 'giveback'].includes(task(stop)) && h('p', { class: 'quiet' }, dossier(stop)),
    h('p', {}, marks(stop)));
}

/** At an agency every card has the same address: what tells them apart is the dossier. */
export function dossier(stop) {
  return [stop.dossier[0], stop.procedure].filter(Boolean).join(' · ');
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
    doneHere(stop) && h('span', { class: 'tag good' }, t('stop.done')),
    late && h('span', { class: 'tag warn' }, t('stop.late')),
    !mine(stop) && stop.worker && h('span', { class: 'tag' }, t('stop.of', { worker: stop.worker })),
    stop.recalled && h('span', { class: 'tag warn' }, t('stop.recalled')),
    stop.attempts > 0 && h('span', { class: 'tag' }, t('stop.attempts', { n: stop.attempts })),
    stop.identityCheck && h('span', { class: 'tag' }, t('stop.identity')),
    stop.originalsDue > 0 && h('span', { class: 'tag' }, t('stop.originals', { n: stop.originalsDue })),
    !doneHere(stop) && takenPapers(stop).includes(true) && takenPapers(stop).includes(false) && h('span', { class: 'tag' }, t('stop.partly')),
    money(stop) > 0 && h('span', { class: 'tag' }, t('stop.money', { amount: dong(money(stop)) })),
    stop.paidOnline && h('span', { class: 'tag good' }, t('stop.paid')),
  ];
}

/** What this phone recorded on this leg and the list does not know yet. */
export function took(stop) {
  return sinceList(stop).filter(entry => entry.leg === stop.leg);
}

/** Which papers of the list were taken at this door before; of several of one name the first. @returns a boolean for each */
export function takenPapers(stop) {
  const count = (papers, name) => papers.filter(paper => paper.name === name).length;
  const taken = name => Math.max(...[stop.papers.filter(paper => paper.taken), ...took(stop).map(entry => entry.details?.papers ?? [])].map(papers => count(papers, name)));
  return stop.papers.map(({ name }, i) => count(stop.papers.slice(0, i), name) < taken(name));
}

/** Kinds of money, by whose it is: the agency's, the post's, a third's. */
export const KINDS = ['fee', 'postage', 'cod'];

/** What is still to be taken, less what was taken here since the list came. A list from before may not know all kinds. */
export function due(stop, kind) {
  return took(stop).reduce((left, entry) => Math.max(0, left - (entry.details?.[kind + 'Collected'] ?? 0)), stop[kind + 'Due'] ?? 0);
}

export function money(stop) {
  return KINDS.reduce((sum, kind) => sum + due(stop, kind), 0);
}

/** The same door: same telephone, street and commune. */
export function neighbours(stop) {
  const { phone, address } = stop.party;
  return state.stops.filter(other => other.leg !== stop.leg && other.item && task(other) === task(stop) && !singly(other) && !other.recalled && !doneHere(other)
    && phone && other.party.phone === phone && other.party.address.street === address.street && other.party.address.commune === address.commune);
}

export function about(stop) {
  return h('dl', { class: 'facts' },
    h('dt', {}, t('stop.item')), h('dd', { class: 'code' }, stop.item ? grouped(stop.item) : t('stop.no-item')),
    h('dt', {}, t('stop.dossier')), h('dd', {}, stop.dossier[0]),
    stop.procedure && [h('dt', {}, t('stop.procedure')), h('dd', {}, stop.procedure)],
    h('dt', {}, t('stop.who')), h('dd', {}, stop.party.name),
    h('dt', {}, t('stop.where')), h('dd', {}, place(stop)),
    stop.party.phone && [h('dt', {}, t('stop.phone')), h('dd', {}, h('a', { href: 'tel:' + stop.party.phone }, stop.party.phone))]);
}

/** A phone's clock that is wrong by less is not worth a word; the server does not correct it either. */
const WRONG = 120_000;

/** Both clocks: made here, heard there. @param happenedAt corrected by the server, once it has answered */
export function times(entry, receivedAt, happenedAt) {
  const wrong = happenedAt && Math.abs(Date.parse(happenedAt) - Date.parse(entry.occurredAt)) > WRONG;
  const made = wrong ? t('time.made-wrong', { at: moment(happenedAt), shown: moment(entry.occurredAt) }) : t('time.made', { at: moment(entry.occurredAt) });
  return h('span', { class: 'times quiet' }, receivedAt ? `${made}, ${t('time.heard', { at: moment(receivedAt) })}` : `${made}, ${t('time.waiting')}`);
}

export function codeName(code) {
  return said(state.rules?.codes.find(c => c.code === code)) || code;
}

export function fetched() {
  const at = state.list?.fetchedAt;
  return at ? t('list.fetched', { at: hour(at), day: day(at) }) : t('list.never');
}

/** On one's own list: assigned to oneself, or to nobody. Whoever serves another one is not refused. */
export function mine(stop) {
  return !stop.worker || stop.worker === state.session.user;
}

/** One's own first, then nobody's, then colleagues'; in each the most urgent first, as the list came. */
function ownFirst(stops) {
  const rank = stop => (stop.worker === state.session.user ? 0 : stop.worker ? 2 : 1);
  return stops.map((stop, n) => [stop, n]).sort(([a, i], [b, j]) => rank(a) - rank(b) || i - j).map(([stop]) => stop);
}

/** What is shown of them: colleagues' only when asked for. */
export function onList(stops) {
  return ownFirst(state.wholeOffice ? stops : stops.filter(mine));
}

/** Codes are for machines; a session older than the name has the code alone. */
export function officeName({ office, officeName: name }) {
  return name ? `${name} (${office})` : office;
}

/** Why there is nothing on any list: whoever is signed in no longer may see what was on it. */
export function over() {
  return state.over && h('div', { class: 'card' }, h('p', { class: 'lead' }, t('session.over')), h('a', { class: 'button', href: '#/sign-in' }, t('sign-in.submit')));
}

/** A shift must be open before anything is recorded: the money of the day belongs to one. */
/** Whether something may be recorded in it. */
export function shiftOpen() {
  return shiftRuns() && !isElsewhere(state.shift, state.session);
}

export function shiftRuns() {
  return state.shift && !state.shift.closed;
}

/** What is shown in place of what cannot be recorded. */
export function noShift() {
  return [
    h('p', { class: 'lead' }, shiftRuns() ? t('shift.elsewhere', { office: officeName(state.shift) }) : t('today.no-shift')),
    h('a', { class: 'button', href: '#/shift' }, t(shiftRuns() ? 'shift.close' : 'shift.open'))];
}

const ENDS = { pickup: 'COLLECTED', fetch: 'RESULT_COLLECTED', handover: 'HANDED_TO_AGENCY', deliver: 'DELIVERED', giveback: 'RETURNED_TO_AGENCY' };

/** What this phone did here that the list, as old as the last signal, does not show yet. @returns the entry, or undefined */
export function doneHere(stop) {
  return sinceList(stop).find(entry => entry.code === ENDS[task(stop)]);
}

/** Why nothing can be recorded at this stop now, as a screen of its own; false when it can. */
export function closedTo(stop, title) {
  const go = (to, text) => h('div', { class: 'actions' }, h('a', { class: 'button', href: to }, t(text)));
  if (!stop) show(t('stop.gone'), go('#/', 'back'));
  else if (!shiftOpen()) show(title, noShift());
  else if (stop.recalled) show(title, about(stop), h('p', { class: 'lead' }, t('stop.recalled-now')), go('#/', 'back'));
  else if (doneHere(stop)) show(title, about(stop), h('p', { class: 'lead' }, t('stop.done-here', { what: codeName(doneHere(stop).code), at: moment(doneHere(stop).occurredAt) })), go('#/done', 'done.title'));
  else return false;
  return true;
}

/** Everything that was said about cash that does not tally. */
export function history(acts) {
  return acts.length > 0 && h('ul', { class: 'acts' }, acts.map(one => h('li', {},
    h('strong', {}, t('cash.' + one.what)), ' ', h('span', { class: 'quiet' }, t('crew.by-at', { by: one.by, at: moment(one.at) })), h('br'), one.said)));
}
