import { load, markRead, tray } from '../state.js';
import { grouped } from '../s10.js';
import { tryAgain } from '../sync.js';
import { h, show } from '../ui.js';
import { said, t } from '../words.js';
import { codeName, times } from './parts.js';

/** What the server keeps and a person has to look at, what it could not keep, and what could not be sent: why, and what to do. */
export function attention() {
  const rows = tray();
  show(t('tray.title'), rows.length === 0 ? h('p', {}, t('tray.empty')) : h('ul', { class: 'plain' }, rows.map(row => h('li', { class: 'card', 'data-entry': row.entry.id },
    h('h2', {}, codeName(row.entry.code)),
    row.entry.item && h('p', { class: 'code' }, grouped(row.entry.item)),
    h('p', {}, times(row.entry, row.receivedAt)),
    h('p', { class: 'lead' }, said(row.reason) || said(row.problem?.flaws?.[0]) || row.problem?.detail),
    h('p', {}, t(row.stuck ? 'tray.stuck' : row.outcome === 'REFUSED' ? 'tray.refused' : 'tray.conflict')),
    h('div', { class: 'actions' }, row.stuck
      ? h('button', { type: 'button', onclick: () => tryAgain('outbox', row.entry.id).then(load).then(attention) }, t('tray.again'))
      : h('button', { type: 'button', class: 'plain', onclick: () => markRead(row.entry.id).then(load).then(attention) }, t('tray.read')))))));
}
