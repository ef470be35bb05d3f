// Starts NHS.UK frontend. Its address stands in the page because its file name changes with its content.
const { initAll } = await import(document.getElementById("nhsuk-frontend").href);
initAll();
