import { photos, signature } from '../evidence.js';
import { form } from '../form.js';
import { compare, isCard } from '../identity.js';
import { singly } from '../judge.js';
import { record } from '../outbox.js';
import { grouped } from '../s10.js';
import { scanner } from '../scanner.js';
import { state } from '../state.js';
import { choices, chosen, field, goTo, h, show } from '../ui.js';
import { t } from '../words.js';
import { moneyFields } from './pickup.js';
import { about, closedTo, marks, neighbours } from './parts.js';

const RELATIONS = ['SELF', 'SPOUSE', 'PARENT', 'CHILD', 'RELATIVE', 'PROXY', 'NEIGHBOUR', 'OFFICE'];

/** At the door: whose paper, what comes back, what is paid, who signs. Identity is looked at on the spot and not kept. */
export function deliver(leg) {
  const stop = state.stops.find(s => s.leg === leg);
  if (closedTo(stop, t('task.deliver'))) return null;

  /** What the last card said: {matches, hash, by}. */
  let card = null;
  const seen = h('p', { role: 'status' });
  const identity = choices(t('deliver.identity'), 'identity',
    ['QR', 'SEEN', 'MISMATCH', 'NOT_SHOWN'].map(value => ({ value, text: t('deliver.identity.' + value) })), { hint: t('deliver.identity-hint') });
  const originals = h('input', { type: 'number', id: 'originals', min: '0', max: '999', inputmode: 'numeric', value: '0' });
  const cash = moneyFields(stop);
  const relation = choices(t('deliver.relation'), 'relation', RELATIONS.map(value => ({ value, text: t('relation.' + value) })), { chosen: 'SELF' });
  const others = singly(stop) ? [] : neighbours(stop);
  const also = others.map((other, i) => ({ other, box: h('input', { type: 'checkbox', id: `also-${i}` }) }));
  const pen = signature(t('deliver.signature'));
  const pictures = photos();
  const look = async (text, byKeys) => {
    const found = await compare(text, stop);
    // A name that came through a keyboard may have been spelt anew on the way: that it differs says nothing.
    if (!found.matches && found.by === 'name' && byKeys) {
      seen.textContent = t('deliver.card-unsure');
      return;
    }
    card = found;
    identity.querySelector(`input[value="${card.matches ? 'QR' : 'MISMATCH'}"]`).checked = true;
    seen.textContent = card.matches ? t('deliver.card-matches.' + card.by) : t('deliver.card-differs.' + card.by);
    touch();
  };
  const eye = stop.identityCheck ? scanner({
    expected: item => item === stop.item,
    judge: item => ({ answer: item === stop.item ? 'right' : 'unlisted' }),
    act: () => null,
    missing: 'scan.card-missing',
    raw: (text, byKeys) => {
      if (!isCard(text)) return false;
      look(text, byKeys);
      return true;
    },
  }) : null;
  const how = () => (stop.identityCheck ? chosen(node, 'identity') : 'NONE');
  const failed = () => how() === 'MISMATCH' || how() === 'NOT_SHOWN';
  const receiver = () => chosen(node, 'relation') ?? 'SELF';
  /** The card was not the receiver's, and somebody's paper was looked at all the same: whoever takes it is another. */
  const another = () => how() === 'SEEN' && card?.matches === false;

  const { node, wrong, touch } = form({
    check: () => failed() ? [] : [
      !how() && { text: t('deliver.identity-missing') },
      how() === 'QR' && !card?.matches && { text: t('deliver.card-missing') },
      another() && receiver() === 'SELF' && { text: t('deliver.another-missing') },
      Number(originals.value) < stop.originalsDue && { id: 'originals', text: t('deliver.originals-missing', { n: stop.originalsDue }) },
      ...cash.short().map(kind => ({ id: kind, text: t('deliver.fee-missing') })),
      !pen.content() && pictures.contents().length === 0 && { text: t('deliver.proof-missing') },
    ],
    act: async () => {
      if (failed()) {
        location.hash = `#/fail/${stop.leg}/${how() === 'MISMATCH' ? 'ID_MISMATCH' : 'ID_NOT_SHOWN'}`;
        return;
      }
      const signed = pen.content();
      const evidence = [
        ...(signed ? [{ kind: 'SIGNATURE', content: signed }] : []),
        ...pictures.evidence(),
      ];
      const one = (which, details, about = {}) => ({ evidence, handling: { code: 'DELIVERED', item: which.item, leg: which.leg, ...about, details } });
      await record([
        one(stop, {
          identity: stop.identityCheck ? 'MATCHED' : 'NOT_NEEDED', ...(how() === 'QR' && card.hash ? { identityHash: card.hash } : {}),
          originalsTaken: Number(originals.value), ...cash.taken(), relation: receiver(),
        }, another() ? { note: t('deliver.another-note') } : {}),
        ...also.filter(a => a.box.checked).map(a => one(a.other, { identity: 'NOT_NEEDED', originalsTaken: 0, feeCollected: 0, postageCollected: 0, codCollected: 0, relation: receiver() })),
      ]);
      goTo('#/', t('recorded'));
    },
  },
  stop.identityCheck && [identity, seen],
  stop.originalsDue > 0 && field(t('deliver.originals', { n: stop.originalsDue }), originals, { hint: t('deliver.originals-hint') }),
  cash.node, relation,
  also.length > 0 && h('fieldset', {}, h('legend', {}, t('deliver.same-door')), also.map(({ other, box }) =>
    h('div', { class: 'choice' }, box, h('label', { for: box.id }, h('span', { class: 'code' }, grouped(other.item)), h('small', {}, other.party.name))))),
  pen.node, pictures.node,
  h('div', { class: 'actions' }, h('button', { type: 'submit' }, t('deliver.done')), h('a', { class: 'button plain', href: `#/fail/${stop.leg}` }, t('deliver.not'))));
  show(t('task.deliver'), about(stop), h('p', {}, marks(stop)), wrong, eye?.node, node);
  return () => eye?.stop();
}
