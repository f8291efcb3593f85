// The QR of a citizen identity card: number|old number|NAME|birth|sex|address|issued. Looked at, compared, forgotten: only
// a keyed hash of the number leaves this function.

const ROUNDS = 200_000;

export function isCard(text) {
  return /^\d{12}\|/.test(text);
}

/**
 * @param leg keys the hash, so that the same person has another one on every item
 * @returns {matches: whether the name is the receiver's, hash}
 */
export async function compare(text, receiver, leg) {
  const [number, , name] = text.split('|');
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(number), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: new TextEncoder().encode(leg), iterations: ROUNDS }, key, 256);
  const hash = [...new Uint8Array(bits)].map(b => b.toString(16).padStart(2, '0')).join('');
  return { matches: plain(name ?? '') === plain(receiver), hash };
}

/** Marks are kept, for they tell names apart; only their spelling, the case and the spaces may differ. */
function plain(name) {
  return name.normalize('NFC').toLocaleUpperCase('vi').replace(/[^\p{L}\p{M}]+/gu, ' ').trim();
}
