// The QR of a citizen identity card: number|old number|NAME|birth|sex|address|issued. Looked at, compared, forgotten: only
// a keyed hash of the number leaves this function.

const ROUNDS = 200_000;
/** Of Vietnamese, as Unicode combines them: grave, acute, tilde, hook, dot below. */
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

export function isCard(text) {
  return /^\d{12}\|/.test(text);
}

/**
 * @param stop whose receiver the portal may have told us to know by a salted hash of the number; else by the name
 * @returns {matches, hash, by: 'number' or 'name'}; no hash where there is none to compare it with
 */
export async function compare(text, stop) {
  const [number, , name] = text.split('|');
  const known = stop.party.identity;
  if (!known) return { matches: plain(name ?? '') === plain(stop.party.name), hash: null, by: 'name' };
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(number), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: new TextEncoder().encode(known.salt), iterations: ROUNDS }, key, 256);
  const hash = [...new Uint8Array(bits)].map(b => b.toString(16).padStart(2, '0')).join('');
  return { matches: hash === known.hash, hash, by: 'number' };
}

/**
 * Marks are kept, for they tell names apart; only their spelling, the case and the spaces may differ. Where in a syllable its
 * tone is written is spelling too: HÒA is HOÀ.
 */
function plain(name) {
  const words = name.normalize('NFD').toLocaleUpperCase('vi').replace(/[^\p{L}\p{M}]+/gu, ' ').trim().split(' ');
  return words.map(word => word.replace(TONES, '') + (word.match(TONES) ?? []).join('')).join(' ');
}
