import { load, markRead, tray } from '../state.js';
import { grouped } from '../s10.js';
import { tryAgain } from '../sync.js';
import { h, show } from '../ui.js';
import { said, t } from '../words.js';
import { codeName, times } from './parts.js';

/** What the server keeps and a person has to look at, what it could not keep, and what could not be sent: why, and what to do. */
export function attention() {
  const rows = tray();
  const stuck = rows.filter(row => row.store);
  show(t('tray.title'),
    rows.length === 0 && h('p', {}, t('tray.empty')),
    stuck.length > 1 && h('div', { class: 'actions' }, h('button', { type: 'button', onclick: () => again(stuck) }, t('tray.all-again', { n: stuck.length }))),
    h('ul', { class: 'plain' }, rows.map(card)));
}

function card(row) {
  const { entry } = row;
  return h('li', { class: 'card', 'data-entry': entry?.id, 'data-evidence': row.kind },
    h('h2', {}, [entry && codeName(entry.code), row.kind && t('evidence.' + row.kind)].filter(Boolean).join(': ')),
    entry?.item && h('p', { class: 'code' }, grouped(entry.item)),
    entry && h('p', {}, times(entry, row.receivedAt, row.happenedAt)),
    h('p', { class: 'lead' }, said(row.reason) || said(row.problem?.flaws?.[0]) || row.problem?.detail),
    h('p', {}, t('tray.' + kind(row))),
    h('div', { class: 'actions' }, row.store
      ? h('button', { type: 'button', onclick: () => again([row]) }, t('tray.again'))
      : h('button', { type: 'button', class: 'plain', onclick: () => markRead(entry.id).then(load).then(attention) }, t('tray.read'))));
}

function kind({ store, outcome, kept }) {
  if (store === 'evidence') return 'evidence';
  if (store) return 'stuck';
  if (outcome === 'REFUSED') return kept ? 'kept' : 'refused';
  return 'conflict';
}

async function again(rows) {
  await tryAgain(rows);
  await load();
  attention();
}
