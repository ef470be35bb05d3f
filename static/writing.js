// Writing a section: what Word gives is pasted as Markdown, buttons write Markdown, and after each save the preview is
// shown anew. Without this script the "Preview" and "Tidy pasted text" buttons do the same.
const form = document.querySelector("form[data-paste]");
const text = form.querySelector("textarea[name=body]");
const preview = document.querySelector("[data-preview]");
const personal = form.querySelector("[data-personal]");
const told = form.querySelector("[data-pasted-words]");
const RICH = /<(h[1-6]|li|table|b|strong|i|em|a)\b|mso-list|role="heading"|font-weight/i;
const LONGEST = 2_000_000; // characters, as in reports/reading/pasted.py

form.addEventListener("saved", (event) => {
  const old = preview.textContent;
  preview.innerHTML = event.detail.preview;
  if (preview.textContent !== old) preview.removeAttribute("id");
  personal.innerHTML = event.detail.personal;
});

if ("previewed" in preview.dataset) preview.focus();

text.addEventListener("paste", (event) => {
  const plain = event.clipboardData.getData("text/plain");
  const html = event.clipboardData.getData("text/html").replace(/src="data:[^"]*"/g, "");
  if (!RICH.test(html) || html.length > LONGEST) return;
  event.preventDefault();
  const place = [text.selectionStart, text.selectionEnd];
  const length = text.value.length;
  toMarkdown(html).then((markdown) => {
    if (text.value.length === length) text.setSelectionRange(...place);
    insert(markdown || plain);
    say(markdown ? form.dataset.pasted : form.dataset.plain);
  });
});

async function toMarkdown(html) {
  const body = new FormData();
  body.set("html", html);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("typed_by", form.elements.typed_by.value);
  try {
    const answer = await fetch(form.dataset.paste, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      redirect: "manual",
    });
    return answer.ok ? (await answer.json()).markdown : "";
  } catch {
    return "";
  }
}

// As if typed, so that the browser's own "undo" takes it back.
function insert(words) {
  text.focus();
  if (document.execCommand("insertText", false, words)) return;
  text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

function say(words) {
  told.textContent = words;
}

// Buttons that write Markdown where the cursor is, or around what is selected. They are one stop of the tab key; arrows
// lead from one to the next.
const HEADING = /^#{1,6} /;
const BULLET = /^[-*] /;
const NUMBER = /^\d+[.)] /;

const tools = form.querySelector("[data-format]");
const buttons = [...tools.querySelectorAll("button")];
const makers = {
  heading: () => changeLines(HEADING, () => "## "),
  bullets: () => changeLines(BULLET, () => "- "),
  numbers: () => changeLines(NUMBER, (place) => `${place + 1}. `),
  bold: makeBold,
  link: makeLink,
  table: makeTable,
};
for (const button of buttons) {
  button.addEventListener("click", () => makers[button.dataset.makes](button.dataset.sample));
}
makeOneStop();
text.before(tools);
tools.hidden = false;

function makeOneStop() {
  const choose = (chosen) => {
    for (const button of buttons) button.tabIndex = button === chosen ? 0 : -1;
  };
  choose(buttons[0]);
  tools.addEventListener("keydown", (event) => {
    const place = buttons.indexOf(document.activeElement);
    const goal = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: -1 }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    const chosen = buttons.at(goal % buttons.length);
    choose(chosen);
    chosen.focus();
  });
}

// Select from `start` to `end` and write `words` there; then select `length` characters, `offset` into them.
function write({ start, end, words, offset = words.length, length = 0 }) {
  text.focus();
  text.setSelectionRange(start, end);
  insert(words);
  text.setSelectionRange(start + offset, start + offset + length);
}

// Every selected line gets a mark at its start in place of another, or loses it where all have it.
function changeLines(known, mark) {
  const start = text.value.slice(0, text.selectionStart).lastIndexOf("\n") + 1;
  const last = text.selectionEnd > text.selectionStart && text.value[text.selectionEnd - 1] === "\n";
  const from = text.selectionEnd - (last ? 1 : 0);
  const found = text.value.indexOf("\n", from);
  const end = found < 0 ? text.value.length : found;
  const lines = text.value.slice(start, end).split("\n");
  const full = lines.filter((line) => line.trim());
  const isMade = full.length > 0 && full.every((line) => known.test(line));
  let place = 0;
  const changed = lines.map((line) => {
    if (!line.trim() && lines.length > 1) return line;
    const bare = line.replace(HEADING, "").replace(BULLET, "").replace(NUMBER, "");
    return isMade ? bare : mark(place++) + bare;
  });
  const isList = known !== HEADING;
  const before = isMade ? "" : gapAfter(text.value.slice(0, start), isList);
  const after = isMade ? "" : gapBefore(text.value.slice(end), isList);
  const words = changed.join("\n");
  write({ start, end, words: before + words + after, offset: before.length + words.length });
}

// What is needed between a new block and the text before or after it: an empty line, unless one is there, or nothing
// is, or the list goes on.
function gapAfter(before, isList = false) {
  if (!before.trim() || before.endsWith("\n\n")) return "";
  const line = before.split("\n").at(-2) ?? "";
  if (isList && (BULLET.test(line) || NUMBER.test(line))) return "";
  return before.endsWith("\n") ? "\n" : "\n\n";
}

function gapBefore(after, isList = false) {
  if (!after.trim() || after.startsWith("\n\n")) return "";
  const line = after.split("\n")[1] ?? "";
  return isList && (BULLET.test(line) || NUMBER.test(line)) ? "" : "\n";
}

function makeBold() {
  const { selectionStart: start, selectionEnd: end } = text;
  const chosen = text.value.slice(start, end);
  const isBold = chosen.length > 4 && chosen.startsWith("**") && chosen.endsWith("**");
  const words = isBold ? chosen.slice(2, -2) : `**${chosen}**`;
  const offset = chosen ? 0 : 2;
  write({ start, end, words, offset, length: chosen ? words.length : 0 });
}

function makeLink(sample) {
  const { selectionStart: start, selectionEnd: end } = text;
  const chosen = text.value.slice(start, end);
  if (/^https?:\/\/\S+$/.test(chosen)) {
    write({ start, end, words: `[${sample}](${chosen})`, offset: 1, length: sample.length });
    return;
  }
  const name = chosen || sample;
  const words = `[${name}](https://)`;
  const inName = { offset: 1, length: name.length };
  write({ start, end, words, ...(chosen ? { offset: words.length - 1, length: 0 } : inName) });
}

function makeTable(sample) {
  const end = text.selectionEnd;
  const cells = sample.split("|");
  const row = (values) => `| ${values.join(" | ")} |`;
  const empty = cells.map(() => "…");
  const before = gapAfter(text.value.slice(0, end));
  const table = [row(cells), row(cells.map(() => "---")), row(empty), row(empty)].join("\n");
  const words = `${before}${table}\n${gapBefore(text.value.slice(end))}`;
  write({ start: end, end, words, offset: before.length + 2, length: cells[0].length });
}
