// A scanner that types. What it means is read twice: by the keys themselves (KeyboardEvent.code), which no input method can
// change, and by the letters the system made of them (KeyboardEvent.key), which are right when the scanner was set up for
// another layout. Where the two differ, the list of items expected decides, and when it cannot, nobody does.
import { flaw, read } from './s10.js';

/** A person does not type faster than this, from one key to the next, in milliseconds. */
const FAST = 35;
const SHORTEST = 8;
const END = new Set(['Enter', 'NumpadEnter', 'Tab']);

/** What a key says on the layout S10 labels are typed by. */
function plain(code) {
  return /^Key([A-Z])$/.exec(code)?.[1] ?? /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1] ?? '';
}

/**
 * Reads a burst of keys.
 *
 * @param keys [{code, key}]
 * @param expected whether an item is on the worklist
 * @returns {outcome: 'valid' | 'repaired' | 'unsure' | 'invalid', item?, flaw?}
 */
export function readBurst(keys, expected) {
  const byKey = read(letters(keys.map(k => k.key)));
  const complete = keys.every(k => plain(k.code) !== '' || isModifier(k));
  const pressed = keys.map(k => plain(k.code)).join('');
  // A keyboard program that rewrites sends its own keys, backspaces among them: then the codes tell nothing.
  const byCode = complete && !flaw(pressed) ? { outcome: 'valid', item: pressed } : { outcome: 'invalid' };
  const candidates = [...new Set([byCode.item, byKey.item].filter(Boolean))];
  if (candidates.length === 0) return byKey;
  if (candidates.length === 1) return one(candidates[0], byCode, byKey, expected);
  const listed = candidates.filter(expected);
  return listed.length === 1 ? { outcome: 'repaired', item: listed[0] } : { outcome: 'unsure' };
}

/**
 * Only one of the two readings is an item identifier. Both agreeing is certain. The letters alone are certain when they
 * were not repaired and no key contradicts them. Anything else is believed when the item is expected.
 */
function one(item, byCode, byKey, expected) {
  if (byCode.item === item && byKey.item === item && byKey.outcome === 'valid') return { outcome: 'valid', item };
  return expected(item) ? { outcome: 'repaired', item } : { outcome: 'unsure', item };
}

/** The text a keyboard program left behind, its backspaces carried out. */
function letters(keys) {
  const text = [];
  for (const key of keys) {
    if (key === 'Backspace') text.pop();
    else if ([...key].length === 1) text.push(key);
  }
  return text.join('').normalize('NFC');
}

function isModifier({ key, code }) {
  return /^(Shift|CapsLock|Control|Alt|AltGraph)/.test(key) || /^(Shift|CapsLock)/.test(code);
}

/** Listens to the whole page; typing by hand passes through untouched. */
export function listen(target, { expected, onRead }) {
  let burst = [];
  let last = 0;
  const heard = event => {
    const now = event.timeStamp;
    if (now - last > FAST) burst = [];
    last = now;
    if (END.has(event.code) || END.has(event.key)) {
      const typed = burst.filter(k => !isModifier(k));
      burst = [];
      if (typed.length >= SHORTEST) {
        event.preventDefault();
        event.stopPropagation();
        onRead(readBurst(typed, expected));
      }
      return;
    }
    burst.push({ code: event.code, key: event.key });
  };
  target.addEventListener('keydown', heard, true);
  return () => target.removeEventListener('keydown', heard, true);
}
