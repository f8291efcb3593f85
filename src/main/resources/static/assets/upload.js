// Shows that a file is on its way, and keeps it from being sent twice by a second tap.
for (const form of document.querySelectorAll('form[data-upload]')) {
  form.addEventListener('submit', event => {
    const busy = form.querySelector('[data-busy]');
    if (!busy.hidden) return event.preventDefault();
    busy.hidden = false;
  });
  // Back from the report, the form is as it was.
  addEventListener('pageshow', () => { form.querySelector('[data-busy]').hidden = true; });
}
