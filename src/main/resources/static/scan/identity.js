// The QR of a citizen identity card: number|old number|NAME|birth|sex|address|issued. Looked at, compared, forgotten: only
// a keyed hash of the number leaves this function.

const ROUNDS = 200_000;

export function isCard(text) {
  return /^\d{12}\|/.test(text);
}

/**
 * @param stop whose receiver the portal may have told us to know by a salted hash of the number; else by the name
 * @returns {matches, hash, by: 'number' or 'name'}
 */
export async function compare(text, stop) {
  const [number, , name] = text.split('|');
  const known = stop.party.identity;
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(number), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: new TextEncoder().encode(known?.salt ?? stop.leg), iterations: ROUNDS }, key, 256);
  const hash = [...new Uint8Array(bits)].map(b => b.toString(16).padStart(2, '0')).join('');
  return known ? { matches: hash === known.hash, hash, by: 'number' } : { matches: plain(name ?? '') === plain(stop.party.name), hash, by: 'name' };
}

/** Marks are kept, for they tell names apart; only their spelling, the case and the spaces may differ. */
function plain(name) {
  return name.normalize('NFC').toLocaleUpperCase('vi').replace(/[^\p{L}\p{M}]+/gu, ' ').trim();
}
