import { Unsent } from '../api.js';
import { said, t } from '../words.js';
import { shiftOf, signIn as enter, state } from '../state.js';
import { field, h, show, summary } from '../ui.js';

/** Once, while there is signal; then it holds for a working day and the next morning. */
export function signIn() {
  const name = h('input', { type: 'text', id: 'user', autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', required: true });
  const password = h('input', { type: 'password', id: 'password', autocomplete: 'current-password', required: true });
  const wrong = h('div');
  const button = h('button', { type: 'submit' }, t('sign-in.submit'));
  const form = h('form', {
    novalidate: true,
    onsubmit: async event => {
      event.preventDefault();
      const missing = [[name, 'sign-in.user.missing'], [password, 'sign-in.password.missing']].filter(([input]) => !input.value);
      if (missing.length > 0) {
        wrong.replaceChildren(summary(missing.map(([input, key]) => ({ id: input.id, text: t(key) }))));
        return;
      }
      button.disabled = true;
      try {
        await enter(name.value.trim(), password.value);
        location.hash = '#/';
        dispatchEvent(new Event('signed-in'));
      } catch (no) {
        if (!(no instanceof Unsent)) throw no;
        wrong.replaceChildren(summary([{ id: 'user', text: no.problem?.code === 'shift-open' ? t('sign-in.shift', { user: await shiftOf() }) : reason(no) }]));
        button.disabled = false;
      }
    },
  }, field(t('sign-in.user'), name), field(t('sign-in.password'), password), button);
  show(t('sign-in.title'),
    h('p', {}, t('sign-in.lead')),
    state.ofOthers > 0 && h('p', { class: 'card' }, t('sign-in.waiting', { n: state.ofOthers })),
    wrong, form);
}

function reason(no) {
  if (no.state === 'offline') return t('sign-in.offline');
  if (no.problem?.code === 'unauthenticated') return t('sign-in.wrong');
  return said(no.problem?.flaws?.[0]) || no.problem?.detail || t('sign-in.busy');
}
