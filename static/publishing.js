// Makes the files of a report one by one without loading the page anew, so that a screen reader hears only what changes.
// Without this script the button does it.
const PAUSE = 500; // milliseconds between two files
const form = document.querySelector("[data-steps]");

async function goOn() {
  const body = new FormData(form);
  body.set("steps", "one");
  const answer = await fetch(location.href, { method: "POST", body, redirect: "manual" }).catch(() => null);
  if (!answer) return setTimeout(goOn, PAUSE * 10); // no connection: the next time, perhaps
  if (!answer.ok) return location.assign(location.href); // published, or no longer allowed
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = fresh.querySelector("[data-publishing]");
  if (!part) return location.assign(location.href); // it failed, and the page says why
  document.title = fresh.title;
  document.querySelector("[data-made]").textContent = part.querySelector("[data-made]").textContent;
  document.querySelector("[data-files]").replaceChildren(...part.querySelector("[data-files]").childNodes);
  setTimeout(goOn, PAUSE);
}

setTimeout(goOn, PAUSE);
