// What can be done about a handling that was recorded: void it, or leave it as it stands. Both with a reason.
import { uuid7 } from '../ids.js';
import { grouped } from '../s10.js';
import { h, why } from '../ui.js';
import { dong, day, moment, said, t } from '../words.js';
import { act, clocks, device, facts, onPhone } from './parts.js';

export function told(entry) {
  return facts(
    ['entry.by', [entry.actor, entry.office].filter(Boolean).join(' · ')],
    ...clocks(entry),
    entry.identity && ['entry.identity', t('identity.' + entry.identity)],
    entry.relation && ['deliver.relation', t('relation.' + entry.relation)],
    entry.reason && ['entry.reason', said(entry.reason)],
    entry.action && ['entry.action', said(entry.action)],
    entry.nextDate && ['entry.next-date', day(entry.nextDate)],
    entry.feeCollected + entry.postageCollected + entry.codCollected > 0 && ['entry.money', dong(entry.feeCollected + entry.postageCollected + entry.codCollected)],
    entry.note && ['entry.note', entry.note],
    onPhone(entry) && ['entry.device', device(entry.device)]);
}

/** What was done about it already. */
export function standing(entry) {
  return [
    entry.doubt && h('p', {}, h('span', { class: 'tag warn' }, t('outcome.CONFLICT')), said(entry.doubt)),
    entry.voided && h('p', {}, h('span', { class: 'tag warn' }, t('done.voided')), t('entry.voided', { by: entry.voided.by, at: moment(entry.voided.at), reason: entry.voided.reason ?? '–' })),
    entry.left && h('p', {}, h('span', { class: 'tag' }, t('entry.looked-at')), t('entry.left', { by: entry.left.by, at: moment(entry.left.at), reason: entry.left.reason })),
    !entry.counts && !entry.voided && h('p', { class: 'quiet' }, t('entry.does-not-count')),
  ];
}

export function voidButton(entry) {
  return entry.voidable && h('button', { type: 'button', class: 'danger', onclick: () => undo(entry) }, t('entry.void'));
}

async function undo(entry) {
  const id = uuid7();
  const reason = await why(t('entry.void-sure', { what: said(entry.code), item: grouped(entry.item ?? '') }), { lead: t('entry.void-lead'), yes: t('entry.void'), danger: true });
  if (reason) await act(`/office/handlings/${entry.id}/void`, { id, reason }, t('entry.voided-now'));
}

export function leaveButton(entry) {
  return h('button', { type: 'button', class: 'plain', onclick: () => leave(entry) }, t('entry.leave'));
}

async function leave(entry) {
  const reason = await why(t('entry.leave-sure', { what: said(entry.code), item: grouped(entry.item ?? '') }), { lead: t('entry.leave-lead'), yes: t('entry.leave') });
  if (reason) await act(`/office/handlings/${entry.id}/leave`, { reason }, t('entry.left-now'));
}
