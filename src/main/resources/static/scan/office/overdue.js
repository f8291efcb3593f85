import { field, h } from '../ui.js';
import { ago, moment, said, t } from '../words.js';
import { ask, byCount, facts, item, lookUp, paged, reach, section } from './parts.js';

const SIZE = 50;

/** What is past its deadline, the most urgent first. */
export function overdue(commune = '', others = '') {
  const path = (from, size = SIZE) => `/overdue?size=${size}&from=${from}&others=${others === 'others'}` + (commune ? '&commune=' + encodeURIComponent(commune) : '');
  return section(t('overdue.title'), () => ask(path(0, reach(SIZE))), page => [
    filter(page.communes, commune, others),
    h('p', { class: 'quiet' }, t('overdue.count', { n: page.total })),
    paged(page.legs, { row: one => leg(one, page.now), empty: t('overdue.empty'), more: byCount(SIZE, async from => (await ask(path(from))).legs)(page.legs) }),
  ]);
}

function filter(communes, chosen, others) {
  const select = h('select', { id: 'commune' }, h('option', { value: '' }, t('list.all-communes')),
    communes.map(one => h('option', { value: one.commune ?? 'none', selected: (one.commune ?? 'none') === chosen },
      `${one.commune ? (one.name ?? one.commune) : t('overdue.no-commune')} (${one.overdue})`)));
  const tick = h('input', { type: 'checkbox', checked: others === 'others' });
  return h('form', {
    class: 'filter',
    onsubmit: event => {
      event.preventDefault();
      location.hash = `#/overdue/${encodeURIComponent(select.value)}/${tick.checked ? 'others' : ''}`;
    },
  }, field(t('list.commune'), select), h('label', { class: 'choice field' }, tick, h('span', {}, t('overdue.others'))), h('button', { type: 'submit', class: 'plain' }, t('overdue.filter')));
}

function leg(one, now) {
  return h('li', { class: 'card', 'data-leg': one.leg },
    h('h2', {}, said(one.next)),
    facts(
      ['overdue.due', t('overdue.due-ago', { at: moment(one.dueAt), ago: ago(one.dueAt, now) })],
      ['overdue.owner', owner(one)],
      ['stop.item', lookUp(one.item ?? one.dossier, item(one.item))],
      ['stop.dossier', one.dossier],
      ['overdue.kind', `${said(one.kind)} · ${said(one.step)}`],
      ['stop.where', [one.name, one.street, one.communeName].filter(Boolean).join(', ')],
      ['overdue.rule', h('span', { class: 'quiet' }, said(one.rule))]));
}

export function owner(one) {
  if (one.ownerKind === 'AGENCY') return one.ownerName ?? one.owner;
  const kind = t('owner.' + one.ownerKind);
  const ours = ['POST_OFFICE', 'POSTAL_WORKER', 'SUPERVISOR'].includes(one.ownerKind);
  return ours ? `${kind} · ${one.worker ?? t('assign.nobody')}` : kind;
}
