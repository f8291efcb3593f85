
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
// As the hub keeps it: in its normal form when it is an S10 identifier; a one-stop's own label as it stands on it.
const kept = text => {
  const found = read(text);
  return found.outcome === 'valid' ? found.item : text;
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
  const text = input.value.trim();
  input.value = '';
  if (isSeal(text)) seal = (await opened(text, KEYS)) ?? {};
  else if (text) items.add(kept(text));
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
