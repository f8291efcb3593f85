import { h } from '../ui.js';
import { said, t } from '../words.js';
import { leaveButton, standing, told, voidButton } from './entries.js';
import { ask, item, lookUp, paged, reach, section } from './parts.js';
import { proof } from './proof.js';

const SIZE = 20;

/** Handlings that contradict, or say that less or more was done than was asked. */
export function conflicts() {
  const path = (before, size = SIZE) => `/conflicts?size=${size}` + (before ? '&before=' + before : '');
  const follow = page => page.next && (async () => {
    const next = await ask(path(page.next));
    return { rows: next.conflicts, more: follow(next) };
  });
  return section(t('conflicts.title'), () => ask(path(null, reach(SIZE))), page => [
    h('p', { class: 'quiet' }, t('conflicts.lead')),
    paged(page.conflicts, { row: conflict, empty: t('conflicts.empty'), more: follow(page) }),
  ]);
}

function conflict({ entry, dossier, kind, step }) {
  return h('li', { class: 'card', 'data-entry': entry.id },
    h('h2', {}, said(entry.code)),
    h('p', {}, item(entry.item), dossier && [' · ', dossier], kind && h('span', { class: 'quiet' }, ` · ${said(kind)}, ${t('conflicts.now')} ${said(step)}`)),
    standing(entry),
    told(entry),
    proof(entry.id, entry.evidence, entry.office),
    h('div', { class: 'actions' }, voidButton(entry), leaveButton(entry),
      (entry.item ?? dossier) && h('span', { class: 'tick' }, lookUp(entry.item ?? dossier, t('conflicts.story')))));
}
