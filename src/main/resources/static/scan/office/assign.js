import { form } from '../form.js';
import { field, h } from '../ui.js';
import { moment, t } from '../words.js';
import { act, ask, section, workers } from './parts.js';

/** Which worker goes to which commune: a rule that holds until it is changed. */
export function assign() {
  return section(t('assign.title'), () => ask('/assignments'), ({ workers: names, communes }) => [
    h('p', { class: 'quiet' }, t('assign.lead')),
    h('h2', {}, t('assign.communes')),
    communes.length === 0 ? h('p', {}, t('assign.communes-empty'))
      : h('ul', { class: 'plain rows' }, communes.map(one => commune(one, names))),
    h('h2', {}, t('assign.workers')),
    names.length === 0 ? h('p', {}, t('assign.workers-empty'))
      : h('ul', { class: 'plain rows' }, names.map(name => h('li', { class: 'card', 'data-worker': name },
        h('h2', {}, name),
        h('div', { class: 'actions' },
          h('a', { class: 'button plain', href: '#/stops//' + encodeURIComponent(name) }, t('assign.items')),
          h('a', { class: 'button plain', href: '#/run/' + encodeURIComponent(name) }, t('run.title')))))),
  ]);
}

function commune(one, names) {
  const name = one.name ?? one.commune;
  const select = workers(names, one.worker, 'worker-' + one.commune);
  return h('li', { class: 'card', 'data-commune': one.commune },
    h('h2', {}, name),
    h('p', {}, t('assign.load', { open: one.open }), ' ', one.overdue > 0 && h('span', { class: 'tag warn' }, t('assign.overdue', { n: one.overdue })),
      !one.worker && h('span', { class: 'tag' }, t('assign.nobody'))),
    one.by && h('p', { class: 'quiet' }, t('assign.by', { by: one.by, at: moment(one.at) })),
    form({
      class: 'filter',
      act: () => act('/office/assignments/communes/' + one.commune, { worker: select.value || null, version: one.version }, said(select.value, name), 'PUT').then(() => []),
    }, field(t('assign.worker'), select), h('button', { type: 'submit', 'aria-label': t('assign.give-what', { what: name }) }, t('assign.give'))).node,
    one.open > 0 && h('p', {}, h('a', { href: '#/stops/' + one.commune }, t('assign.items'))));
}

function said(worker, what) {
  return worker ? t('assign.given', { worker, what }) : t('assign.taken', { what });
}
