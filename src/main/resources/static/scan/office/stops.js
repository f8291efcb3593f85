import { grouped } from '../s10.js';
import { form } from '../form.js';
import { field, h } from '../ui.js';
import { moment, said, t } from '../words.js';
import { owner } from './overdue.js';
import { act, ask, byCount, facts, item, lookUp, paged, reach, section, workers } from './parts.js';

const SIZE = 50;

/** Open items of a commune or of a worker, each of which can be given to somebody else by itself. */
export function stops(commune = '', worker = '') {
  const listed = (from, size = SIZE) => (worker ? ask('/stops', { worker, from, size })
    : ask(`/stops?size=${size}&from=${from}` + (commune ? '&commune=' + encodeURIComponent(commune) : '')));
  return section(t('stops.title'), async () => {
    const [page, rounds] = await Promise.all([listed(0, reach(SIZE)), ask('/assignments')]);
    return { page, rounds };
  }, ({ page, rounds }) => [
    h('p', {}, h('a', { href: '#/assign' }, t('stops.back'))),
    h('p', { class: 'lead' }, worker || rounds.communes.find(one => one.commune === commune)?.name || t('list.all-communes')),
    h('p', { class: 'quiet' }, t('list.count', { n: page.total })),
    paged(page.legs, { row: one => stop(one, rounds.workers), empty: t('list.empty'), more: byCount(SIZE, async from => (await listed(from)).legs)(page.legs) }),
  ]);
}

function stop(one, names) {
  const select = workers(names, one.singly ? one.worker : null, 'worker-' + one.leg);
  const name = one.item ? grouped(one.item) : one.dossier;
  select.options[0].text = t('stops.by-commune');
  return h('li', { class: 'card', 'data-leg': one.leg },
    h('h2', {}, said(one.next), ' ', one.singly && h('span', { class: 'tag' }, t('stops.singly'))),
    facts(
      ['stop.item', lookUp(one.item ?? one.dossier, item(one.item))],
      ['stop.where', [one.name, one.street, one.communeName].filter(Boolean).join(', ')],
      ['overdue.due', moment(one.dueAt)],
      ['overdue.owner', owner(one)]),
    form({
      class: 'filter',
      act: () => act('/office/assignments/legs/' + one.leg, { worker: select.value || null, version: one.version },
        select.value ? t('assign.given', { worker: select.value, what: name }) : t('stops.taken', { what: name }), 'PUT').then(() => []),
    }, field(t('assign.worker'), select), h('button', { type: 'submit', class: 'plain', 'aria-label': t('assign.give-what', { what: name }) }, t('assign.give'))).node);
}
