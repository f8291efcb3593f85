import { photos, signature } from '../evidence.js';
import { form } from '../form.js';
import { judge, task } from '../judge.js';
import { record } from '../outbox.js';
import { grouped } from '../s10.js';
import { isSeal, matches, opened } from '../seal.js';
import { scanner } from '../scanner.js';
import { sinceList, state } from '../state.js';
import { confirm, day, field, fill, goTo, h, show } from '../ui.js';
import { dong, moment, t } from '../words.js';
import { doneHere, dossier, marks, noShift, shiftOpen } from './parts.js';

const CODES = { handover: 'HANDED_TO_AGENCY', fetch: 'RESULT_COLLECTED', giveback: 'RETURNED_TO_AGENCY' };

/** At an agency's desk: everything that changes hands is scanned; missing, extra and wrong show at once; both sign. */
export function desk(agency, doing) {
  const due = state.stops.filter(stop => stop.desk?.id === agency && task(stop) === doing && stop.item && !doneHere(stop));
  const name = due[0]?.desk.name ?? agency;
  const title = t('desk.title.' + doing, { agency: name });
  if (!shiftOpen()) return show(title, noShift());
  if (due.length === 0) return show(title, h('p', {}, t('list.empty')), h('a', { class: 'button', href: '#/' }, t('back')));

  const ticked = new Map();
  const extra = new Map();
  const tally = h('div', { 'aria-live': 'polite' });
  const manifest = h('input', { type: 'text', id: 'manifest', maxlength: '50', autocapitalize: 'characters' });
  const appointment = h('input', { type: 'date', id: 'appointment' });
  const ours = signature(t('desk.signature.ours'));
  const theirs = signature(t('desk.signature.theirs'));
  const pictures = photos(t('photo.instead'));
  /** One photo for each signature there is not. */
  const proven = () => [ours, ...(signed() ? [] : [theirs])].filter(pen => !pen.content()).length <= pictures.contents().length;
  /** The agency has signed at its desk for what was scanned: it is not asked again. */
  const signed = () => comparison === 'whole' && Boolean(sealed.signed?.by);
  /** Fees taken at the doors that change hands with the papers: as the server knew them, and what this phone did since. */
  const held = stop => sinceList(stop).reduce((sum, e) => sum + (e.details?.feeCollected ?? 0) - (e.details?.feeRemitted ?? 0), stop.feeHeld ?? 0);
  /** What the seal of the paper says, and how that compares with what was scanned; null as long as none was read. */
  let sealed = null;
  let comparison = null;
  const hold = async text => {
    sealed = (await opened(text, state.rules?.manifestKeys ?? [])) ?? {};
    if (sealed.number) manifest.value = sealed.number;
    await compare();
  };
  const compare = async () => {
    if (sealed) comparison = await compared();
    draw();
  };
  const compared = async () => {
    if (!sealed.number) return 'foreign';
    if (ticked.size < sealed.count) return 'short';
    return (await matches(sealed, ticked.keys())) ? 'whole' : 'other';
  };
  const handled = new Set(state.stops.filter(stop => stop.item && doneHere(stop)).map(stop => stop.item));

  const eye = scanner({
    expected: item => state.stops.some(stop => stop.item === item),
    judge: item => judge(item, { stops: state.stops, handled: new Set([...handled, ...ticked.keys()]), task: doing, agency }),
    act: verdict => {
      if (verdict.answer === 'right') ticked.set(verdict.item, verdict.stop);
      else if (verdict.answer !== 'seen') extra.set(verdict.item, verdict.answer);
      touch();
      compare();
      return null;
    },
    raw: text => {
      if (doing !== 'fetch' || !isSeal(text)) return false;
      hold(text);
      return true;
    },
    many: true,
  });
  const draw = () => {
    const missing = due.filter(stop => !ticked.has(stop.item));
    theirs.node.hidden = signed();
    const fee = [...ticked.values()].reduce((sum, stop) => sum + held(stop), 0);
    fill(tally,
      h('p', { class: 'lead' }, t('desk.tally', { n: ticked.size, of: due.length })),
      comparison && h('p', { class: 'seal ' + comparison, 'data-seal': comparison }, t('desk.seal.' + comparison, { number: sealed.number, n: ticked.size, of: sealed.count })),
      comparison === 'whole' && ['signed', 'received'].filter(side => sealed[side]?.by).map(side => h('p', { 'data-side': side }, t('desk.seal.' + side, { by: sealed[side].by, at: moment(sealed[side].at) }))),
      doing === 'handover' && h('p', {}, t('desk.fee', { amount: dong(fee) })),
      ticked.size > 0 && scanned('desk.scanned', ticked, item => ({ 'data-ticked': item }), () => ''),
      extra.size > 0 && scanned('desk.extra', extra, item => ({ 'data-extra': item }), answer => ' – ' + t('answer.' + answer)),
      missing.length > 0 && h('details', { open: missing.length <= 10 }, h('summary', {}, t('desk.missing', { n: missing.length })), h('ul', { class: 'plain' }, missing.map(stop => h('li', { class: 'card', 'data-leg': stop.leg },
        h('p', { class: 'code' }, grouped(stop.item)), h('p', {}, dossier(stop)), h('p', {}, marks(stop)))))));
  };
  /** What was scanned by mistake is put down again. */
  const scanned = (title, items, mark, about) => h('div', {}, h('h2', {}, t(title, { n: items.size })), h('ul', { class: 'plain' }, [...items].reverse().map(([item, what]) =>
    h('li', { class: 'choice', ...mark(item) }, h('span', {}, h('span', { class: 'code' }, grouped(item)), about(what)),
      h('button', { type: 'button', class: 'plain', 'aria-label': t('desk.untick-item', { item: grouped(item) }), onclick: () => { items.delete(item); compare(); } }, t('desk.untick'))))));
  const { node, wrong, touch } = form({
    check: () => [
      ticked.size === 0 && { id: 'typed', text: t('desk.nothing') },
      !proven() && !ours.content() && { id: 'photo', text: t('desk.signature.ours-missing') },
      !proven() && !signed() && !theirs.content() && { id: 'photo', text: t('desk.signature.theirs-missing') },
    ],
    act: async () => {
      if (ticked.size < due.length && !(await confirm(t('desk.some-missing', { n: due.length - ticked.size }), t('desk.hand-over-some', { n: ticked.size })))) return [];
      if (['short', 'other'].includes(comparison) && !(await confirm(t('desk.seal.ask', { number: sealed.number }), t('desk.hand-over-some', { n: ticked.size })))) return [];
      const evidence = [
        ...[['SIGNATURE', ours.content()], ['COUNTERSIGNATURE', theirs.content()]].filter(([, content]) => content).map(([kind, content]) => ({ kind, content })),
        ...pictures.evidence(),
      ];
      await record([...ticked].map(([item, stop]) => ({
        evidence,
        handling: {
          code: CODES[doing], item, leg: stop.leg,
          ...(doing === 'handover' && appointment.value ? { nextDate: appointment.value } : {}),
          details: { ...(manifest.value.trim() ? { manifest: manifest.value.trim() } : {}), ...(held(stop) > 0 && doing === 'handover' ? { feeRemitted: held(stop) } : {}) },
        },
      })));
      goTo('#/', t('desk.recorded', { n: ticked.size }));
    },
  },
  field(t('desk.manifest'), manifest, { hint: t('desk.manifest-hint') }),
  doing === 'handover' && day(t('desk.appointment'), appointment, { hint: t('desk.appointment-hint') }),
  ours.node, theirs.node, pictures.node,
  h('div', { class: 'actions' }, h('button', { type: 'submit' }, t('desk.done.' + doing)), h('a', { class: 'button plain', href: '#/' }, t('cancel'))));
  draw();
  show(title, wrong, eye.node, tally, node);
  return () => eye.stop();
}
