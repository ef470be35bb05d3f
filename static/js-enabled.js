// First thing in the body, before anything is drawn: NHS.UK frontend hides what its scripts will open.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("nhsuk-frontend-supported");
