// Shows how far a file is, and the report when it is done. Without it the page is loaded anew every other second.
for (const shown of document.querySelectorAll('[data-progress]')) {
  const bar = shown.querySelector('progress');
  const count = shown.querySelector('[data-done]');
  const ask = async () => {
    try {
      const answer = await fetch(shown.dataset.ask, { headers: { Accept: 'application/json' } });
      if (!answer.ok) return location.reload();
      const { done, all } = await answer.json();
      bar.value = done;
      // Read aloud by tenths, not by each few rows.
      if (done - Number(count.textContent) >= all / 10 || done === all) count.textContent = done;
      if (done === all) return location.reload();
    } catch {
      // Away for a moment; it is asked again.
    }
    setTimeout(ask, 500);
  };
  ask();
}
