// Writing a section: what Word gives is pasted as Markdown, and after each save the preview is shown anew. Without
// this script the "Preview" and "Tidy pasted text" buttons do the same.
const form = document.querySelector("form[data-paste]");
const text = form.querySelector("textarea[name=body]");
const preview = document.querySelector("[data-preview]");
const told = form.querySelector("[data-pasted-words]");
const RICH = /<(h[1-6]|li|table|b|strong|i|em|a)\b|mso-list|role="heading"|font-weight/i;
const LONGEST = 2_000_000; // characters, as in reports/reading/pasted.py

form.addEventListener("saved", (event) => {
  const old = preview.textContent;
  preview.innerHTML = event.detail.preview;
  if (preview.textContent !== old) preview.removeAttribute("id");
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
