// On a phone: asks every few seconds what the room scores, and follows. Without this script a link does the same.
const place = document.querySelector("[data-workshop]");
const words = place.querySelector("[data-workshop-words]");
const link = place.querySelector("[data-workshop-link]");
const follows = "workshopFollow" in place.dataset;
// A waiting page that loaded itself again may have been overtaken: then its own state says where to go.
const overtaken = follows && performance.getEntriesByType("navigation")[0]?.type === "reload";
let at = place.dataset.workshopAt;
let asking = false; // one question at a time, so that no older answer comes after a newer one

async function ask() {
  if (asking) return;
  asking = true;
  let now = null;
  try {
    const answer = await fetch(place.dataset.workshop, { headers: { Accept: "application/json" } });
    if (answer.ok && !answer.redirected) now = await answer.json();
  } catch {
    // no connection: the next time, perhaps
  }
  asking = false;
  if (now) told(now);
}

function told(now) {
  if (now.state === at && !(overtaken && now.address)) return;
  const first = at === undefined;
  at = now.state;
  if (follows) follow(now);
  else say(now, first);
}

// Nothing is typed on the waiting page, so it goes where the room goes.
function follow(now) {
  if (now.address) location.assign(now.address);
  else location.reload();
}

// Where somebody may be typing, the page stays and says what changed.
function say(now, first) {
  const here = now.address !== "" && location.pathname.startsWith(now.address);
  link.hidden = here;
  if (here) {
    words.textContent = "We are scoring this case study now.";
  } else if (now.address) {
    words.textContent = `We are now scoring ${now.words}.`;
    link.textContent = `Go to ${now.words}`;
    link.href = now.address;
  } else if (!first) {
    words.textContent = "The workshop has changed.";
  }
}

// Spread a little, so that a hundred phones do not ask at once.
ask();
setInterval(ask, 4000 + Math.random() * 2000);
