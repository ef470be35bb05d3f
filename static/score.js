// How many questions are answered, as the member chooses. Without this script it is shown after each save.
const form = document.querySelector("form[data-questions]");
const words = form.querySelector("[data-answered-words]");
const status = document.querySelector("[data-step-status]");
const questions = Number(form.dataset.questions);

// The same words as eds/scores/answers.py says.
form.addEventListener("change", () => {
  const here = form.querySelectorAll("input[type=radio]:checked").length;
  const now = `${Number(form.dataset.elsewhere) + here} of ${questions} question${questions === 1 ? "" : "s"} answered`;
  if (words.textContent !== now) words.textContent = now;
  if (status && here) {
    status.textContent = "Answered";
    status.closest("li").classList.add("app-steps__step--answered");
  }
});

// What the case study says is beside the question where there is room. A browser that can't open it by CSS gets help.
const wide = matchMedia("(min-width: 62em)");
const beside = document.querySelector("[data-wide-open]");
function open() {
  if (beside && wide.matches) beside.open = true;
}
wide.addEventListener("change", open);
open();
