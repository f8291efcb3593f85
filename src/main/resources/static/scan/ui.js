// Elements made by hand: a dozen screens need no framework.
import { t, weekday } from './words.js';

/** h('button', {class: 'big', onclick: f}, 'text', child): text is never read as HTML. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else element.setAttribute(name, value);
  }
  return fill(element, children);
}

/** Puts other content into an element; what is null, undefined or false is left out, not written out. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** Puts a screen on: its heading gets the focus, so that it is read out. */
export function show(title, ...nodes) {
  const heading = h('h1', { tabindex: '-1' }, title);
  document.title = title + ' – ' + t('app');
  fill(document.querySelector('main'), heading, nodes);
  scrollTo(0, 0);
  heading.focus({ preventScroll: true });
}

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'icon');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', 'icons.svg#' + name);
  svg.append(use);
  return svg;
}

let fields = 0;

/** A labelled field; `wrong` is shown beside it and read with it. */
export function field(label, input, { hint, wrong } = {}) {
  const id = input.id || `field-${++fields}`;
  input.id = id;
  const about = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ');
  // It may have been wrong before.
  for (const [name, value] of [['aria-describedby', about], ['aria-invalid', wrong && 'true']]) {
    if (value) input.setAttribute(name, value);
    else input.removeAttribute(name);
  }
  return h('div', { class: wrong ? 'field wrong' : 'field' },
    h('label', { for: id }, label),
    hint && h('p', { class: 'hint', id: `${id}-hint` }, hint),
    wrong && h('p', { class: 'error', id: `${id}-wrong` }, wrong),
    input);
}

/** A day to come. Browsers write days in a language of their own, so it is said in ours below. */
export function day(label, input, options) {
  const said = h('output', { class: 'hint', for: input.id });
  input.addEventListener('input', () => { said.textContent = weekday(input.value); });
  const node = field(label, input, options);
  node.append(said);
  return node;
}

/** Radio buttons as big rows. */
export function choices(legend, name, options, { chosen, onchange, hint } = {}) {
  return h('fieldset', {}, h('legend', {}, legend), hint && h('p', { class: 'hint' }, hint),
    options.map(({ value, text, note }) => h('label', { class: 'choice' },
      h('input', { type: 'radio', name, value, checked: value === chosen, onchange: () => onchange?.(value) }),
      h('span', {}, text, note && h('small', {}, note)))));
}

export function chosen(form, name) {
  return form.querySelector(`input[name="${name}"]:checked`)?.value ?? null;
}

/** What is wrong with a form, on top of it, each a link to its field. */
export function summary(flaws) {
  const box = h('div', { class: 'summary', role: 'alert', tabindex: '-1' },
    h('h2', {}, t('form.wrong')),
    h('ul', {}, flaws.map(({ id, text }) => h('li', {}, id
      ? h('a', { href: '#', onclick: event => { event.preventDefault(); document.getElementById(id)?.focus(); } }, text)
      : text))));
  queueMicrotask(() => box.focus());
  return box;
}

/** What did not work, where the worker looks. */
export function mishap(text) {
  const box = h('div', { class: 'summary', role: 'alert', tabindex: '-1' }, h('p', { class: 'lead' }, text));
  queueMicrotask(() => box.focus());
  return box;
}

/** A question that must be answered before something that cannot simply be undone. */
export function confirm(question, yes, no = t('cancel'), kind = null) {
  return new Promise(resolve => {
    const dialog = h('dialog', { 'aria-label': question },
      h('p', { class: 'lead' }, question),
      h('div', { class: 'actions' },
        h('button', { type: 'button', class: kind, onclick: () => dialog.close('yes') }, yes),
        h('button', { type: 'button', class: 'plain', onclick: () => dialog.close('no') }, no)));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/**
 * Asks why, before something that is kept with who and when.
 *
 * @param before another thing to ask for first: {input, label, hint, wrong}, of which wrong() says what is wrong with it now
 * @returns null when nothing is to be done after all
 */
export function why(question, { lead, label = t('why.label'), hint = t('why.hint'), yes, danger = false, before }) {
  return new Promise(resolve => {
    const text = h('textarea', { id: 'why', maxlength: '500', required: true });
    const box = h('div');
    const draw = (wrong, wrongBefore) => box.replaceChildren(
      ...(before ? [field(before.label, before.input, { hint: before.hint, wrong: wrongBefore })] : []),
      field(label, text, { hint, wrong }));
    const form = h('form', {
      novalidate: true,
      onsubmit: event => {
        event.preventDefault();
        const wrongBefore = before?.wrong();
        if (text.value.trim() && !wrongBefore) return dialog.close('yes');
        draw(text.value.trim() ? undefined : t('why.missing'), wrongBefore);
        (wrongBefore ? before.input : text).focus();
      },
    }, box, h('div', { class: 'actions' },
      h('button', { type: 'submit', class: danger ? 'danger' : null }, yes),
      h('button', { type: 'button', class: 'plain', onclick: () => dialog.close('no') }, t('cancel'))));
    const dialog = h('dialog', { 'aria-labelledby': 'why-question' }, h('h2', { id: 'why-question' }, question), lead && h('p', {}, lead), form);
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes' ? text.value.trim() : null);
    });
    draw();
    document.body.append(dialog);
    dialog.showModal();
    (before?.input ?? text).focus();
  });
}

/** Said to everybody, shown until the next screen. */
export function announce(text, kind = '') {
  hush();
  document.getElementById('announce').append(h('p', { class: 'toast ' + kind }, text));
}

/** What was said is over; an offer of a newer version stands until it is taken. */
export function hush() {
  document.querySelector('#announce > p')?.remove();
}

export function offer(text, yes, take) {
  const place = document.getElementById('announce');
  place.querySelector('.offer')?.remove();
  place.prepend(h('div', { class: 'toast offer' }, h('p', {}, text), h('button', { type: 'button', onclick: take }, yes)));
}

let onArrival = null;

/** To another screen, where it is said that this was done. */
export function goTo(screen, text) {
  onArrival = text;
  location.hash = screen;
}

/** A screen has come: what was said on the one before does not stand on it. */
export function arrived() {
  hush();
  if (onArrival) announce(onArrival, 'good');
  onArrival = null;
}

/** To the content without going anywhere: what is being entered stays. */
export function skipLink() {
  document.querySelector('a.skip').addEventListener('click', event => {
    event.preventDefault();
    document.getElementById('main').focus();
  });
}

/** What nobody thought of goes wrong aloud. */
export function ownUp() {
  addEventListener('unhandledrejection', () => announce(t('went-wrong'), 'bad'));
}
