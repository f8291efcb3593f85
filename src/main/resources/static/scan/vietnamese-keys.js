// The keys that must have been pressed when a Vietnamese keyboard program rewrote a code, as vn.bocau.code.VietnameseKeys
// tells them: Telex makes Ê of EE, VNI makes Á of A1.

const TELEX = { '\u0301': 'S', '\u0300': 'F', '\u0309': 'R', '\u0303': 'X', '\u0323': 'J', '\u0306': 'W', '\u031b': 'W' };
const VNI = { '\u0301': '1', '\u0300': '2', '\u0309': '3', '\u0303': '4', '\u0323': '5', '\u0302': '6', '\u031b': '7', '\u0306': '8' };
const CIRCUMFLEX = '\u0302';
const MOST_REWRITTEN = 3;

/** Everything that may have been typed for this text, by either method; nothing when no keyboard writes such. */
export function behind(text) {
  const composed = text.normalize('NFC');
  const rewritten = [...composed].filter(c => c.charCodeAt(0) > 127).length;
  return new Set(rewritten > MOST_REWRITTEN ? [] : [...typed(composed, true), ...typed(composed, false)]);
}

function typed(composed, telex) {
  let all = [''];
  for (const letter of composed) {
    const keys = letter.charCodeAt(0) < 128 ? [letter] : keysOf(letter, telex);
    all = keys.flatMap(k => all.map(start => start + k));
  }
  return all;
}

function keysOf(letter, telex) {
  const upper = letter.toUpperCase();
  if (upper === 'Đ') return [telex ? 'DD' : 'D9'];
  const parts = upper.normalize('NFD');
  const vowel = parts[0];
  const key = mark => (telex && mark === CIRCUMFLEX ? vowel : (telex ? TELEX : VNI)[mark]) ?? '?';
  const keys = [];
  if (parts.length === 2) keys.push(vowel + key(parts[1]));
  if (parts.length === 3) keys.push(vowel + key(parts[1]) + key(parts[2]), vowel + key(parts[2]) + key(parts[1]));
  // Telex also writes Ư for a lone W.
  if (telex && parts.startsWith('U\u031b')) keys.push(...keys.map(k => k.slice(1)));
  return keys.filter(k => /^[AEIOUY][A-Z0-9]+$/.test(k) || k.startsWith('W'));
}
