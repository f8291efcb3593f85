// How a session ends otherwise than by signing out, and what the phone then no longer shows. What waits to be sent stays.
import { write } from './store.js';

/**
 * Does what an answer of the server asks of the phone: 'revoked', it was reported lost; 'sign-in', the session is over.
 *
 * @param token of the session the answer was given to; another one may have begun since
 */
export async function heard(answer, token) {
  if (answer === 'revoked') await drop(token, (meta, { user, device, token }) => Promise.all([meta.delete('session'), meta.put({ user, device, token }, 'locked')]));
  if (answer !== 'sign-in') return;
  await drop(token, (meta, session) => meta.put({ ...session, over: true }, 'session'));
  await forgetToken(token, { over: true });
}

/**
 * A lost phone's token is good for nothing more: all it had to tell is told, or its session is over.
 *
 * @param token another one may have been locked since
 * @param left what the phone still has to know of that
 */
export async function forgetToken(token, left = {}) {
  await write(['meta'], async tx => {
    const meta = tx.objectStore('meta');
    const locked = await meta.get('locked');
    if (locked?.token === token) await meta.put({ user: locked.user, ...left }, 'locked');
  });
}

async function drop(token, work) {
  await write(['meta', 'stops'], async tx => {
    const meta = tx.objectStore('meta');
    const session = await meta.get('session');
    if (session?.token !== token) return;
    await Promise.all([tx.objectStore('stops').clear(), meta.delete('list'), work(meta, session)]);
  });
}

/** A shift is of the office at which it began: whoever is at another by now closes it before anything else. */
export function isElsewhere(shift, session) {
  return Boolean(shift.office) && shift.office !== session.office;
}

/** A session ends by the server's clock, also where the phone's goes wrong or nobody can be asked. */
export function isOver(session) {
  return Boolean(session.over) || Date.now() - session.ahead > Date.parse(session.expiresAt);
}
