import { task, TASKS } from '../judge.js';
import { state } from '../state.js';
import { keep } from '../store.js';
import { field, fill, h, show } from '../ui.js';
import { t } from '../words.js';
import { card, fetched, mine, onList, over } from './parts.js';

const PAGE = 50;

/** The stops of one kind, by commune when asked for; as they were when there was signal last. */
export function list(name = 'pickup') {
  const kinds = Object.keys(TASKS);
  const all = state.stops.filter(stop => task(stop) === name);
  const stops = onList(all);
  const ofColleagues = all.filter(stop => !mine(stop)).length;
  const communes = [...new Map(stops.map(s => [s.party.address.commune, s.party.address.communeName])).entries()].filter(([code]) => code);
  const box = h('ul', { class: 'plain' });
  const more = h('div', { class: 'actions' });
  let commune = '';
  let shown = PAGE;
  const draw = () => {
    const wanted = stops.filter(stop => !commune || stop.party.address.commune === commune);
    box.replaceChildren(...wanted.slice(0, shown).map(stop => card(stop)));
    more.replaceChildren(...(wanted.length > shown
      ? [h('button', { type: 'button', class: 'plain', onclick: () => { shown += PAGE; draw(); } }, t('list.more', { n: wanted.length - shown }))] : []));
  };
  const select = h('select', { onchange: event => { commune = event.target.value; draw(); } },
    h('option', { value: '' }, t('list.all-communes')), communes.map(([code, text]) => h('option', { value: code }, text ?? code)));
  draw();
  const changed = h('div', { 'aria-live': 'polite' });
  const shownNow = JSON.stringify(all);
  // Not under the reader's thumb: a list that moves by itself is tapped wrongly.
  const compare = () => fill(changed, JSON.stringify(state.stops.filter(stop => task(stop) === name)) !== shownNow
    && h('button', { type: 'button', onclick: () => dispatchEvent(new Event('hashchange')) }, t('list.changed')));
  addEventListener('refreshed', compare);
  const desks = [...new Map(stops.filter(s => s.desk).map(s => [s.desk.id, s.desk.name ?? s.desk.id])).entries()];
  show(t('task.' + name), over(), changed,
    h('nav', { 'aria-label': t('today.lists') }, kinds.map(kind => h('a', { class: 'tag', href: `#/list/${kind}`, 'aria-current': kind === name ? 'page' : null }, t('task.' + kind)))),
    name === 'deliver' && h('div', { class: 'actions' }, h('a', { class: 'button plain', href: '#/out' }, t('out.title'))),
    ['fetch', 'handover', 'giveback'].includes(name) && h('div', { class: 'actions' }, desks.map(([id, text]) =>
      h('a', { class: 'button', href: `#/desk/${encodeURIComponent(id)}/${name}` }, text))),
    communes.length > 1 && field(t('list.commune'), select),
    ofColleagues > 0 && h('div', { class: 'actions' },
      h('button', { type: 'button', class: 'plain', 'aria-pressed': String(Boolean(state.wholeOffice)), onclick: () => keep('wholeOffice', !state.wholeOffice).then(() => dispatchEvent(new Event('hashchange'))) }, t('list.whole-office'))),
    ofColleagues > 0 && h('p', { class: 'quiet' }, state.wholeOffice ? t('list.whole-office') : `${t('list.mine')}. ${t('list.of-colleagues', { n: ofColleagues })}`),
    stops.length === 0 ? h('p', {}, t('list.empty')) : [h('p', { class: 'quiet' }, t('list.count', { n: stops.length })), box, more],
    h('p', { class: 'quiet' }, fetched()));
  return () => removeEventListener('refreshed', compare);
}
