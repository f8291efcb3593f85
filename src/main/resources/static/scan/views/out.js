import { whyNot } from '../form.js';
import { judge, task } from '../judge.js';
import { record } from '../outbox.js';
import { grouped } from '../s10.js';
import { scanner } from '../scanner.js';
import { recorded, state } from '../state.js';
import { announce, h, show } from '../ui.js';
import { t } from '../words.js';
import { noShift, onList, shiftOpen } from './parts.js';

/** In the morning: many labels in one frame, each taken out for delivery once. */
export function out() {
  if (!shiftOpen()) return show(t('out.title'), noShift());
  const gone = new Set([...recorded()].filter(([, entries]) => entries.at(-1).code === 'OUT_FOR_DELIVERY').map(([item]) => item));
  const due = onList(state.stops.filter(stop => task(stop) === 'deliver' && stop.item));
  const list = h('ul', {});
  const count = h('p', { class: 'lead', 'aria-live': 'polite' });
  const draw = () => {
    count.textContent = t('out.tally', { n: due.filter(s => gone.has(s.item)).length, of: due.length });
    list.replaceChildren(...[...gone].reverse().slice(0, 20).map(item => h('li', { class: 'code' }, grouped(item))));
  };
  const eye = scanner({
    many: true,
    expected: item => state.stops.some(stop => stop.item === item),
    judge: item => {
      const verdict = judge(item, { stops: state.stops, handled: gone, task: 'deliver' });
      // Whose paper is looked at at the door does not matter yet.
      return verdict.answer === 'stop' ? { ...verdict, answer: 'right' } : verdict;
    },
    act: verdict => {
      if (verdict.answer !== 'right') return null;
      gone.add(verdict.item);
      record([{ handling: { code: 'OUT_FOR_DELIVERY', item: verdict.item, leg: verdict.stop.leg } }])
        .catch(no => { gone.delete(verdict.item); announce(whyNot(no), 'bad'); })
        .finally(draw);
      return null;
    },
  });
  draw();
  show(t('out.title'), h('p', {}, t('out.lead')), eye.node, count, list);
  return () => eye.stop();
}
