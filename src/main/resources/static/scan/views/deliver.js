import { photos, signature } from '../evidence.js';
import { compare, isCard } from '../identity.js';
import { singly } from '../judge.js';
import { record } from '../outbox.js';
import { grouped } from '../s10.js';
import { scanner } from '../scanner.js';
import { state } from '../state.js';
import { announce, choices, chosen, field, h, show, summary } from '../ui.js';
import { t } from '../words.js';
import { moneyField } from './pickup.js';
import { about, marks, neighbours, shiftOpen } from './parts.js';

const RELATIONS = ['SELF', 'SPOUSE', 'PARENT', 'CHILD', 'RELATIVE', 'PROXY', 'NEIGHBOUR', 'OFFICE'];

/** At the door: whose paper, what comes back, what is paid, who signs. Identity is looked at on the spot and not kept. */
export function deliver(leg) {
  const stop = state.stops.find(s => s.leg === leg);
  if (!stop) return show(t('stop.gone'), h('a', { class: 'button', href: '#/' }, t('back')));
  if (!shiftOpen()) return show(t('task.deliver'), h('p', { class: 'lead' }, t('today.no-shift')), h('a', { class: 'button', href: '#/shift' }, t('shift.open')));

  let identityHash = null;
  const seen = h('p', { role: 'status' });
  const identity = choices(t('deliver.identity'), 'identity',
    ['QR', 'SEEN', 'MISMATCH', 'NOT_SHOWN'].map(value => ({ value, text: t('deliver.identity.' + value) })), { hint: t('deliver.identity-hint') });
  const originals = h('input', { type: 'number', id: 'originals', min: '0', max: '999', inputmode: 'numeric', value: '0' });
  const fee = moneyField('fee', stop.feeDue);
  const postage = moneyField('postage', stop.postageDue);
  const relation = choices(t('deliver.relation'), 'relation', RELATIONS.map(value => ({ value, text: t('relation.' + value) })), { chosen: 'SELF' });
  const others = singly(stop) ? [] : neighbours(stop);
  const also = others.map((other, i) => ({ other, box: h('input', { type: 'checkbox', id: `also-${i}` }) }));
  const pen = signature(t('deliver.signature'));
  const pictures = photos();
  const wrong = h('div');
  const eye = stop.identityCheck ? scanner({
    expected: item => item === stop.item,
    judge: item => ({ answer: item === stop.item ? 'right' : 'unlisted' }),
    act: () => null,
    raw: text => {
      if (!isCard(text)) return false;
      compare(text, stop).then(({ matches, hash, by }) => {
        identityHash = matches ? hash : null;
        identity.querySelector(`input[value="${matches ? 'QR' : 'MISMATCH'}"]`).checked = true;
        seen.textContent = matches ? t('deliver.card-matches.' + by) : t('deliver.card-differs.' + by);
      });
      return true;
    },
  }) : null;

  const form = h('form', {
    novalidate: true,
    onsubmit: async event => {
      event.preventDefault();
      const how = stop.identityCheck ? chosen(form, 'identity') : 'NONE';
      if (how === 'MISMATCH' || how === 'NOT_SHOWN') {
        location.hash = `#/fail/${stop.leg}/${how === 'MISMATCH' ? 'ID_MISMATCH' : 'ID_NOT_SHOWN'}`;
        return;
      }
      const signed = pen.content();
      const flaws = [
        !how && { text: t('deliver.identity-missing') },
        how === 'QR' && !identityHash && { text: t('deliver.card-missing') },
        Number(originals.value) < stop.originalsDue && { id: 'originals', text: t('deliver.originals-missing', { n: stop.originalsDue }) },
        (fee.wrong() || fee.value() < stop.feeDue) && { id: 'fee', text: t('deliver.fee-missing') },
        (postage.wrong() || postage.value() < stop.postageDue) && { id: 'postage', text: t('deliver.fee-missing') },
        !signed && pictures.contents().length === 0 && { text: t('deliver.proof-missing') },
      ].filter(Boolean);
      if (flaws.length > 0) return wrong.replaceChildren(summary(flaws));
      const evidence = [
        ...(signed ? [{ kind: 'SIGNATURE', content: signed }] : []),
        ...pictures.contents().map(content => ({ kind: 'PHOTO', content })),
      ];
      const one = (which, details) => ({ evidence, handling: { code: 'DELIVERED', item: which.item, leg: which.leg, details } });
      const relationSaid = chosen(form, 'relation') ?? 'SELF';
      await record([
        one(stop, {
          identity: stop.identityCheck ? 'MATCHED' : 'NOT_NEEDED', ...(identityHash ? { identityHash } : {}),
          originalsTaken: Number(originals.value), feeCollected: fee.value(), postageCollected: postage.value(), relation: relationSaid,
        }),
        ...also.filter(a => a.box.checked).map(a => one(a.other, { identity: 'NOT_NEEDED', originalsTaken: 0, feeCollected: 0, postageCollected: 0, relation: relationSaid })),
      ]);
      announce(t('recorded'), 'good');
      location.hash = '#/';
    },
  },
  stop.identityCheck && [identity, seen],
  stop.originalsDue > 0 && field(t('deliver.originals', { n: stop.originalsDue }), originals, { hint: t('deliver.originals-hint') }),
  fee.node, postage.node, relation,
  also.length > 0 && h('fieldset', {}, h('legend', {}, t('deliver.same-door')), also.map(({ other, box }) =>
    h('div', { class: 'choice' }, box, h('label', { for: box.id }, h('span', { class: 'code' }, grouped(other.item)), h('small', {}, other.party.name))))),
  pen.node, pictures.node,
  h('div', { class: 'actions' }, h('button', { type: 'submit' }, t('deliver.done')), h('a', { class: 'button plain', href: `#/fail/${stop.leg}` }, t('deliver.not'))));
  show(t('task.deliver'), about(stop), h('p', {}, marks(stop)), wrong, eye?.node, form);
  return () => eye?.stop();
}
