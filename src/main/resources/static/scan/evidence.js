// Signatures as strokes, photos small enough for a mountain road.
import SignaturePad from './lib/signature_pad.js';
import { h } from './ui.js';
import { t } from './words.js';

const LONGEST_SIDE = 1280;
const QUALITY = 0.7;

let pads = 0;

/**
 * Not everybody can draw, and nobody can with a keyboard: beside it there is always a photo to take instead.
 *
 * @returns {node, content(): ArrayBuffer | null}: the strokes as JSON [[[x, y, milliseconds], ...], ...]
 */
export function signature(label) {
  const hint = `pad-${++pads}-hint`;
  const canvas = h('canvas', { class: 'signature', role: 'img', 'aria-label': label, 'aria-describedby': hint });
  const pad = new SignaturePad(canvas, { minWidth: 1, maxWidth: 3 });
  // The pad counts in device pixels; resizing would wipe it, so it is measured once it is on the screen.
  new ResizeObserver((_, observer) => {
    if (canvas.offsetWidth === 0) return;
    const ratio = Math.max(devicePixelRatio || 1, 1);
    canvas.width = canvas.offsetWidth * ratio;
    canvas.height = canvas.offsetHeight * ratio;
    canvas.getContext('2d').scale(ratio, ratio);
    pad.clear();
    observer.disconnect();
  }).observe(canvas);
  const node = h('div', { class: 'field' }, h('span', { class: 'lead' }, label), h('p', { class: 'hint', id: hint }, t('signature.instead')), canvas,
    h('button', { type: 'button', class: 'plain', onclick: () => pad.clear() }, t('signature.clear')));
  return {
    node,
    content() {
      if (pad.isEmpty()) return null;
      const strokes = pad.toData().map(stroke => stroke.points.map(p => [Math.round(p.x), Math.round(p.y), p.time - stroke.points[0].time]));
      return new TextEncoder().encode(JSON.stringify(strokes)).buffer;
    },
  };
}

/** @returns {node, contents(): ArrayBuffer[], evidence(): as outbox.js wants it} */
export function photos(label = t('photo.label'), most = 5) {
  const taken = [];
  const list = h('ul', { class: 'plain' });
  const wrong = h('p', { class: 'error', id: 'photo-wrong', role: 'alert' });
  // Browsers write on it in a language of their own: what is seen is its label.
  const input = h('input', { type: 'file', class: 'unseen', accept: 'image/*', capture: 'environment', id: 'photo', 'aria-labelledby': 'photo-label photo-take', 'aria-describedby': 'photo-wrong' });
  const draw = () => list.replaceChildren(...taken.map((photo, i) => h('li', { class: 'choice' },
    h('span', {}, t('photo.taken', { n: i + 1, size: Math.round(photo.byteLength / 1024) })),
    h('button', { type: 'button', class: 'plain', onclick: () => { taken.splice(i, 1); draw(); } }, t('photo.remove')))));
  input.addEventListener('change', async () => {
    wrong.textContent = '';
    for (const file of input.files) if (taken.length < most) await take(file);
    input.value = '';
    draw();
  });
  const take = async file => {
    try {
      taken.push(await smaller(file));
    } catch {
      wrong.textContent = t('photo.unreadable');
    }
  };
  return {
    node: h('div', { class: 'field' }, h('span', { class: 'lead', id: 'photo-label' }, label), wrong,
      input, h('label', { for: 'photo', id: 'photo-take', class: 'button plain' }, t('photo.take')), list),
    contents: () => taken,
    evidence: () => taken.map(content => ({ kind: 'PHOTO', content })),
  };
}

async function smaller(file) {
  const image = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
  const canvas = new OffscreenCanvas(Math.round(image.width * scale), Math.round(image.height * scale));
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  // Drawn anew: where and with what it was taken is not in it.
  return (await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY })).arrayBuffer();
}
