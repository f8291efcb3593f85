// Names and times made on the phone. A handling's name is a UUIDv7 (RFC 9562): the server tells repeats by it.

export function uuid7(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = [...bytes].map(b => b.toString(16).padStart(2, '0')).join('');
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}

// By this phone's own clock, with its offset, right or wrong; the server corrects it.
export function clock(now = new Date()) {
  const offset = -now.getTimezoneOffset();
  const sign = offset < 0 ? '-' : '+';
  const two = n => String(Math.floor(n)).padStart(2, '0');
  const local = new Date(now.getTime() + offset * 60_000).toISOString().slice(0, -1);
  return local + sign + two(Math.abs(offset) / 60) + ':' + two(Math.abs(offset) % 60);
}

export async function sha256(buffer) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', buffer));
  return [...hash].map(b => b.toString(16).padStart(2, '0')).join('');
}
