import { state } from '../state.js';
import { h, show } from '../ui.js';
import { t } from '../words.js';

/** Whoever is no supervisor has nothing to do here; a phone belongs to one person at a time. */
export function notYours() {
  show(t('office.title'),
    h('p', { class: 'lead' }, t('office.not-yours', { user: state.session.user })),
    h('div', { class: 'actions' },
      h('a', { class: 'button', href: '/scan/' }, t('back')),
      h('a', { class: 'button plain', href: '#/sign-in' }, t('office.as-another'))));
}
