// Keeps the parts marked data-live as they are on the server. Without this script a link loads the page again.
const PAUSE = 3000; // milliseconds between two questions

async function update() {
  const fresh = await ask().catch(() => null); // no connection: the next time, perhaps
  if (fresh) show(fresh);
  setTimeout(update, PAUSE);
}

async function ask() {
  const answer = await fetch(location.href);
  if (!answer.ok || answer.redirected) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function show(fresh) {
  const parts = document.querySelectorAll("[data-live]");
  fresh.querySelectorAll("[data-live]").forEach((part, place) => {
    const shown = parts[place];
    if (!shown || shown.contains(document.activeElement) || shown.textContent === part.textContent) return;
    shown.replaceChildren(...part.childNodes);
  });
}

setTimeout(update, PAUSE);
