// Vietnamese first, English by a switch. A missing key fails the build (ScanWordsTest), and shows as itself.
import en from './words/en.js';
import vi from './words/vi.js';

const ALL = { vi, en };
let language = 'vi';

export function speak(wanted) {
  language = ALL[wanted] ? wanted : 'vi';
  document.documentElement.lang = language;
}

export function spoken() {
  return language;
}

/** @param values fill {name} */
export function t(key, values = {}) {
  const text = ALL[language][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** A text the server gave in both languages. */
export function said(text) {
  return text?.[language] ?? text?.vi ?? '';
}

export function dong(amount) {
  return new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB').format(amount) + '\u00a0đ';
}

export function hour(at) {
  return new Intl.DateTimeFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}

export function day(at) {
  return new Intl.DateTimeFormat('vi-VN', { day: '2-digit', month: '2-digit', year: 'numeric' }).format(new Date(at));
}

/** @param date as 2026-11-28; @returns it with its weekday, or nothing */
export function weekday(date) {
  const day = new Date(`${date}T12:00`);
  if (Number.isNaN(day.getTime())) return '';
  const shown = { weekday: 'long', day: '2-digit', month: '2-digit', year: 'numeric' };
  return new Intl.DateTimeFormat(language === 'vi' ? 'vi-VN' : 'en-GB', shown).format(day);
}

/** With the day, unless it is today. */
export function moment(at) {
  return day(at) === day(Date.now()) ? hour(at) : `${hour(at)} ${day(at)}`;
}

const UNITS = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000]];

/** How long before or after the server's `now`. */
export function ago(at, now) {
  const off = new Date(at) - new Date(now);
  const [unit, size] = UNITS.find(([, ms]) => Math.abs(off) >= ms) ?? ['minute', 60_000];
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.trunc(off / size) || 0, unit);
}
