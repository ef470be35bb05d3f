// Asks the browser for a passkey and sends its answer with the form. Without this script, or in a browser that knows no
// passkeys, the page says so and offers its other way. webauthnJSON comes with django-allauth.
const options = document.getElementById("passkey-options");

async function asked(form) {
  if (form.dataset.passkey === "create") {
    const wanted = JSON.parse(options.textContent).creation_options;
    const choice = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
    Object.assign(wanted.publicKey.authenticatorSelection, choice);
    return window.webauthnJSON.create(wanted);
  }
  if (options) return window.webauthnJSON.get(JSON.parse(options.textContent).request_options);
  const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
  const answer = await fetch(form.action, { headers });
  return window.webauthnJSON.get((await answer.json()).request_options);
}

async function send(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify(await asked(form));
    form.submit();
  } catch {
    failed.hidden = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential || !window.webauthnJSON) continue;
  form.querySelector("[data-passkey-none]").hidden = true;
  form.querySelector("[data-passkey-part]").hidden = false;
  form.addEventListener("submit", send);
}
