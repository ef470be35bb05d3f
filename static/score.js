// The total out of all points, as the member chooses. Without this script it is shown after each save.
const form = document.querySelector("form[data-total]");
const words = form.querySelector("[data-total-words]");
const highest = Number(form.dataset.highest); // 0 in an edition without points

function outcomes(number) {
  return number === 1 ? "1 outcome" : `${number} outcomes`;
}

function total() {
  const chosen = [...form.querySelectorAll("input[type=radio]:checked")].map((radio) => radio.value);
  const scores = chosen.filter((value) => value !== "abstain").map(Number);
  const abstained = chosen.length - scores.length;
  const missing = Number(form.dataset.outcomes) - chosen.length;
  return sentence(scores, missing, abstained);
}

// The same words as eds/totals/__init__.py says.
function sentence(scores, missing, abstained) {
  const points = scores.reduce((sum, score) => sum + score, 0);
  const outOf = highest * scores.length;
  const done = highest ? "scored" : "graded";
  const parts = [];
  if (scores.length === 0) parts.push(`No outcomes ${done}${missing ? " yet" : ""}`);
  else if (!highest) parts.push(`${outcomes(scores.length)} graded`);
  else if (missing + abstained === 0) parts.push(`${points}/${outOf}`);
  else parts.push(`${points} of ${outOf}${missing ? " so far" : ""}`);
  if (missing && scores.length) parts.push(`${outcomes(missing)} not ${done}`);
  if (abstained) parts.push(`${outcomes(abstained)} abstained`);
  return parts.join(", ");
}

form.addEventListener("change", () => {
  const now = total();
  if (words.textContent !== now) words.textContent = now;
});
