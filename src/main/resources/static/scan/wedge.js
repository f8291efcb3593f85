// A scanner that types. What it means is read twice: by the keys themselves (KeyboardEvent.code), which no input method can
// change, and by the letters the system made of them (KeyboardEvent.key), which are right when the scanner was set up for
// another layout. Where readings differ, nobody decides by itself: two items may have the same digits, and the check digit
// says nothing of the letters.
import { flaw, read } from './s10.js';

/** From one key to the next on average, in milliseconds: no person types a whole code like that. */
const FAST = 35;
/** A radio may hold one key back for this long, in milliseconds; longer, and it is another code or a person. */
const PAUSE = 100;
/** After this long without a key, in milliseconds, a code that is whole has ended, for scanners that send no Enter. */
const SILENCE = 250;
const SHORTEST = 8;
const END = new Set(['Enter', 'NumpadEnter', 'Tab']);

/** Where AZERTY has its letters. */
const AZERTY = { KeyQ: 'A', KeyA: 'Q', KeyW: 'Z', KeyZ: 'W', Semicolon: 'M', KeyM: '' };
/** What a digit's key gives on QWERTY with Shift, and on AZERTY without. */
const SHIFTED = /^[!@#$%^&*()é"'\-è_çà]$/;

/** What a key says on the layout S10 labels are typed by. */
function plain(code) {
  return /^Key([A-Z])$/.exec(code)?.[1] ?? /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1] ?? '';
}

/**
 * Reads a burst of keys.
 *
 * @param keys [{code, key}]
 * @param expected whether an item is on the worklist
 * @returns {outcome: 'valid' | 'repaired' | 'unsure' | 'invalid', item?, flaw?}: 'repaired' is on the list, 'unsure' is for
 *     the worker's eye
 */
export function readBurst(keys, expected) {
  const typed = keys.filter(key => !isModifier(key));
  const byKey = read(letters(typed));
  const byCode = pressed(typed, keys.some(mayBeAzerty)).filter(text => !flaw(text));
  const candidates = [...new Set([...byCode, byKey.item].filter(Boolean))];
  if (candidates.length === 0) return byKey;
  if (candidates.length > 1) return { outcome: 'unsure' };
  const [item] = candidates;
  if (expected(qwertz(item))) return { outcome: 'unsure' };
  // Both agreeing is certain. Anything else is believed when the item is expected.
  if (byCode.includes(item) && byKey.outcome === 'valid') return { outcome: 'valid', item };
  return { outcome: expected(item) ? 'repaired' : 'unsure', item };
}

/** What a scanner set up for QWERTZ meant, of which nothing else tells. @returns '' when it is the same */
function qwertz(item) {
  const other = item.replace(/[YZ]/g, letter => (letter === 'Y' ? 'Z' : 'Y'));
  return other === item ? '' : other;
}

/** What the keys say. A keyboard program that rewrites sends its own, backspaces among them: then they tell nothing. */
function pressed(typed, azerty) {
  const spell = letterOf => {
    const all = typed.map(({ code }) => letterOf(code));
    return all.includes('') ? '' : all.join('');
  };
  return azerty ? [spell(plain), spell(code => AZERTY[code] ?? plain(code))] : [spell(plain)];
}

/** AZERTY writes its digits with Shift, with CapsLock or on the keypad: where they came so, its letters may have as well. */
function mayBeAzerty({ code, key }) {
  return code === 'CapsLock' || /^Numpad\d$/.test(code) || (/^Digit\d$/.test(code) && SHIFTED.test(key));
}

/** The text a keyboard program left behind, its backspaces carried out. */
function letters(typed) {
  const text = [];
  for (const { key } of typed) {
    if (key === 'Backspace') text.pop();
    else if ([...key].length === 1) text.push(key);
  }
  return text.join('').normalize('NFC');
}

/**
 * What the keys of an identity card's QR say. Its digits and bars are read by the keys themselves; its name as the system
 * made it, which no keyboard scanner is sure of.
 */
function cardText(keys) {
  return letters(keys.filter(key => !isModifier(key)).map(({ code, key }) => {
    if (key === '|' || /^(Backslash|IntlBackslash)$/.test(code)) return { key: '|' };
    return { key: /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1] ?? key };
  }));
}

function isModifier({ key, code }) {
  return /^(Shift|CapsLock|Control|Alt|AltGraph)/.test(key) || /^(Shift|CapsLock)/.test(code);
}

/**
 * Listens to the whole page; typing by hand passes through untouched.
 *
 * @param onCard called with what may be the text of an identity card; whether it was
 */
export function listen(target, { expected, onRead, onCard = () => false }) {
  let burst = [];
  let field = null;
  let timer = 0;

  function heard(event) {
    clearTimeout(timer);
    const at = event.timeStamp;
    // A person holds a key down, to wipe a field perhaps; a scanner does not.
    if (event.repeat) burst = [];
    if (burst.length > 0 && at - burst.at(-1).at > PAUSE) burst = [];
    if (END.has(event.code) || END.has(event.key)) {
      if (isScanner()) {
        event.preventDefault();
        event.stopPropagation();
        if (!card()) end(readBurst(burst, expected));
      }
      burst = [];
      return;
    }
    if (burst.length === 0) field = writtenTo();
    burst.push({ code: event.code, key: event.key, at });
    timer = setTimeout(silence, SILENCE);
  }

  function isScanner() {
    return burst.filter(key => !isModifier(key)).length >= SHORTEST && burst.at(-1).at - burst[0].at <= FAST * (burst.length - 1);
  }

  function silence() {
    if (!isScanner() || card()) return;
    const code = readBurst(burst, expected);
    if (code.item) end(code);
  }

  function card() {
    if (!onCard(cardText(burst))) return false;
    burst = [];
    field?.restore();
    return true;
  }

  function end(code) {
    burst = [];
    field?.restore();
    onRead(code);
  }

  target.addEventListener('keydown', heard, true);
  return () => {
    clearTimeout(timer);
    target.removeEventListener('keydown', heard, true);
  };
}

/** What the scanner typed is not what the worker wanted in the field that happened to have the focus. */
function writtenTo() {
  const input = document.activeElement;
  const { value } = input ?? {};
  return typeof value === 'string' && input.matches('input, textarea') ? { restore: () => { input.value = value; } } : null;
}
