// How a session ends otherwise than by signing out, and what the phone then no longer shows. What waits to be sent stays.
// Ending only ever deletes: a phone that is full can do nothing else.
import { isPast } from './beacon.js';
import { database, fits, meta, write } from './store.js';

/** Beside the session, written with it: what of it is left when it has ended, each for itself. */
export const beside = ({ user, device, token, expiresAt }) => ({ holder: { user, device }, token, until: expiresAt, untold: true });

/**
 * Who works with this phone.
 *
 * @returns {session, over, locked}: whether the session has ended; of a phone that was reported lost, and has none, who
 *     worked with it then: {user, device, token: as long as there is something to tell, over: the session ended before all was}
 */
export async function whose() {
  await setApart();
  const { store } = (await database()).transaction('meta');
  const [session, holder, token, until, untold, beacon] = await Promise.all(['session', 'holder', 'token', 'until', 'untold', 'beacon'].map(name => store.get(name)));
  // Where there was no room to set them apart.
  const ends = holder ? until : session?.over ? undefined : session?.expiresAt;
  return {
    session,
    // By the hub's clock, also where the phone's goes wrong or nobody can be asked.
    over: Boolean(session) && (!ends || !beacon || isPast(ends, beacon)),
    locked: !session && holder ? { ...holder, token, over: Boolean(untold) && !token } : null,
  };
}

/** Signed in, or locked, with an app that kept it all in one row. */
async function setApart() {
  const [session, holder, locked] = await Promise.all(['session', 'holder', 'locked'].map(meta));
  if (holder || !(session ?? locked)) return;
  const { user, device, token } = session ?? locked;
  const rows = session && !session.over ? beside(session) : { holder: { user, device }, token, untold: true };
  await fits(write(['meta'], tx => {
    const store = tx.objectStore('meta');
    return Promise.all([...Object.entries(rows).filter(([, value]) => value).map(([name, value]) => store.put(value, name)), store.delete('locked')]);
  }));
}

/**
 * Does what an answer of the server asks of the phone: 'revoked', it was reported lost; 'sign-in', the session is over.
 *
 * @param token of the session the answer was given to; another one may have begun since
 */
export async function heard(answer, token) {
  if (answer === 'revoked') await drop(token, 'session');
  if (answer !== 'sign-in') return;
  await drop(token, 'until');
  await forgetToken(token);
}

/**
 * A lost phone's token is good for nothing more: all it had to tell is told, or its session is over.
 *
 * @param token another one may have been locked since
 * @param also rows that go with it
 */
export async function forgetToken(token, ...also) {
  await write(['meta'], async tx => {
    const meta = tx.objectStore('meta');
    const [session, locked] = await Promise.all([meta.get('session'), meta.get('token')]);
    if (!session && locked === token) await Promise.all(['token', ...also].map(row => meta.delete(row)));
  });
}

async function drop(token, row) {
  await write(['meta', 'stops'], async tx => {
    const meta = tx.objectStore('meta');
    const session = await meta.get('session');
    if (session?.token !== token) return;
    await Promise.all([tx.objectStore('stops').clear(), meta.delete('list'), meta.delete(row)]);
  });
}

/** A shift is of the office at which it began: whoever is at another by now closes it before anything else. */
export function isElsewhere(shift, session) {
  return Boolean(shift.office) && shift.office !== session.office;
}
