// Goes on with the files of a report without loading the page anew, so that a screen reader hears only what changes.
// Without this script the page asks for itself again.
const PAUSE = 500; // milliseconds between two files

async function goOn() {
  const answer = await fetch(location.href, { redirect: "manual" }).catch(() => null);
  if (!answer) return setTimeout(goOn, PAUSE * 10); // no connection: the next time, perhaps
  if (!answer.ok) return location.reload(); // published, or no longer allowed
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = fresh.querySelector("[data-publishing]");
  if (!part) return location.reload(); // it failed, and the page says why
  document.title = fresh.title;
  document.querySelector("[data-made]").textContent = part.querySelector("[data-made]").textContent;
  document.querySelector("[data-files]").replaceChildren(...part.querySelector("[data-files]").childNodes);
  setTimeout(goOn, PAUSE);
}

setTimeout(goOn, PAUSE);
