// Keeps an open page of the panel's meeting up to date: asks for the parts that others change, and puts in those
// that differ. What somebody types stands outside those parts and is never touched. Without this script the page
// has a button "Refresh".
const PAUSE = 4000; // milliseconds between two questions
const form = document.querySelector("form[data-meeting]");
const status = form.querySelector("[data-meeting-status]");
const shown = new Map();
for (const part of form.querySelectorAll("[data-live]")) shown.set(part.id, part.innerHTML.trim());

function say(words) {
  if (status.textContent !== words) status.textContent = words;
}

function put(page) {
  const changed = [];
  for (const part of form.querySelectorAll("[data-live]")) {
    const newer = page.getElementById(part.id);
    if (!newer || newer.innerHTML.trim() === shown.get(part.id)) continue;
    shown.set(part.id, newer.innerHTML.trim());
    part.replaceChildren(...newer.childNodes);
    changed.push(part.id.replace("meeting-", ""));
  }
  return changed.filter((code) => code !== "whole");
}

async function ask() {
  const answer = await fetch(form.dataset.meeting);
  if (!answer.ok || answer.redirected) throw new Error("refused");
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

async function refresh() {
  try {
    const changed = document.hidden ? [] : put(await ask());
    const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    if (changed.length) say(`Changed at ${time}: ${changed.join(", ")}.`);
    else if (!status.textContent || status.dataset.stopped) say("This page updates automatically.");
    delete status.dataset.stopped;
  } catch {
    status.dataset.stopped = "yes";
    say("We can’t update this page now. What you type is safe here. Check your connection, and that you are signed in.");
  }
  setTimeout(refresh, PAUSE);
}

refresh();
