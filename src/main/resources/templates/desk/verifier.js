
// The form of the page that is kept in a file: the seal first, then each envelope; a scanner ends each with Enter.
const form = document.querySelector('form');
const input = document.querySelector('#read');
const list = document.querySelector('#items');
const answer = document.querySelector('#answer');
const items = new Set();
let seal = null;

const say = (name, values = {}) => {
  const text = document.querySelector(`template[data-say=${name}]`).content.textContent.trim();
  return text.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? '');
};
const clock = at => new Date(at).toLocaleString(document.documentElement.lang, { timeZone: 'Asia/Ho_Chi_Minh' });

async function compared() {
  if (!seal) return 'none';
  if (!seal.number) return 'foreign';
  if (items.size < seal.count) return 'short';
  return (await matches(seal, items)) ? 'whole' : 'other';
}

async function draw() {
  const found = await compared();
  answer.dataset.found = found;
  answer.textContent = say(found, { number: seal?.number, count: seal?.count, scanned: items.size });
  for (const side of ['signed', 'received']) {
    const by = found === 'whole' ? seal[side] : null;
    const line = document.querySelector(`[data-side=${side}]`);
    line.hidden = !by;
    if (by) line.textContent = say(side, { by: by.by, at: clock(by.at) });
  }
  document.querySelector('#scanned').textContent = say('scanned', { scanned: items.size });
  list.replaceChildren(...[...items].map(item => {
    const row = document.createElement('li');
    const name = document.createElement('code');
    name.textContent = item;
    const off = document.createElement('button');
    off.type = 'button';
    off.textContent = say('off');
    off.setAttribute('aria-label', say('off') + ' ' + item);
    off.addEventListener('click', () => { items.delete(item); draw(); input.focus(); });
    row.append(name, ' ', off);
    return row;
  }));
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  const read = input.value.trim();
  input.value = '';
  if (isSeal(read)) seal = (await opened(read, KEYS)) ?? {};
  else if (read) items.add(read.toUpperCase().replace(/[^A-Z0-9]/g, ''));
  await draw();
  input.focus();
});
document.querySelector('#again').addEventListener('click', () => {
  seal = null;
  items.clear();
  draw();
  input.focus();
});
draw();
