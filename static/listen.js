// Reads a part of the page aloud with the browser's own voice, and stops. Without a voice the buttons stay hidden.
// No text leaves the browser for us: only voices that are on the device are used.

const speech = window.speechSynthesis;
const buttons = [...document.querySelectorAll("[data-listen]")];
let speaking = null;

function voice() {
  const own = speech.getVoices().filter((each) => each.localService && each.lang.startsWith("en"));
  return own.find((each) => each.lang === "en-GB") || own[0];
}

function show() {
  for (const button of buttons) button.hidden = !voice();
}

function name(button, words, pressed) {
  button.querySelector("[data-listen-words]").textContent = words;
  button.setAttribute("aria-pressed", String(pressed));
}

function stop() {
  speech.cancel();
  if (speaking) name(speaking, speaking.dataset.listenStart, false);
  speaking = null;
}

// Each heading, paragraph, label and row by itself, in sentences: browsers cut long texts off. Contents are not read.
function texts(root) {
  const parts = root.querySelectorAll("legend, h2, h3, h4, p, li, label, td, th, .nhsuk-hint");
  const outer = [...parts].filter((each) => !each.parentElement.closest("legend, p, li, label") && !each.closest("nav, [data-listen-not], button"));
  return outer.flatMap((each) => each.textContent.replace(/\s+/g, " ").trim().match(/[^.!?]+[.!?]*\s*/g) || []);
}

function read(button) {
  stop();
  const found = [...document.querySelectorAll(button.dataset.listen)].flatMap(texts);
  if (!found.length) return;
  speaking = button;
  name(button, button.dataset.listenStop, true);
  found.forEach((text, place) => {
    const part = new SpeechSynthesisUtterance(text);
    part.voice = voice();
    part.lang = part.voice.lang;
    if (place === found.length - 1) part.addEventListener("end", () => speaking === button && stop());
    speech.speak(part);
  });
}

if (speech && buttons.length) {
  for (const button of buttons) {
    button.dataset.listenStart = button.querySelector("[data-listen-words]").textContent;
    button.addEventListener("click", () => (speaking === button ? stop() : read(button)));
  }
  speech.addEventListener?.("voiceschanged", show);
  window.addEventListener("pagehide", stop);
  show();
}
