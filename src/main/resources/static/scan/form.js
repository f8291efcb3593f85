// The one way a form is sent: once at a time, and never without a word when it did not work.
import { isFull } from './store.js';
import { h, mishap, summary } from './ui.js';
import { t } from './words.js';

/**
 * @param props of the form element
 * @param check () => what must be put right first, [{id?, text}]; what is false in it is left out
 * @param act async; does it. Answers with nothing once it is done: the form stays locked, for the screen is about to change.
 *     Answers with flaws found on the way, or with none when it is not to be done after all
 * @returns {node: the form, wrong: where it says what is wrong, touch(): something was entered beside its fields}
 */
export function form({ check = () => [], act, ...props }, ...children) {
  const wrong = h('div');
  let busy = false;
  const lock = on => {
    busy = on;
    node.setAttribute('aria-busy', String(on));
    node.querySelectorAll('button[type=submit]').forEach(button => button.setAttribute('aria-disabled', String(on)));
  };
  const touch = () => { node.dataset.touched = ''; };
  const node = h('form', {
    novalidate: true,
    ...props,
    oninput: touch,
    // A finger that draws tells no field.
    onpointerdown: event => event.target.matches('canvas') && touch(),
    onsubmit: async event => {
      event.preventDefault();
      // A wet glove taps twice; what it means is once.
      if (busy) return;
      const flaws = check().filter(Boolean);
      wrong.replaceChildren(...(flaws.length > 0 ? [summary(flaws)] : []));
      if (flaws.length > 0) return;
      lock(true);
      try {
        const found = await act();
        if (!found) return;
        if (found.length > 0) wrong.replaceChildren(summary(found));
      } catch (no) {
        wrong.replaceChildren(mishap(whyNot(no)));
      }
      lock(false);
    },
  }, ...children);
  return { node, wrong, touch };
}

/** Why nothing was recorded, for the worker. */
export function whyNot(no) {
  if (isFull(no)) return t('not-recorded.full');
  return no.notRecorded ? t('not-recorded.' + no.notRecorded) : t('not-recorded');
}

/** Whether a form on the screen holds what would be lost with it. */
export function touched() {
  return document.querySelector('form[data-touched]') !== null;
}
