import { Unsent } from '../api.js';
import { field, h, show } from '../ui.js';
import { said, t } from '../words.js';
import { standing, told, voidButton } from './entries.js';
import { ask, item, problem, section } from './parts.js';
import { proof } from './proof.js';

/** Everything recorded of an item or a dossier, where what is wrong can be voided. */
export function find(code = '') {
  if (!code) return show(t('find.title'), form(''), h('p', { class: 'quiet' }, t('find.lead')));
  return section(t('find.title'), () => look(code), ({ stories, wrong }) => [form(code, wrong), stories.map(story)].flat());
}

/** What is not there is an answer too, beside the field. */
async function look(code) {
  try {
    return { stories: await ask('/items?q=' + encodeURIComponent(code)) };
  } catch (no) {
    if (!(no instanceof Unsent) || no.state !== 'refused') throw no;
    return { stories: [], wrong: problem(no) };
  }
}

function form(code, wrong) {
  const input = h('input', { type: 'text', id: 'q', autocapitalize: 'characters', spellcheck: 'false', autocomplete: 'off', maxlength: '100', value: code });
  const box = h('div', { class: 'grow' });
  const draw = wrong => box.replaceChildren(field(t('find.code'), input, { hint: t('find.hint'), wrong }));
  draw(wrong);
  return h('form', {
    class: 'find',
    novalidate: true,
    onsubmit: event => {
      event.preventDefault();
      if (!input.value.trim()) {
        draw(t('find.missing'));
        return input.focus();
      }
      location.hash = '#/find/' + encodeURIComponent(input.value.trim());
    },
  }, box, h('button', { type: 'submit' }, t('find.submit')));
}

function story(one) {
  return h('section', {},
    h('h2', {}, one.kind ? said(one.kind) : t('find.unknown')),
    h('p', {}, item(one.item), one.dossiers.length > 0 && ' · ' + one.dossiers.join(', '), one.step && h('strong', {}, ' · ', said(one.step))),
    one.entries.length === 0 ? h('p', {}, t('find.nothing')) : h('ul', { class: 'plain rows' }, one.entries.map(entry =>
      h('li', { class: 'card', 'data-entry': entry.id },
        h('h3', { class: entry.voided ? 'off' : null }, said(entry.code)),
        standing(entry), told(entry), proof(entry.id, entry.evidence, entry.office),
        h('div', { class: 'actions' }, voidButton(entry))))));
}
