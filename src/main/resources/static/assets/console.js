// Numbers on the operators' pages renew themselves: whatever says where it comes from is fetched again when the hub says
// that something has changed, and at least every half minute. Without script the page is what it was when it was opened.
const live = () => document.querySelector("[data-live]");
if (live()) {
  let asked = 0;
  // What takes long to count is asked for less often: no page keeps the hub busy all the time.
  let pause = 1000;
  // What is heard in the meantime is not forgotten: it is asked for when the pause is over.
  let missed = false;
  // What somebody is in the middle of is not taken away: a reason half typed, a choice, a focus, what was opened.
  const isTyped = (field) => field.matches("select")
    ? [...field.options].some((option) => option.selected !== option.defaultSelected) && [...field.options].some((option) => option.defaultSelected)
    : field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
  const isUsed = () => live().contains(document.activeElement) || live().querySelector("details[open]") !== null
    || [...live().querySelectorAll("input, textarea, select")].some((field) => !field.closest("details:not([open])") && isTyped(field));
  const renew = () => {
    live().toggleAttribute("data-held", isUsed());
    if (document.hidden || isUsed()) return;
    missed = Date.now() - asked < pause;
    if (missed) return;
    asked = Date.now();
    pause = 60000;
    htmx.trigger(live(), "renew");
  };
  // Whoever is signed out is answered with the page to sign in on: what is shown stays, and it is said that it grows old.
  const isAnswer = (text) => new DOMParser().parseFromString(text, "text/html").querySelector("#live") !== null;
  const tellSignedOut = (out) => {
    const told = document.querySelector("[data-signed-out]");
    const words = document.getElementById("signed-out");
    if (out && !told) words.after(words.content.cloneNode(true));
    if (!out) told?.remove();
  };
  // Also what somebody has begun since the page was asked for.
  addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== live()) return;
    const answered = isAnswer(event.detail.xhr.responseText);
    if (event.detail.xhr.status === 200) tellSignedOut(!answered);
    if (!answered || isUsed()) event.detail.shouldSwap = false;
  });
  addEventListener("htmx:afterRequest", (event) => {
    // The element itself is off the page by now: another has taken its place.
    if (!event.detail.requestConfig.elt.matches("[data-live]")) return;
    pause = Math.max(1000, 5 * (Date.now() - asked));
    setTimeout(() => missed && renew(), asked + pause + 50 - Date.now());
  });
  addEventListener("focusout", () => setTimeout(renew));
  addEventListener("toggle", () => setTimeout(renew), true);
  const source = new EventSource("/console/events");
  source.addEventListener("changed", renew);
  // It gives up at once when it is sent to the page to sign in on.
  source.addEventListener("error", () => source.readyState === EventSource.CLOSED && renew());
  setInterval(renew, 30000);
  // Closing it by hand keeps a page in the browser's cache from holding a connection.
  addEventListener("pagehide", () => source.close());
}

// The slider says the time it stands at, in sight and to who hears it.
for (const slider of document.querySelectorAll("input[data-clock]")) {
  slider.addEventListener("input", () => {
    const two = (number) => String(number).padStart(2, "0");
    const time = `${two(Math.floor(slider.value / 60))}:${two(slider.value % 60)}`;
    document.getElementById(slider.dataset.clock).textContent = time;
    slider.setAttribute("aria-valuetext", time);
  });
}

// What is shown in clear is covered when its time is over, also when the computer has slept meanwhile.
const clear = document.querySelector("[data-clear-for]");
if (clear) {
  const end = Date.now() + Number(clear.dataset.clearFor);
  const cover = () => {
    if (Date.now() < end) return;
    clearInterval(looks);
    for (const said of document.querySelectorAll("[data-said]")) said.textContent = "";
    location.reload();
  };
  const looks = setInterval(cover, 1000);
  document.addEventListener("visibilitychange", cover);
  addEventListener("pageshow", cover);
}
