import { state } from '../state.js';
import { confirm, h, why } from '../ui.js';
import { ago, dong, moment, said, t } from '../words.js';
import { act, ask, byCount, device, facts, item, lookUp, noted, paged, section } from './parts.js';
import { proof } from './proof.js';

const SIZE = 50;
const KEPT = 20;

/** Who is out with how much, the phones that signed in, and what lost ones sent. */
export function crew() {
  return section(t('crew.title'), async () => {
    const [out, phones, kept] = await Promise.all([ask(`/shifts?size=${SIZE}`), ask(`/phones?size=${SIZE}`), ask(`/kept?size=${KEPT}`)]);
    return { out, phones, kept };
  }, ({ out, phones, kept }) => [
    h('h2', {}, t('crew.out')),
    paged(out.shifts, { row: one => shift(one, out.now), empty: t('crew.out-empty'),
      more: byCount(SIZE, async from => (await ask(`/shifts?size=${SIZE}&from=${from}`)).shifts)(out.shifts) }),
    h('h2', {}, t('crew.kept')),
    h('p', { class: 'quiet' }, t('crew.kept-lead')),
    paged(kept.kept, { row: sent, empty: t('crew.kept-empty'),
      more: byCount(KEPT, async from => (await ask(`/kept?size=${KEPT}&from=${from}`)).kept)(kept.kept) }),
    h('h2', {}, t('crew.phones')),
    paged(phones.phones, { row: one => phone(one, phones.now), empty: t('crew.phones-empty'),
      more: byCount(SIZE, async from => (await ask(`/phones?size=${SIZE}&from=${from}`)).phones)(phones.phones) }),
  ]);
}

function shift(one, now) {
  return h('li', { class: 'card', 'data-shift': one.id },
    h('h2', {}, one.account, ' ', one.revoked && h('span', { class: 'tag warn' }, t('crew.revoked'))),
    facts(
      ['crew.since', noted(one.openedAt, one.recordedAt)],
      ['crew.heard', ago(one.heardAt, now)],
      ['crew.handlings', one.missing > 0 ? t('crew.with-missing', { n: one.handlings, missing: one.missing }) : one.handlings],
      one.cash !== null && ['crew.cash', dong(one.cash)],
      ['crew.evidence', one.evidenceMissing > 0 ? one.evidenceMissing : t('crew.evidence-none')],
      ['crew.device', device(one.device)]),
    one.account !== state.session.user && h('div', { class: 'actions' }, h('button', { type: 'button', class: 'plain', onclick: () => closeFor(one) }, t('crew.close'))));
}

/** For a phone that cannot: the supervisor counts, and another person settles. */
async function closeFor(one) {
  const counted = h('input', { type: 'number', id: 'counted', min: '0', max: '1000000000', step: '1', inputmode: 'numeric' });
  const reason = await why(t('crew.close-sure', { user: one.account }), {
    lead: t(one.missing > 0 && !one.revoked ? 'crew.close-missing' : 'crew.close-lead', { n: one.missing }),
    yes: t('crew.close'),
    danger: true,
    before: { input: counted, label: t('crew.counted'), hint: t('shift.cash-hint'), wrong: () => (/^\d{1,10}$/.test(counted.value) && Number(counted.value) <= 1_000_000_000 ? '' : t('shift.cash-missing')) },
  });
  if (!reason) return;
  await act(`/office/shifts/${one.id}/close`, { counted: Number(counted.value), reason },
    answer => t(answer.difference === 0 ? 'crew.closed' : 'crew.closed-differs', { user: one.account, amount: dong(answer.difference) }));
}

function phone(one, now) {
  const mine = one.device === state.session.device;
  return h('li', { class: 'card', 'data-device': one.device },
    h('h2', {}, one.account, ' ', mine && h('span', { class: 'tag' }, t('crew.this-device')), one.revokedAt && !one.releasedAt && h('span', { class: 'tag warn' }, t('crew.revoked')),
      !one.revokedAt && one.expiresAt < now && h('span', { class: 'tag' }, t('crew.over'))),
    facts(
      ['crew.signed-in', moment(one.openedAt)],
      ['crew.heard', ago(one.seenAt, now)],
      one.revokedAt && ['crew.revoked-by', t('crew.by-at', { by: one.revokedBy ?? '', at: moment(one.revokedAt) })],
      ['crew.device', device(one.device)]),
    !mine && !one.revokedAt && h('div', { class: 'actions' }, h('button', { type: 'button', class: 'danger', onclick: () => revoke(one) }, t('crew.revoke'))),
    one.revokedAt && !one.releasedAt && h('div', { class: 'actions' }, h('button', { type: 'button', class: 'plain', onclick: () => release(one) }, t('crew.release'))));
}

async function revoke(one) {
  if (!(await confirm(t('crew.revoke-sure', { user: one.account }), t('crew.revoke'), t('cancel'), 'danger'))) return;
  await act(`/devices/${encodeURIComponent(one.device)}/revoke`, {}, t('crew.revoked-now', { user: one.account }));
}

async function release(one) {
  if (!(await confirm(t('crew.release-sure', { user: one.account }), t('crew.release')))) return;
  await act(`/devices/${encodeURIComponent(one.device)}/release`, {}, t('crew.released-now'));
}

const MONEY = { feeCollected: 'kept.fee', postageCollected: 'kept.postage', codCollected: 'kept.cod', feeRemitted: 'kept.remitted' };

function name({ code }) {
  return said(code) || code.code;
}

/** What was taken back before it was sent lies beside it; anything else is in the item's story, if anywhere. */
function voided({ voids, item: code }, beside) {
  const target = beside.find(other => other.id === voids);
  if (target) return [name(target), ...Object.keys(MONEY).filter(field => target[field]).map(field => dong(target[field]))].join(' · ');
  return code ? lookUp(code, t('conflicts.story')) : t('find.unknown');
}

function sent(one) {
  return h('li', { class: 'card', 'data-kept': one.id },
    h('h2', {}, one.account),
    h('p', {}, said(one.why)),
    facts(['crew.sent-at', moment(one.at)], ['crew.device', device(one.device)]),
    h('ul', { class: 'acts' }, one.handlings.map(handling => h('li', {},
      h('strong', {}, name(handling)), ' ', handling.item && item(handling.item), ' ',
      handling.occurredAt && h('span', { class: 'quiet' }, t('entry.occurred'), ' ', moment(handling.occurredAt)),
      facts(
        handling.voids && ['kept.voids', voided(handling, one.handlings)],
        ...Object.entries(MONEY).map(([field, key]) => handling[field] !== undefined && [key, dong(handling[field])]),
        handling.reason && ['entry.reason', said(handling.reason)],
        handling.identity && ['entry.identity', t('identity.' + handling.identity)],
        handling.relation && ['deliver.relation', t('relation.' + handling.relation)]),
      proof(handling.id, handling.evidence)))),
    h('div', { class: 'actions' },
      h('button', { type: 'button', onclick: () => accept(one) }, t('kept.accept')),
      h('button', { type: 'button', class: 'danger', onclick: () => discard(one) }, t('kept.discard'))));
}

async function accept(one) {
  const reason = await why(t('kept.accept-sure', { user: one.account }), { lead: t('kept.accept-lead'), yes: t('kept.accept') });
  if (reason) await act(`/office/kept/${one.id}/accept`, { reason }, answer => summary(answer.handlings));
}

function summary(handlings) {
  const count = outcome => handlings.filter(one => outcome.includes(one.outcome)).length;
  return t('kept.accepted', { n: count(['RECORDED', 'KNOWN']), conflicts: count(['CONFLICT']), refused: count(['REFUSED']) });
}

async function discard(one) {
  const reason = await why(t('kept.discard-sure', { user: one.account }), { lead: t('kept.discard-lead'), yes: t('kept.discard'), danger: true });
  if (reason) await act(`/office/kept/${one.id}/discard`, { reason }, t('kept.discarded'));
}
