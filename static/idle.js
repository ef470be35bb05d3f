// Warns two minutes before somebody is signed out, and lets them stay. The portal keeps the time: another tab may have
// been used meanwhile. Nothing on the page changes when it happens, so what was typed stays.
const dialog = document.getElementById("idle");
const soon = dialog.querySelector("[data-idle-soon]");
const over = dialog.querySelector("[data-idle-over]");
const WARN = 120; // seconds before

function show(part) {
  soon.hidden = part !== soon;
  over.hidden = part !== over;
  dialog.setAttribute("aria-labelledby", part.querySelector("h2").id);
  if (!dialog.open) dialog.showModal();
  part.querySelector("h2").focus();
}

async function secondsLeft(options = {}) {
  try {
    const answer = await fetch(dialog.dataset.address, { cache: "no-store", ...options });
    return (await answer.json()).seconds;
  } catch {
    return WARN; // no connection: look again soon
  }
}

function later(seconds) {
  setTimeout(look, Math.max(1, seconds) * 1000);
}

async function look() {
  const left = await secondsLeft();
  if (left <= 0) return show(over);
  if (left <= WARN) show(soon);
  else if (dialog.open) dialog.close();
  return later(left > WARN ? left - WARN : Math.min(left, 20));
}

async function stay() {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const left = await secondsLeft({ method: "POST", headers: { "X-CSRFToken": token } });
  if (left > WARN) dialog.close();
  else show(left > 0 ? soon : over);
}

dialog.querySelector("[data-idle-stay]").addEventListener("click", stay);
dialog.querySelector("[data-idle-close]").addEventListener("click", () => dialog.close());
later(dialog.dataset.minutes * 60 - WARN);
