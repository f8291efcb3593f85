// Ticks rows by a scanner or the keyboard. Without it the boxes are ticked by hand, and everything still works.
for (const form of document.querySelectorAll('form[data-tick]')) {
  const boxes = [...form.querySelectorAll('tbody input[type=checkbox]:not(:disabled)')];
  // What is still under way, or not decided, is ticked one by one, by who has it in hand.
  const here = boxes.filter(box => !('coming' in box.dataset));
  const all = form.querySelector('[data-all]');
  const count = form.querySelector('[data-count]');
  const field = form.querySelector('#scan');
  const said = form.querySelector('[data-said]');

  const draw = () => {
    const ticked = boxes.filter(box => box.checked).length;
    count.textContent = ticked ? `(${ticked})` : '';
    all.checked = ticked > 0 && here.every(box => box.checked);
    all.indeterminate = ticked > 0 && !all.checked;
  };
  const same = text => text.trim().toUpperCase();

  all.disabled = here.length === 0;
  all.addEventListener('change', () => {
    here.forEach(box => { box.checked = all.checked; });
    draw();
  });
  boxes.forEach(box => box.addEventListener('change', draw));
  // What somebody writes an amount for is meant to go.
  form.querySelectorAll('tbody details').forEach(part => part.addEventListener('input', event => {
    const box = event.target.closest('tr').querySelector('input[type=checkbox]');
    if (event.target.value && !box.checked) { box.checked = true; draw(); }
  }));
  form.querySelectorAll('[data-scan]').forEach(part => { part.hidden = false; });
  // Enter ends a code, and must not send the form with what is ticked so far.
  field.addEventListener('keydown', event => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const code = same(field.value);
    if (!code) return;
    const box = boxes.find(one => same(one.value) === code || same(one.dataset.item ?? '') === code);
    said.textContent = (box ? (box.checked ? said.dataset.already : said.dataset.ticked) : said.dataset.unknown).replace('{0}', field.value.trim());
    said.className = box ? '' : 'error';
    if (box) {
      box.checked = true;
      box.closest('tr').querySelectorAll('[data-scanned]').forEach(mark => { mark.disabled = false; });
      box.closest('tr').scrollIntoView({ block: 'nearest' });
      draw();
    }
    field.select();
  });
  field.focus();
  draw();
}
