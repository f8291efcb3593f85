import * as api from '../api.js';
import { Unsent } from '../api.js';
import { form } from '../form.js';
import { load, signOut, state } from '../state.js';
import { close, open, unsent } from '../shift.js';
import { sync } from '../sync.js';
import { announce, confirm, field, h, show, why } from '../ui.js';
import { dong, moment, said, t } from '../words.js';
import { whetherKept } from '../version.js';
import { isElsewhere } from '../session.js';
import { history, officeName, shiftRuns } from './parts.js';

/** Opens and closes the shift. The money is counted blind: how much it should be is said afterwards. */
export function shift() {
  const running = shiftRuns();
  const elsewhere = running && isElsewhere(state.shift, state.session);
  const last = state.shift?.closed ? state.shift.answer : null;
  show(t('shift.title'),
    whetherKept(),
    h('dl', { class: 'facts' },
      h('dt', {}, t('shift.who')), h('dd', {}, state.session.user),
      h('dt', {}, t('shift.office')), h('dd', {}, officeName(elsewhere ? state.shift : state.session)),
      running && [h('dt', {}, t('shift.since')), h('dd', {}, moment(state.shift.openedAt))]),
    elsewhere && h('p', { class: 'card warn' }, t('shift.elsewhere', { office: officeName(state.shift) })),
    last && result(last),
    running ? closing() : h('div', { class: 'actions' }, h('button', { type: 'button', onclick: () => open().then(() => { location.hash = '#/'; }) }, t('shift.open'))),
    differences(),
    h('div', { class: 'actions' },
      state.session.role === 'POSTAL_SUPERVISOR' && h('a', { class: 'button plain', href: '/scan/office' }, t('office.open')),
      h('button', { type: 'button', class: 'plain', onclick: leave }, t('sign-out'))));
}

/** Cash of one's own shifts that did not tally, while there is signal: the worker says how it came about. */
function differences() {
  const box = h('div');
  api.ask(state.session, '/discrepancies').then(all => {
    const rows = all.filter(one => !one.settledBy);
    if (rows.length > 0) box.replaceChildren(h('h2', {}, t('shift.open-differences')), h('ul', { class: 'plain' }, rows.map(difference)));
  }).catch(no => {
    if (!(no instanceof Unsent)) throw no;
  });
  return box;
}

function difference(one) {
  return h('li', { class: 'card', 'data-shift': one.shift },
    h('p', { class: 'lead' }, one.amount === 0 ? t('cash.tallies') : t(one.amount < 0 ? 'cash.missing' : 'cash.extra', { amount: dong(Math.abs(one.amount)) })),
    one.unopened && h('p', {}, t('cash.unopened')),
    one.closedBy && h('p', {}, t('cash.closed-for', { by: one.closedBy, reason: one.closedWhy })),
    h('p', { class: 'quiet' }, `${moment(one.openedAt)} – ${moment(one.closedAt)}`),
    history(one.acts),
    h('button', { type: 'button', class: 'plain', onclick: () => explain(one) }, t('shift.explain')));
}

async function explain(one) {
  const reason = await why(t('shift.explain'), { label: t('cash.explanation'), yes: t('cash.explain') });
  if (!reason) return;
  try {
    await api.ask(state.session, `/discrepancies/${one.shift}/explain`, { body: { reason, amount: one.amount } });
    announce(t('cash.explained-now'), 'good');
    shift();
  } catch (no) {
    if (!(no instanceof Unsent)) throw no;
    if (no.problem?.code === 'another-amount') shift();
    announce(no.state === 'offline' ? t('office.not-done-offline') : said(no.problem?.flaws?.[0]) || t('sign-in.busy'), 'bad');
  }
}

function result(answer) {
  const tallies = answer.difference === 0;
  return h('div', { class: 'card', id: 'shift-result' },
    h('h2', {}, t(tallies ? 'shift.tallies' : 'shift.differs')),
    h('dl', { class: 'facts' },
      h('dt', {}, t('shift.handlings')), h('dd', {}, answer.handlings),
      answer.opening > 0 && [h('dt', {}, t('shift.opening')), h('dd', {}, dong(answer.opening))],
      h('dt', {}, t('shift.counted')), h('dd', {}, dong(answer.counted)),
      h('dt', {}, t('shift.expected')), h('dd', {}, dong(answer.expected)),
      !tallies && [h('dt', {}, t('shift.difference')), h('dd', {}, dong(answer.difference))],
      h('dt', {}, t('shift.evidence')), h('dd', {}, answer.evidenceMissing > 0 ? answer.evidenceMissing : t('crew.evidence-none'))),
    h('p', {}, t('shift.till')),
    !tallies && h('p', {}, t('shift.discrepancy')));
}

function closing() {
  const cash = h('input', { type: 'number', id: 'cash', min: '0', max: '1000000000', step: '1', inputmode: 'numeric' });
  const waiting = state.outbox.length + state.evidence.length;
  const notTaken = state.evidence.filter(row => row.stuck).length;
  const { node, wrong } = form({
    check: () => [!/^\d+$/.test(cash.value) && { id: 'cash', text: t('shift.cash-missing') }],
    act: async () => {
      const sent = await sync({ wait: true });
      const left = await unsent();
      if (left.waiting > 0 && sent.state === 'full') return [{ text: t('shift.full', { n: left.waiting }) }];
      // What the server cannot read may be of a shift before; and the supervisor may have closed this one: the server knows.
      if (left.waiting > 0 && left.unreadable === 0) return [{ text: t('shift.unsent', { n: left.waiting }) }, sent.problem && { text: said(sent.problem.flaws?.[0]) }].filter(Boolean);
      try {
        await close(Number(cash.value));
      } catch (no) {
        if (!(no instanceof Unsent)) throw no;
        if (no.problem?.code === 'shift-incomplete' && left.unreadable > 0) return [{ text: t('shift.unreadable', { n: left.unreadable }) }];
        if (no.problem?.code !== 'shift-closed') return [{ text: no.state === 'offline' ? t('shift.offline') : said(no.problem?.flaws?.[0]) || t('sign-in.busy') }];
        announce(said(no.problem.flaws?.[0]), 'bad');
      }
      await load();
      shift();
      return null;
    },
  }, h('h2', {}, t('shift.closing')),
  h('p', {}, waiting === 0 ? t('waiting.none') : t('waiting.some', { n: waiting })),
  notTaken > 0 && h('p', {}, t('shift.not-taken', { n: notTaken })),
  field(t('shift.cash'), cash, { hint: t('shift.cash-hint') }), h('button', { type: 'submit' }, t('shift.close')));
  return [wrong, node];
}

async function leave() {
  if (shiftRuns()) return announce(t('sign-out.shift'), 'bad');
  const left = state.outbox.length + state.evidence.length;
  if (!(await confirm(left > 0 ? t('sign-out.waiting', { n: left }) : t('sign-out.sure'), t('sign-out')))) return;
  await signOut();
  location.hash = '#/sign-in';
}
