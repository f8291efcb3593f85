// The seal of a manifest: its number, count, digest and who signed at the desk, signed by the hub. Held against what was scanned, without signal.

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const TYPE = 'bocau-manifest';

/** Whether a text that was read may be one. */
export function isSeal(text) {
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(text);
}

/**
 * @param keys public, of whom makes our seals now and made them before, as JWK
 * @returns {number, count, digest, signed?: {by, at}, received?: {by, at}}; null when it is none of ours. Where not all of it
 *     was signed for, count and digest are of what was
 */
export async function opened(text, keys) {
  const [header, payload, signature] = text.split('.');
  try {
    const { typ, kid } = said(header);
    if (typ !== TYPE) return null;
    // A seal from before seals named their keys may be of any.
    const may = keys.filter(one => !kid || one.kid === kid);
    const ours = await Promise.all(may.map(key => signedBy(key, header + '.' + payload, bytes(signature))));
    if (!ours.includes(true)) return null;
    const seal = said(payload);
    return seal.received?.digest ? { ...seal, count: seal.received.count, digest: seal.received.digest } : seal;
  } catch {
    // No base64, no JSON: read wrong, or another's.
    return null;
  }
}

async function signedBy(key, text, signature) {
  const signer = await crypto.subtle.importKey('jwk', { kty: key.kty, n: key.n, e: key.e }, RSA, false, ['verify']);
  return crypto.subtle.verify(RSA.name, signer, signature, new TextEncoder().encode(text));
}

/** Whether these items, and no others, are on the manifest. */
export async function matches({ number, count, digest }, items) {
  const text = [number, count, ...[...items].sort()].join('\n') + '\n';
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return [...hash].map(b => b.toString(16).padStart(2, '0')).join('') === digest;
}

function bytes(base64url) {
  return Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
}

function said(part) {
  return JSON.parse(new TextDecoder().decode(bytes(part)));
}
