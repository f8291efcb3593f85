import { Unsent } from '../api.js';
import { form } from '../form.js';
import { said, t } from '../words.js';
import { shiftOf, signIn as enter, state } from '../state.js';
import { field, h, show } from '../ui.js';
import { whetherKept } from '../version.js';

/** Once, while there is signal; then it holds for a working day and the next morning. */
export function signIn() {
  const name = h('input', { type: 'text', id: 'user', autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', required: true });
  const password = h('input', { type: 'password', id: 'password', autocomplete: 'current-password', required: true });
  const { node, wrong } = form({
    check: () => [[name, 'sign-in.user.missing'], [password, 'sign-in.password.missing']].map(([input, key]) => !input.value && { id: input.id, text: t(key) }),
    act: async () => {
      try {
        await enter(name.value.trim(), password.value);
      } catch (no) {
        if (!(no instanceof Unsent)) throw no;
        return [{ id: 'user', text: no.problem?.code === 'shift-untold' ? t('sign-in.shift-untold', { user: await shiftOf() }) : reason(no) }];
      }
      location.hash = '#/';
      dispatchEvent(new Event('signed-in'));
      return null;
    },
  }, field(t('sign-in.user'), name), field(t('sign-in.password'), password), h('button', { type: 'submit' }, t('sign-in.submit')));
  const left = state.ofOthers + (state.session ? 0 : state.outbox.length);
  show(t('sign-in.title'),
    whetherKept(h('p', {}, t('sign-in.lead'))),
    left > 0 && h('p', { class: 'card' }, t('sign-in.waiting', { n: left })),
    wrong, node);
}

function reason(no) {
  if (no.state === 'offline') return t('sign-in.offline');
  if (no.problem?.code === 'unauthenticated') return t('sign-in.wrong');
  return said(no.problem?.flaws?.[0]) || no.problem?.detail || t('sign-in.busy');
}
