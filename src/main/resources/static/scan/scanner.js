// What every scanning screen shares: camera, typed keys, a field to type into, and the answer shown, heard and felt.
import { Camera } from './camera.js';
import { feel, FEEDBACK } from './feedback.js';
import { read, grouped } from './s10.js';
import { h, icon } from './ui.js';
import { t } from './words.js';
import { listen } from './wedge.js';

/**
 * @param expected whether an item is on the worklist
 * @param judge item => {answer, stop?, ...}
 * @param act called with the verdict; may return a node shown under the answer
 * @param raw asked first with the text as read; true when it was meant for something else, such as an identity card
 * @returns {node, stop}
 */
export function scanner({ expected, judge, act, raw = () => false, many = false }) {
  const video = h('video', { muted: true, playsinline: true });
  const closed = h('div', { class: 'closed' }, h('button', { type: 'button', onclick: () => start() }, icon('camera'), t('camera.open')));
  const finder = h('div', { class: many ? 'viewfinder many' : 'viewfinder' }, video, h('div', { class: 'aim' }), closed);
  const answers = h('div', { 'aria-live': 'assertive', id: 'answer' });
  const camera = new Camera(video, texts => texts.forEach(text => heard({ text, by: 'camera' })));
  camera.many = many;

  const typed = h('input', { type: 'text', id: 'typed', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', maxlength: '40' });
  const form = h('form', {
    onsubmit: event => {
      event.preventDefault();
      if (typed.value.trim()) heard({ text: typed.value, by: 'hand' });
      typed.value = '';
      typed.focus();
    },
  }, h('div', { class: 'field' }, h('label', { for: 'typed' }, t('scan.typed')), typed), h('button', { type: 'submit', class: 'plain' }, t('scan.take')));

  async function start() {
    try {
      await camera.start();
      closed.remove();
    } catch (no) {
      closed.replaceChildren(h('p', {}, t(no.name === 'NotAllowedError' ? 'camera.forbidden' : 'camera.none')));
    }
  }

  function heard({ text, by }) {
    if (raw(text)) return;
    const code = by === 'wedge' ? text : read(text);
    if (code.outcome === 'valid') return settle(code.item);
    if (code.outcome === 'repaired' && expected(code.item)) return settle(code.item);
    // A code that had to be put right and is on no list, or may be one of two: the worker's own eye decides.
    const proposal = code.item;
    feel('unreadable');
    tell('unreadable', proposal ? t('scan.unsure') : t(code.flaw ?? 'scan.unsure-two'),
      proposal && h('button', { type: 'button', onclick: () => settle(proposal) }, t('scan.is-it', { item: grouped(proposal) })));
  }

  function settle(item) {
    const verdict = { item, ...judge(item) };
    feel(verdict.answer);
    tell(verdict.answer, grouped(item), act(verdict));
  }

  function tell(answer, text, more) {
    const box = h('div', { class: 'answer ' + answer, 'data-answer': answer }, icon(FEEDBACK[answer].icon),
      h('div', {}, h('strong', {}, t('answer.' + answer)), h('span', { class: 'code' }, text)));
    answers.replaceChildren(box, ...(more ? [more].flat() : []));
  }

  const stopKeys = listen(window, { expected, onRead: code => heard({ text: code, by: 'wedge' }) });
  start();
  return {
    node: [finder, answers, form],
    stop() {
      camera.stop();
      stopKeys();
    },
  };
}
