// Keeps the parts marked data-live as they are on the server. Without this script a link loads the page again.
async function update() {
  let fresh;
  try {
    const answer = await fetch(location.href);
    if (!answer.ok || answer.redirected) return;
    fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return;
  }
  const parts = document.querySelectorAll("[data-live]");
  fresh.querySelectorAll("[data-live]").forEach((part, place) => {
    const shown = parts[place];
    if (!shown || shown.contains(document.activeElement) || shown.textContent === part.textContent) return;
    shown.replaceChildren(...part.childNodes);
  });
}

setInterval(update, 3000);
