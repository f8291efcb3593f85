import { state } from '../state.js';
import { fill, h, show } from '../ui.js';
import { t } from '../words.js';

/** The phone was reported lost: whoever holds it sees nothing of anybody's, but whether it has told all it had to tell. */
export function locked() {
  // What the server cannot read it has not kept.
  const stuck = () => state.outbox.filter(row => row.stuck).length;
  const told = () => state.outbox.length - stuck();
  const left = h('div', { 'aria-live': 'polite' });
  const draw = () => fill(left,
    told() > 0 && h('p', { class: 'card' }, t(state.locked?.token ? 'locked.waiting' : state.locked?.over ? 'locked.over' : 'locked.told', { n: told() })),
    stuck() > 0 && h('p', { class: 'card' }, t('locked.stuck', { n: stuck() })),
    state.ofOthers > 0 && h('p', { class: 'card' }, t('sign-in.waiting', { n: state.ofOthers })));
  draw();
  addEventListener('refreshed', draw);
  show(t('locked.title'),
    h('p', { class: 'lead' }, t('locked.lead')),
    left,
    h('p', {}, t('locked.found')),
    h('div', { class: 'actions' }, h('a', { class: 'button plain', href: '#/sign-in' }, t('sign-in.submit'))));
  return () => removeEventListener('refreshed', draw);
}
