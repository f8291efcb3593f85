import { state } from '../state.js';
import { h, why } from '../ui.js';
import { dong, t } from '../words.js';
import { history } from '../views/parts.js';
import { act, ask, byCount, facts, noted, paged, reach, section } from './parts.js';

const SIZE = 20;

/** Cash that did not tally: one explains, another settles. */
export function cash(which = '') {
  const settled = which === 'settled';
  const path = (from, size = SIZE) => `/discrepancies?size=${size}&from=${from}&settled=${settled}`;
  return section(t('cash.title'), () => ask(path(0, reach(SIZE))), rows => [
    h('p', { class: 'quiet' }, t('cash.lead')),
    h('nav', { 'aria-label': t('cash.which') },
      h('a', { class: 'tag', href: '#/cash', 'aria-current': settled ? null : 'page' }, t('cash.open')),
      h('a', { class: 'tag', href: '#/cash/settled', 'aria-current': settled ? 'page' : null }, t('cash.settled'))),
    paged(rows, { row: discrepancy, empty: t(settled ? 'cash.settled-empty' : 'cash.open-empty'), more: byCount(SIZE, from => ask(path(from)))(rows) }),
  ]);
}

function discrepancy(one) {
  return h('li', { class: 'card', 'data-shift': one.shift },
    h('h2', {}, `${one.account} · ${one.settledBy || one.amount !== 0 ? difference(one.amount) : t('cash.tallies')}`),
    facts(
      ['cash.opened-at', noted(one.openedAt, one.recordedAt)],
      ['cash.closed-at', noted(one.closedAt, one.countedAt)],
      one.unopened && ['cash.closed-by', t('cash.unopened')],
      one.closedBy && ['cash.closed-by', t('cash.closed-for', { by: one.closedBy, reason: one.closedWhy })],
      ['shift.counted', dong(one.counted)],
      ['shift.expected', dong(one.expected)]),
    history(one.acts),
    !one.settledBy && h('div', { class: 'actions' },
      h('button', { type: 'button', class: 'plain', onclick: () => explain(one) }, t('cash.explain')),
      mayNot(one) ? h('p', { class: 'quiet' }, mayNot(one)) : h('button', { type: 'button', onclick: () => settle(one) }, t('cash.settle'))));
}

function difference(amount) {
  if (amount === 0) return t('cash.tallied');
  return t(amount < 0 ? 'cash.missing' : 'cash.extra', { amount: dong(Math.abs(amount)) });
}

/** Why whoever is signed in cannot settle it. */
function mayNot(one) {
  if (!one.explainedBy) return t(one.acts.length > 0 ? 'cash.another-amount' : 'cash.not-explained');
  const me = state.session.user;
  return [one.explainedBy, one.account, one.closedBy].includes(me) ? t('cash.one-alone') : '';
}

async function explain(one) {
  const reason = await why(t('cash.explain-sure', { user: one.account }), { lead: t('cash.explain-lead'), label: t('cash.explanation'), yes: t('cash.explain') });
  if (reason) await act(`/discrepancies/${one.shift}/explain`, { reason, amount: one.amount }, t('cash.explained-now'));
}

async function settle(one) {
  const reason = await why(t('cash.settle-sure', { user: one.account, amount: difference(one.amount) }), { lead: t('cash.settle-lead'), label: t('cash.settlement'), yes: t('cash.settle') });
  if (reason) await act(`/office/discrepancies/${one.shift}/settle`, { reason, amount: one.amount }, t('cash.settled-now'));
}
