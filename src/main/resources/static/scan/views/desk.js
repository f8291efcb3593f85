import { signature } from '../evidence.js';
import { judge, task } from '../judge.js';
import { record } from '../outbox.js';
import { grouped } from '../s10.js';
import { scanner } from '../scanner.js';
import { recorded, state } from '../state.js';
import { announce, confirm, field, fill, h, show, summary } from '../ui.js';
import { dong, t } from '../words.js';
import { card, shiftOpen } from './parts.js';

const CODES = { handover: 'HANDED_TO_AGENCY', fetch: 'RESULT_COLLECTED', giveback: 'RETURNED_TO_AGENCY' };

/** At an agency's desk: everything that changes hands is scanned; missing, extra and wrong show at once; both sign. */
export function desk(agency, doing) {
  const due = state.stops.filter(stop => stop.desk?.id === agency && task(stop) === doing && stop.item);
  const name = due[0]?.desk.name ?? agency;
  const title = t('desk.title.' + doing, { agency: name });
  if (!shiftOpen()) return show(title, h('p', { class: 'lead' }, t('today.no-shift')), h('a', { class: 'button', href: '#/shift' }, t('shift.open')));
  if (due.length === 0) return show(title, h('p', {}, t('list.empty')), h('a', { class: 'button', href: '#/' }, t('back')));

  const ticked = new Map();
  const extra = new Map();
  const tally = h('div', { 'aria-live': 'polite' });
  const manifest = h('input', { type: 'text', id: 'manifest', maxlength: '50', autocapitalize: 'characters' });
  const appointment = h('input', { type: 'date', id: 'appointment' });
  const ours = signature(t('desk.signature.ours'));
  const theirs = signature(t('desk.signature.theirs'));
  const wrong = h('div');
  const history = recorded();
  /** What this phone collected for the agency at the doors: it changes hands with the papers. */
  const taken = item => (history.get(item) ?? []).reduce((sum, e) => sum + (e.details?.feeCollected ?? 0) - (e.details?.feeRemitted ?? 0), 0);

  const eye = scanner({
    expected: item => state.stops.some(stop => stop.item === item),
    judge: item => judge(item, { stops: state.stops, handled: new Set(ticked.keys()), task: doing, agency }),
    act: verdict => {
      if (verdict.answer === 'right') ticked.set(verdict.item, verdict.stop);
      else if (verdict.answer !== 'seen') extra.set(verdict.item, verdict.answer);
      draw();
      return null;
    },
    many: true,
  });
  const draw = () => {
    const missing = due.filter(stop => !ticked.has(stop.item));
    const fee = [...ticked.keys()].reduce((sum, item) => sum + taken(item), 0);
    fill(tally,
      h('p', { class: 'lead' }, t('desk.tally', { n: ticked.size, of: due.length })),
      doing === 'handover' && h('p', {}, t('desk.fee', { amount: dong(fee) })),
      extra.size > 0 && h('div', {}, h('h2', {}, t('desk.extra')), h('ul', {}, [...extra].map(([item, answer]) =>
        h('li', { 'data-extra': item }, h('span', { class: 'code' }, grouped(item)), ' – ', t('answer.' + answer))))),
      missing.length > 0 && h('details', { open: missing.length <= 10 }, h('summary', {}, t('desk.missing', { n: missing.length })), h('ul', { class: 'plain' }, missing.map(stop => card(stop)))));
  };
  const form = h('form', {
    novalidate: true,
    onsubmit: async event => {
      event.preventDefault();
      const mine = ours.content();
      const other = theirs.content();
      const flaws = [
        ticked.size === 0 && { id: 'typed', text: t('desk.nothing') },
        !mine && { text: t('desk.signature.ours-missing') },
        !other && { text: t('desk.signature.theirs-missing') },
      ].filter(Boolean);
      if (flaws.length > 0) return wrong.replaceChildren(summary(flaws));
      if (ticked.size < due.length && !(await confirm(t('desk.some-missing', { n: due.length - ticked.size }), t('desk.hand-over-some', { n: ticked.size })))) return;
      await record([...ticked].map(([item, stop]) => ({
        evidence: [{ kind: 'SIGNATURE', content: mine }, { kind: 'COUNTERSIGNATURE', content: other }],
        handling: {
          code: CODES[doing], item, leg: stop.leg,
          ...(doing === 'handover' && appointment.value ? { nextDate: appointment.value } : {}),
          details: { ...(manifest.value.trim() ? { manifest: manifest.value.trim() } : {}), ...(taken(item) > 0 && doing === 'handover' ? { feeRemitted: taken(item) } : {}) },
        },
      })));
      announce(t('desk.recorded', { n: ticked.size }), 'good');
      location.hash = '#/';
    },
  },
  field(t('desk.manifest'), manifest, { hint: t('desk.manifest-hint') }),
  doing === 'handover' && field(t('desk.appointment'), appointment, { hint: t('desk.appointment-hint') }),
  ours.node, theirs.node,
  h('div', { class: 'actions' }, h('button', { type: 'submit' }, t('desk.done.' + doing)), h('a', { class: 'button plain', href: '#/' }, t('cancel'))));
  draw();
  show(title, wrong, eye.node, tally, form);
  return () => eye.stop();
}
