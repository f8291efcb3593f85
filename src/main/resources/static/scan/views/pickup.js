import { photos, signature } from '../evidence.js';
import { form } from '../form.js';
import { record } from '../outbox.js';
import { state } from '../state.js';
import { field, goTo, h, show } from '../ui.js';
import { dong, t } from '../words.js';
import { about, closedTo, due, KINDS, marks, money, takenPapers } from './parts.js';

/** At the citizen's door: papers counted against the list, sealed in front of the citizen, money, signature. */
export function pickup(leg) {
  const stop = state.stops.find(s => s.leg === leg);
  if (closedTo(stop, t('task.pickup'))) return;

  const taken = takenPapers(stop);
  const papers = stop.papers.map((paper, i) => {
    const box = h('input', { type: 'checkbox', id: `paper-${i}`, checked: taken[i] });
    const kind = h('select', { 'aria-label': t('pickup.kind-of', { name: paper.name }) },
      h('option', { value: 'original', selected: paper.original }, t('pickup.original')), h('option', { value: 'copy', selected: !paper.original }, t('pickup.copy')));
    return { paper, box, kind, row: h('div', { class: 'choice' }, box, h('label', { for: `paper-${i}` }, paper.name, h('small', {}, t(paper.original ? 'pickup.asks-original' : 'pickup.asks-copy', { n: paper.count }))), kind) };
  });
  const note = h('textarea', { id: 'note', rows: '2', maxlength: '500' });
  const seal = h('input', { type: 'text', id: 'seal', maxlength: '50', autocapitalize: 'characters' });
  const cash = moneyFields(stop);
  const receipt = h('input', { type: 'text', id: 'receipt', maxlength: '50' });
  const pen = signature(t('pickup.signature'));
  const pictures = photos(t('photo.instead'));
  const missing = () => papers.filter(p => !p.box.checked);

  const { node, wrong } = form({
    check: () => [
      papers.length > 0 && missing().length === papers.length && { id: 'paper-0', text: t('pickup.nothing') },
      missing().length > 0 && taken.includes(true) && papers.every((p, i) => !p.box.checked || taken[i]) && cash.total() === 0 && { id: 'paper-0', text: t('pickup.nothing-more') },
      missing().length > 0 && note.value.trim().length < 5 && { id: 'note', text: t('pickup.note-missing') },
      !seal.value.trim() && { id: 'seal', text: t('pickup.seal-missing') },
      ...cash.wrong(),
      cash.total() > 0 && !receipt.value.trim() && { id: 'receipt', text: t('pickup.receipt-missing') },
      !pen.content() && pictures.contents().length === 0 && { id: 'photo', text: t('signature.missing') },
    ],
    act: async () => {
      const signed = pen.content();
      await record([{
        evidence: [...(signed ? [{ kind: 'SIGNATURE', content: signed }] : []), ...pictures.evidence()],
        handling: {
          code: missing().length > 0 ? 'PICKUP_PARTIAL' : 'COLLECTED', item: stop.item, leg: stop.leg,
          ...(missing().length > 0 ? { note: note.value.trim() } : {}),
          details: {
            papers: papers.filter(p => p.box.checked).map(p => ({ name: p.paper.name, original: p.kind.value === 'original', count: p.paper.count })),
            seal: seal.value.trim(), ...cash.taken(),
            ...(receipt.value.trim() ? { receipt: receipt.value.trim() } : {}),
          },
        },
      }]);
      goTo('#/', t('recorded'));
    },
  },
  h('fieldset', {}, h('legend', {}, t('pickup.papers')), papers.length === 0 ? h('p', {}, t('pickup.no-list')) : papers.map(p => p.row)),
  field(t('pickup.note'), note, { hint: t('pickup.note-hint') }),
  field(t('pickup.seal'), seal, { hint: t('pickup.seal-hint') }),
  cash.node,
  money(stop) > 0 && field(t('pickup.receipt'), receipt),
  pen.node, pictures.node,
  h('div', { class: 'actions' }, h('button', { type: 'submit' }, t('pickup.done')), h('a', { class: 'button plain', href: `#/fail/${stop.leg}` }, t('pickup.not'))));
  show(t('task.pickup'), about(stop), h('p', {}, marks(stop)), wrong, node);
}

/** What is due and what was taken, each kind apart, and what is to be asked for altogether. */
export function moneyFields(stop) {
  const fields = KINDS.map(kind => ({ kind, ...moneyField(kind, stop) }));
  const several = KINDS.filter(kind => due(stop, kind) > 0).length > 1;
  return {
    node: [...fields.map(field => field.node), several && h('p', { id: 'money-total' }, t('money.total'), ' ', h('strong', {}, dong(money(stop))))],
    total: () => fields.reduce((sum, field) => sum + field.value(), 0),
    /** For whom COD is, too: by the time this is heard it may be for another. */
    taken: () => ({ ...Object.fromEntries(fields.map(field => [field.kind + 'Collected', field.value()])), ...(stop.codPayeeId && due(stop, 'cod') > 0 ? { codPayee: stop.codPayeeId } : {}) }),
    wrong: () => fields.filter(field => field.wrong()).map(field => ({ id: field.kind, text: field.wrong() })),
    /** Kinds of which less was taken than is due, or an amount that cannot be. */
    short: () => fields.filter(field => field.wrong() || field.value() < due(stop, field.kind)).map(field => field.kind),
  };
}

function moneyField(kind, stop) {
  const asked = due(stop, kind);
  const input = h('input', { type: 'number', id: kind, min: '0', max: '1000000000', step: '1', inputmode: 'numeric', value: String(asked) });
  return {
    node: asked === 0 ? kind !== 'cod' && h('p', {}, t(`money.${kind}.none`)) : field(t(`money.${kind}`, { amount: dong(asked), payee: stop.codPayee }), input, { hint: t('money.hint') }),
    value: () => (asked === 0 ? 0 : Number(input.value)),
    wrong: () => (asked > 0 && (!/^\d+$/.test(input.value) || Number(input.value) > asked) ? t('money.wrong', { amount: dong(asked) }) : null),
  };
}
