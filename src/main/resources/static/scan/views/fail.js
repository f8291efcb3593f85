import { form } from '../form.js';
import { task } from '../judge.js';
import { record } from '../outbox.js';
import { state } from '../state.js';
import { choices, chosen, day, field, goTo, h, show } from '../ui.js';
import { said, t } from '../words.js';
import { about, closedTo } from './parts.js';

const NEEDS_DATE = ['RESCHEDULE'];

/** It did not succeed: one of the 22 reasons, one of the actions that reason allows, the next day when one was agreed. */
export function fail(leg, preset = null) {
  const stop = state.stops.find(s => s.leg === leg);
  if (closedTo(state.rules && stop, t('fail.title'))) return;
  const { reasons, actions, otherNoteLength } = state.rules;
  // The day here: before seven in the morning it is still yesterday in UTC.
  const tomorrow = new Date(Date.now() + 86_400_000).toLocaleDateString('sv');
  const date = h('input', { type: 'date', id: 'next-date', min: tomorrow });
  const dateField = day(t('fail.date'), date, { hint: t('fail.date-hint') });
  const note = h('textarea', { id: 'note', rows: '2', maxlength: '500' });
  const allowed = h('div');
  const offer = code => {
    const reason = reasons.find(r => r.code === code);
    const byCode = reason.actions.map(a => actions.find(x => x.code === a));
    allowed.replaceChildren(choices(t('fail.action'), 'action', byCode.map(a => ({ value: a.code, text: said(a) })), {
      chosen: reason.defaultAction, onchange: action => { dateField.hidden = !NEEDS_DATE.includes(action); },
    }));
    dateField.hidden = !NEEDS_DATE.includes(reason.defaultAction);
  };
  const { node, wrong } = form({
    check: () => [
      !chosen(node, 'reason') && { text: t('fail.reason-missing') },
      chosen(node, 'reason') === 'OTHER' && note.value.trim().length < otherNoteLength && { id: 'note', text: t('fail.note-missing', { n: otherNoteLength }) },
      NEEDS_DATE.includes(chosen(node, 'action')) && !(date.value >= tomorrow) && { id: 'next-date', text: t('fail.date-missing') },
    ],
    act: async () => {
      const action = chosen(node, 'action');
      await record([{
        handling: {
          code: task(stop) === 'pickup' ? 'PICKUP_FAILED' : 'DELIVERY_FAILED', item: stop.item, leg: stop.leg, reason: chosen(node, 'reason'), action,
          ...(NEEDS_DATE.includes(action) ? { nextDate: date.value } : {}),
          ...(note.value.trim() ? { note: note.value.trim() } : {}),
        },
      }]);
      goTo('#/', t('recorded'));
    },
  },
  choices(t('fail.reason'), 'reason', reasons.map(r => ({ value: r.code, text: said(r), note: r.countsAsAttempt ? t('fail.counts') : null })), { chosen: preset, onchange: offer }),
  allowed, dateField, field(t('fail.note'), note, { hint: t('fail.note-hint') }),
  h('div', { class: 'actions' }, h('button', { type: 'submit' }, t('fail.done')), h('a', { class: 'button plain', href: '#/' }, t('cancel'))));
  dateField.hidden = true;
  if (preset) offer(preset);
  show(t('fail.title'), about(stop), wrong, node);
}
