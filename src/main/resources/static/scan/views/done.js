import { whyNot } from '../form.js';
import { takeBack } from '../outbox.js';
import { load, state } from '../state.js';
import { grouped } from '../s10.js';
import { announce, confirm, h, show } from '../ui.js';
import { said, t } from '../words.js';
import { codeName, times } from './parts.js';

const PAGE = 100;

/** Everything this phone did in the shift, the newest first, with both times. Nothing is edited: it is taken back. */
export function done() {
  const rows = [...state.done.map(d => ({ ...d, sent: true })), ...state.outbox.map(o => ({ ...o, sent: false }))].sort((a, b) => b.entry.seq - a.entry.seq);
  const voided = new Set(rows.map(r => r.entry.voids).filter(Boolean));
  show(t('done.title'),
    h('p', { class: 'quiet' }, t('done.lead')),
    rows.length === 0 ? h('p', {}, t('done.empty')) : h('ul', { class: 'plain' }, rows.slice(0, PAGE).map(row => h('li', { class: 'card', 'data-entry': row.entry.id },
      h('h2', {}, codeName(row.entry.code)),
      row.entry.item && h('p', { class: 'code' }, grouped(row.entry.item)),
      h('p', {}, times(row.entry, row.receivedAt, row.happenedAt)),
      voided.has(row.entry.id) && h('p', {}, h('span', { class: 'tag warn' }, t('done.voided'))),
      row.outcome && row.outcome !== 'RECORDED' && row.outcome !== 'KNOWN' && h('p', {}, h('span', { class: 'tag warn' }, t('outcome.' + row.outcome)), said(row.reason)),
      !voided.has(row.entry.id) && row.entry.code !== 'VOIDED' && (row.sent
        ? h('p', { class: 'quiet' }, t('done.ask-supervisor'))
        : h('button', { type: 'button', class: 'plain', onclick: () => undo(row.entry) }, t('done.take-back')))))));
}

async function undo(entry) {
  if (!(await confirm(t('done.take-back-sure', { what: codeName(entry.code), item: grouped(entry.item ?? '') }), t('done.take-back')))) return;
  try {
    const voiding = await takeBack(entry.id);
    announce(t(voiding ? 'done.taken-back' : 'done.sent-meanwhile'), voiding ? 'good' : 'bad');
  } catch (no) {
    announce(whyNot(no), 'bad');
  }
  await load();
  done();
}
