import * as api from '../api.js';
import { state } from '../state.js';
import { announce, h } from '../ui.js';
import { day, dong, moment, said, t } from '../words.js';
import { ask, problem, section } from './parts.js';

/** What a worker takes along today, door by door; on paper too. */
export function run(worker = '') {
  const path = '/run-list?worker=' + encodeURIComponent(worker);
  return section(t('run.title'), () => ask(path), list => [
    h('p', { class: 'no-print' }, h('a', { href: '#/assign' }, t('stops.back'))),
    h('p', { class: 'lead' }, t('run.head', { worker: list.worker, office: list.officeName ?? list.office, day: day(list.madeAt) })),
    h('p', { class: 'quiet' }, t('run.count', { n: list.stops.length, at: moment(list.madeAt) })),
    list.stops.length === 0 ? h('p', {}, t('run.empty')) : [
      h('div', { class: 'actions' }, h('button', { type: 'button', onclick: () => print(path) }, t('run.print'))),
      table(list.stops),
    ],
  ].flat());
}

const COLUMNS = [
  ['run.no', (stop, no) => no],
  ['run.what', stop => [said(stop.next), stop.overdue && h('span', { class: 'tag warn' }, t('stop.late'))]],
  ['stop.item', stop => h('span', { class: 'code' }, stop.item ?? t('stop.no-item'))],
  ['stop.who', stop => `${stop.name}, ${stop.phone}`],
  ['stop.where', stop => [stop.street, stop.commune].filter(Boolean).join(', ')],
  ['run.money', stop => dong(stop.feeDue + stop.postageDue)],
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

/** The server's own print where it makes one, else this page's. */
async function print(path) {
  const paper = window.open('', '_blank');
  try {
    const pdf = await api.pdf(state.session, '/office' + path);
    if (pdf && paper) return paper.location.replace(URL.createObjectURL(pdf));
    paper?.close();
    window.print();
  } catch (no) {
    paper?.close();
    if (!(no instanceof api.Unsent)) throw no;
    announce(problem(no), 'bad');
  }
}
