// Saves what somebody types, a few seconds after each change, and says so. Without this script the page's
// buttons save. Nothing is kept in the browser's storage: on a shared computer the text would outlive its writer.
const form = document.querySelector("form[data-autosaved]");
const place = form.querySelector("[data-autosave]");
const words = place.querySelector("[data-autosave-words]");
const boxes = ["signed-out", "another", "conflict", "refused"];
const PAUSE = 2500; // milliseconds from the first change to its saving
const LONGEST_WAIT = 30000; // between two tries

let typed = "unsaved" in form.dataset ? 1 : 0; // counts changes
let saved = 0; // the count that the portal has
let saving = null; // the save that is on its way
let wait = 0; // after tries that failed
let timer = 0;
let asking = false; // whether the portal can be reached, after a button was pressed
let goingOn = false;
let refusal = null; // who has to sign in first: the box that says so, and the token that was refused

// What was typed before this script arrived counts too.
function isChanged(field) {
  if (field.type === "hidden") return false;
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  return field.defaultValue !== undefined && field.value !== field.defaultValue;
}

const isUnsaved = () => typed !== saved;

function say(text) {
  if (words.textContent !== text) words.textContent = text;
}

function show(box, isWarning = box !== null) {
  const isNew = isWarning && !place.classList.contains("app-saved--warning");
  place.classList.toggle("app-saved--warning", isWarning);
  for (const name of boxes) place.querySelector(`[data-autosave-${name}]`).hidden = name !== box;
  // The warning stands over the page's lower part; what is being typed stays in sight.
  if (isNew && form.contains(document.activeElement)) document.activeElement.scrollIntoView({ block: "center" });
}

function later(pause) {
  if (!timer) timer = setTimeout(save, pause);
}

// Signing in again in another tab gives the browser a new token.
const token = () => document.cookie.split("; ").find((each) => each.startsWith("csrftoken="));

function renewToken() {
  if (token()) form.elements.csrfmiddlewaretoken.value = token().slice("csrftoken=".length);
}

// Gives true when everything typed is saved; one save at a time.
function save() {
  clearTimeout(timer);
  timer = 0;
  if (saving) return saving.then(() => (isUnsaved() ? save() : true));
  saving = send().finally(() => (saving = null));
  return saving;
}

async function send() {
  // An answer to somebody who is signed out, arriving just after they signed in, would sign them out again. So
  // nothing is asked until the browser has a new token.
  if (refusal && refusal.token === token()) return stop(refusal.box, 5000);
  const count = typed;
  const sent = token();
  renewToken();
  let answer;
  try {
    answer = await fetch(form.getAttribute("action") || location.pathname, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "application/json" },
      redirect: "manual", // to the sign-in page
      keepalive: document.visibilityState === "hidden",
    });
  } catch {
    return tryAgain(place.dataset.offline);
  }
  if (answer.type === "opaqueredirect") return signInFirst("signed-out", sent);
  const told = await answer.json().catch(() => null);
  if (told === null) return tryAgain(place.dataset.failed);
  if (answer.ok) return kept(count, told);
  if (told.errors) return refused(place.dataset.invalid + told.errors.join(". "));
  if (told.conflict) return stop("conflict");
  if (told.another) return signInFirst("another", sent);
  place.querySelector("[data-autosave-refusal]").textContent = told.refused;
  return stop("refused");
}

function signInFirst(box, sent) {
  refusal = { box, token: sent };
  return stop(box, 5000);
}

function kept(count, told) {
  refusal = null;
  saved = count;
  wait = 0;
  form.elements.revision.value = told.revision;
  show(null);
  form.dispatchEvent(new CustomEvent("saved", { detail: told }));
  say(place.dataset.saved + told.saved_at + (told.changed ? `. ${place.dataset.changed}` : ""));
  if (isUnsaved()) later(PAUSE);
  return !isUnsaved();
}

function tryAgain(text) {
  wait = Math.min(wait ? wait * 2 : 2000, LONGEST_WAIT);
  show(null, true);
  say(text);
  later(wait);
  return false;
}

function refused(text) {
  show(null, true);
  say(text);
  return false;
}

// Says why nothing is saved; with `pause` it tries again after so many milliseconds.
function stop(box, pause = 0) {
  say("");
  show(box);
  if (pause) later(pause);
  return false;
}

form.addEventListener("input", () => {
  typed += 1;
  later(PAUSE);
});
window.addEventListener("online", () => isUnsaved() && save());
document.addEventListener("visibilitychange", () => isUnsaved() && !goingOn && save());
window.addEventListener("pageshow", (event) => event.persisted && renewToken());

// Without a connection a button must not lead to the browser's own error page, from which some lose their text.
form.addEventListener("submit", async (event) => {
  renewToken();
  if (goingOn) return;
  event.preventDefault();
  if (asking) return;
  asking = true;
  try {
    await fetch(form.dataset.alive, { method: "HEAD", cache: "no-store" });
    clearTimeout(timer);
    if (saving) await saving;
    goingOn = true;
    form.requestSubmit(event.submitter);
  } catch {
    typed += 1;
    tryAgain(place.dataset.offline);
  } finally {
    asking = false;
  }
});

// A link to another part of the same work takes what was just typed along.
for (const link of document.querySelectorAll("[data-save-first]")) {
  link.addEventListener("click", async (event) => {
    if (!isUnsaved() || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (await save()) location.assign(link.href);
  });
}

window.addEventListener("beforeunload", (event) => {
  if (isUnsaved() && !goingOn) event.preventDefault();
});
window.addEventListener("pageshow", () => (goingOn = false));

if ([...form.elements].some(isChanged)) {
  typed += 1;
  later(PAUSE);
}
