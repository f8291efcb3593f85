import * as api from '../api.js';
import { state } from '../state.js';
import { announce, h } from '../ui.js';
import { day, dong, moment, said, t } from '../words.js';
import { ask, problem, section } from './parts.js';

/** What a worker takes along today, door by door; on paper too. */
export function run(worker = '') {
  return section(t('run.title'), () => ask('/run-list', { worker }), list => [
    h('p', { class: 'no-print' }, h('a', { href: '#/assign' }, t('stops.back'))),
    h('p', { class: 'lead' }, t('run.head', { worker: list.worker, office: list.officeName ?? list.office, day: day(list.madeAt) })),
    h('p', { class: 'quiet' }, t('run.count', { n: list.stops.length, at: moment(list.madeAt) })),
    list.stops.length === 0 ? h('p', {}, t('run.empty')) : [
      h('div', { class: 'actions' },
        h('button', { type: 'button', onclick: () => print('/office/run-list', { worker }) }, t('run.print')),
        labelled(list.stops).length > 0 && h('button', { type: 'button', class: 'plain', onclick: () => print(labels(list.stops)) }, t('run.labels', { n: labelled(list.stops).length }))),
      table(list.stops),
    ],
  ].flat());
}

/** As many as are printed at a time. */
const LABELS = 200;

function labelled(stops) {
  return [...new Set(stops.map(stop => stop.item?.replaceAll(' ', '')).filter(Boolean))].slice(0, LABELS);
}

function labels(stops) {
  return '/labels?' + new URLSearchParams(labelled(stops).map(item => ['item', item]));
}

const COLUMNS = [
  ['run.no', (stop, no) => no],
  ['run.what', stop => [said(stop.next), stop.overdue && h('span', { class: 'tag warn' }, t('stop.late'))]],
  ['stop.item', stop => h('span', { class: 'code' }, stop.item ?? t('stop.no-item'))],
  ['stop.who', stop => `${stop.name}, ${stop.phone}`],
  ['stop.where', stop => [stop.street, stop.commune].filter(Boolean).join(', ')],
  ['run.money', stop => dong(stop.feeDue + stop.postageDue + stop.codDue)],
  ['run.note', stop => [stop.identityCheck && t('stop.identity'), stop.originalsDue > 0 && t('stop.originals', { n: stop.originalsDue })].filter(Boolean).join('; ')],
];

function table(stops) {
  return h('table', { role: 'table' },
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, COLUMNS.map(([key]) => h('th', { scope: 'col', role: 'columnheader' }, t(key))))),
    h('tbody', { role: 'rowgroup' }, stops.map((stop, n) => h('tr', { role: 'row' }, COLUMNS.map(([key, cell]) => {
      const content = [cell(stop, n + 1)].flat().filter(part => part !== false && part !== '');
      return h('td', { role: 'cell', 'data-label': t(key) }, content);
    })))));
}

/** The window is opened by the click itself: one opened later would be taken for an advertisement. */
async function print(path, body = null) {
  const paper = window.open('', '_blank');
  try {
    paper?.location.replace(URL.createObjectURL(await api.pdf(state.session, path, body)));
  } catch (no) {
    paper?.close();
    if (!(no instanceof api.Unsent)) throw no;
    announce(problem(no), 'bad');
  }
}
