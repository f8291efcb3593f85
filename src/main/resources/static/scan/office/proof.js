// What proves a handling: signatures drawn from their strokes, photos as they were taken. Fetched when somebody wants to look.
import * as api from '../api.js';
import { state } from '../state.js';
import { announce, fill, h } from '../ui.js';
import { moment, t } from '../words.js';
import { ask, problem } from './parts.js';

const MARGIN = 8;

/** Longest side that is drawn, in pixels; a browser draws nothing on a canvas that is too large, and says nothing. */
const LONGEST = 2_000;

/** Nothing where nothing was named, or where another office has it. */
export function proof(handling, count, office = state.session.office) {
  if (!count || office !== state.session.office) return null;
  const box = h('div', { class: 'proof' });
  const button = h('button', { type: 'button', class: 'plain', 'aria-expanded': 'false', onclick: () => turn() }, t('proof.see', { n: count }));
  const turn = async () => {
    if (button.getAttribute('aria-expanded') === 'true') {
      button.setAttribute('aria-expanded', 'false');
      return fill(box);
    }
    button.disabled = true;
    try {
      const pieces = await ask(`/handlings/${handling}/evidence`);
      fill(box, await Promise.all(pieces.map(piece => picture(handling, piece))));
      button.setAttribute('aria-expanded', 'true');
    } catch (no) {
      if (!(no instanceof api.Unsent)) throw no;
      announce(problem(no), 'bad');
    } finally {
      button.disabled = false;
    }
  };
  return h('div', { class: 'no-print' }, button, box);
}

async function picture(handling, { sha256, kind, receivedAt }) {
  const what = t('proof.' + kind);
  const caption = h('figcaption', { class: 'quiet' }, what, ' · ', receivedAt ? t('proof.received', { at: moment(receivedAt) }) : t('proof.missing'));
  if (!receivedAt) return h('figure', {}, caption);
  const content = await api.proof(state.session, handling, sha256);
  const canvas = h('canvas', { role: 'img', 'aria-label': what });
  try {
    await (kind === 'PHOTO' ? photo(canvas, content) : strokes(canvas, content));
  } catch {
    return h('figure', {}, caption, h('p', { class: 'error' }, t('proof.unreadable')));
  }
  return h('figure', {}, canvas, caption);
}

async function photo(canvas, content) {
  const image = await createImageBitmap(content);
  sized(canvas, image.width, image.height).drawImage(image, 0, 0);
  image.close();
}

/** @returns where it begins and how long it is, with a margin; no numbers, or none that can be drawn, are NaN or Infinity */
function span(numbers) {
  const [least, most] = numbers.reduce(([low, high], n) => [Math.min(low, n), Math.max(high, n)], [Infinity, -Infinity]);
  return [least - MARGIN, most - least + 2 * MARGIN];
}

/** @returns the pen, which draws in these lengths however small the canvas is. @throws RangeError when nothing can be drawn */
function sized(canvas, width, height) {
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  if (!(scale > 0)) throw new RangeError('not to be drawn');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext('2d');
  pen.scale(scale, scale);
  return pen;
}

/** As they were drawn, and no more of the pad than was drawn on. */
async function strokes(canvas, content) {
  const drawn = JSON.parse(await content.text());
  const [[left, width], [top, height]] = [0, 1].map(axis => span(drawn.flat().map(point => point[axis])));
  const pen = sized(canvas, width, height);
  // Also a large one is seen when it is shown small.
  pen.lineWidth = Math.max(2, width / 200, height / 200);
  pen.lineCap = pen.lineJoin = 'round';
  for (const [first, ...rest] of drawn.filter(stroke => stroke.length > 0)) {
    pen.beginPath();
    pen.moveTo(first[0] - left, first[1] - top);
    // A dot is a stroke too.
    for (const [x, y] of rest.length > 0 ? rest : [first]) pen.lineTo(x - left, y - top);
    pen.stroke();
  }
}
