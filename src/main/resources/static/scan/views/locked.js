import { state } from '../state.js';
import { h, show } from '../ui.js';
import { t } from '../words.js';

/** The phone was reported lost: whoever holds it sees nothing of anybody's. */
export function locked() {
  show(t('locked.title'),
    h('p', { class: 'lead' }, t('locked.lead')),
    state.ofOthers > 0 && h('p', { class: 'card' }, t('locked.waiting', { n: state.ofOthers })),
    h('p', {}, t('locked.found')),
    h('div', { class: 'actions' }, h('a', { class: 'button plain', href: '#/sign-in' }, t('sign-in.submit'))));
}
