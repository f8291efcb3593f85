// What every scanning screen shares: camera, typed keys, a field to type into, and the answer shown, heard and felt.
import { Camera } from './camera.js';
import { feel, FEEDBACK, MOST_SERIOUS_FIRST } from './feedback.js';
import { read, grouped } from './s10.js';
import { field, fill, h, icon } from './ui.js';
import { t } from './words.js';
import { listen } from './wedge.js';

/** Labels read within this time lie in one view, in milliseconds: a blurred one is read some frames later than the others. */
const TOGETHER = 1_000;

/** Characters the QR of an identity card, or of a manifest's seal, may have. */
const LONGEST = '900';

const serious = ({ answer }) => MOST_SERIOUS_FIRST.indexOf(answer);

/**
 * @param expected whether an item is on the worklist
 * @param judge item => {answer, stop?, ...}
 * @param act called with the verdict; may return a node shown under the answer
 * @param raw asked first with the text as read, and whether keys said it; true when it was meant for something else, such as
 *     an identity card
 * @param missing what is said when nothing was typed
 * @returns {node, stop}
 */
export function scanner({ expected, judge, act, raw = null, missing = 'scan.missing', many = false }) {
  const video = h('video', { muted: true, playsinline: true });
  const closed = h('div', { class: 'closed' }, h('button', { type: 'button', onclick: () => start() }, icon('camera'), t('camera.open')));
  const finder = h('div', { class: many ? 'viewfinder many' : 'viewfinder' }, video, h('div', { class: 'aim' }), closed);
  let shown = [];
  const answers = h('div', { 'aria-live': 'assertive', id: 'answer' });
  const camera = new Camera(video, viewed);
  camera.many = many;

  const typed = h('input', { type: 'text', id: 'typed', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', maxlength: raw ? LONGEST : '40' });
  const box = h('div');
  const draw = wrong => fill(box, field(t('scan.typed'), typed, { wrong }));
  draw();
  const form = h('form', {
    onsubmit: event => {
      event.preventDefault();
      const text = typed.value.trim();
      draw(text ? undefined : t(missing));
      if (text && !raw?.(text, false)) heard([read(text)]);
      typed.value = '';
      typed.focus();
    },
  }, box, h('button', { type: 'submit', class: 'plain' }, t('scan.take')));

  async function start() {
    try {
      await camera.start();
      closed.remove();
    } catch (no) {
      closed.replaceChildren(h('p', {}, t(no.name === 'NotAllowedError' ? 'camera.forbidden' : 'camera.none')));
    }
  }

  /** @returns what is no item, for as long as an item lies beside it: then that is what the worker means */
  function viewed(fresh, inView) {
    const codes = fresh.filter(text => !raw?.(text, false));
    const isItem = text => certain(read(text)) !== null;
    const quiet = inView.some(isItem) ? codes.filter(text => !isItem(text)) : [];
    heard(codes.filter(text => !quiet.includes(text)).map(read), many ? shown.filter(one => performance.now() - one.at < TOGETHER) : []);
    return quiet;
  }

  /** What one frame, one burst of keys or one line typed says; `beside` it stays what was told before. */
  function heard(codes, beside = []) {
    const items = new Set(codes.map(certain).filter(Boolean));
    if (items.size > 0) settle([...items], beside);
    else if (codes.length > 0) refuse(codes[0], beside);
  }

  function certain({ outcome, item }) {
    return outcome === 'valid' || (outcome === 'repaired' && expected(item)) ? item : null;
  }

  /** A code that had to be put right and is on no list, or may be one of two: the worker's own eye decides. */
  function refuse({ item: proposal, flaw }, beside) {
    tell([told('unreadable', proposal ? t('scan.unsure') : t(flaw ?? 'scan.unsure-two'),
      proposal && h('button', { type: 'button', onclick: () => settle([proposal]) }, t('scan.is-it', { item: grouped(proposal) })))], beside);
  }

  function settle(items, beside = []) {
    const verdicts = items.map(item => ({ item, ...judge(item) }));
    tell(verdicts.map(verdict => told(verdict.answer, grouped(verdict.item), act(verdict))), beside);
  }

  function told(answer, text, more) {
    const box = h('div', { class: 'answer ' + answer, 'data-answer': answer }, icon(FEEDBACK[answer].icon),
      h('div', {}, h('strong', {}, t('answer.' + answer)), h('span', { class: 'code' }, text)));
    return { answer, nodes: [box, more].flat().filter(Boolean), at: performance.now() };
  }

  /** The most serious answer is felt, and stands on top; where labels lie together it is not pushed aside by the next one. */
  function tell(fresh, beside) {
    shown = [...fresh, ...beside].sort((a, b) => serious(a) - serious(b));
    if (fresh.includes(shown[0])) feel(shown[0].answer);
    answers.replaceChildren(...shown.flatMap(one => one.nodes));
    // What is to be done about it must not lie under the tabs.
    if (!many) answers.lastElementChild?.scrollIntoView({ block: 'nearest' });
  }

  const stopKeys = listen(window, { expected, onRead: code => heard([code]), onCard: text => raw?.(text, true) ?? false });
  start();
  return {
    node: [finder, answers, form],
    stop() {
      camera.stop();
      stopKeys();
    },
  };
}
