// Starts NHS.UK frontend. Its address stands in the page because its file name changes with its content.
const { initAll } = await import(document.querySelector("meta[name=nhsuk-frontend]").content);
initAll();

// A person who speaks to their computer says the words that they see on a button, so its name must have them in
// that order (WCAG 2.5.3). The file upload's hides a comma between them: a space reads the same.
for (const button of document.querySelectorAll(".nhsuk-file-upload__drop-button")) {
  document.getElementById(`${button.id}-comma`).replaceWith(" ");
  button.setAttribute("aria-labelledby", `${button.getAttribute("aria-labelledby").split(" ")[0]} ${button.id}`);
}

// A radio or checkbox may not say that it is "expanded" (ARIA 1.2), though NHS.UK frontend lets those that
// reveal a field say so. The field follows them in reading order, so nothing is missed.
function takeBack() {
  for (const input of document.querySelectorAll("input[aria-expanded]")) input.removeAttribute("aria-expanded");
}
takeBack();
document.addEventListener("click", takeBack);
window.addEventListener("pageshow", takeBack);
