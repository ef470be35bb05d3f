"""Pages in a real Chromium, for every test in this folder.

`page` is a page with JavaScript, as wide as a desk's screen; `new_page(javascript=False, width=320)` opens
others. Addresses are relative to the server that the test runs: `page.goto("/reports/")`. When the test ends,
it fails if a page logged an error, failed to load something, or asked any other site for anything. A test
that means to cause such a problem looks at it in `problems` and then clears that list.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
OWN_CHROMIUM = ROOT / ".chromium"  # made by tools/browser.py
AXE = ROOT / "node_modules/axe-core/axe.min.js"
# Where JavaScript is off, timers stand still; so axe-core's pauses of no length become none.
AXE_RUN = """async tags => {
    const timer = window.setTimeout;
    window.setTimeout = (act, pause) => pause ? timer(act, pause) : Promise.resolve().then(act);
    try {
        const result = await axe.run(document, {runOnly: tags});
        const violations = result.violations.flatMap(({id, help, nodes}) =>
            nodes.map(({html}) => ({rule: id, help, html})));
        return {passes: result.passes.length, violations};
    } finally { window.setTimeout = timer }
}"""
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Pages ask again, or save by themselves, every few seconds: nobody learns anything from waiting as long.
FAST_TIMERS = """for (const name of ["setTimeout", "setInterval"]) {
    const timer = window[name];
    window[name] = (act, pause, ...more) => timer(act, pause / 5, ...more);
}"""

# Playwright's event loop runs in this thread, which is not what Django's check for async code looks for.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
# The Node.js that Playwright brings needs libatomic1, which a bare Debian lacks; ./dev knows another.
if node := shutil.which("node"):
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", node)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser can't tell the databases apart: one whole review is marked `both`, the rest runs with SQLite."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
            if not any(mark.name == "both" for mark in item.iter_markers()):
                item.add_marker(pytest.mark.sqlite)


def launch_options() -> dict:
    """How to start the system's Chromium, or else the one in .chromium/ with its own libraries and fonts."""
    arguments = [
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
        "--disable-dev-shm-usage",
    ]
    system = Path("/usr/bin/chromium")
    if system.exists():
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        return {"executable_path": system, "args": [*arguments, *sandbox]}
    environment = {
        "LD_LIBRARY_PATH": str(OWN_CHROMIUM / "al2023/lib"),
        "FONTCONFIG_FILE": str(OWN_CHROMIUM / "fonts.conf"),
        "HOME": str(OWN_CHROMIUM),
    }
    arguments += ["--no-sandbox", "--no-zygote", "--disable-gpu", "--headless=shell"]
    return {"executable_path": OWN_CHROMIUM / "chromium", "args": arguments, "env": environment}


@pytest.fixture
def problems() -> list[str]:
    """What went wrong in this test's pages, in the order in which it happened."""
    return []


def _watch(page: Page, site: str, problems: list[str]) -> None:
    """Adds to `problems` what goes wrong in `page`, whose own server's address is `site`."""

    def log(message) -> None:
        if message.type in ("error", "warning"):
            problems.append(f"{message.type} logged: {message.text} ({message.location.get('url', '')})")

    def ask(request) -> None:
        by_name = site.replace("127.0.0.1", "localhost")  # passkeys belong to a name, not to a number
        if not request.url.startswith((f"{site}/", f"{by_name}/", "data:", "blob:")):
            problems.append(f"another site was asked for {request.url}")

    def fail(request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a download, or a page that was left
            problems.append(f"{request.failure} for {request.url}")

    page.on("console", log)
    page.on("pageerror", lambda error: problems.append(f"uncaught in JavaScript: {error}"))
    page.on("request", ask)
    page.on("requestfailed", fail)


@pytest.fixture
def new_page(browser: Browser, live_server, problems: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens pages, each a visitor of its own; or `cookies_of` another page, and so signed in as its person.

    `new_page(javascript=True, width=1280, height=900, cookies_of=None)`; sizes are in CSS pixels.
    """
    contexts = []

    def open_page(
        *, javascript: bool = True, width: int = 1280, height: int = 900, cookies_of: Page | None = None
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            locale="en-GB",
            timezone_id="Europe/London",
        )
        contexts.append(context)
        context.add_init_script(FAST_TIMERS)
        context.set_default_timeout(30_000)  # a machine that runs other things too is slow, not wrong
        if cookies_of:
            context.add_cookies(cookies_of.context.cookies())
        page = context.new_page()
        _watch(page, live_server.url, problems)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture(autouse=True)
def _arrive(monkeypatch: pytest.MonkeyPatch) -> None:
    """A click that leads to another page waits until all of it is there, so that a test may look at once."""
    click = Locator.click

    def click_and_arrive(self: Locator, **options) -> None:
        click(self, **options)
        if not self.page.is_closed():
            self.page.wait_for_load_state()

    monkeypatch.setattr(Locator, "click", click_and_arrive)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


@pytest.fixture(scope="session")
def browser(django_db_setup) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails when axe-core finds anything against WCAG 2.2 AA or its own best practice."""
    script = AXE.read_text(encoding="utf-8")

    def check(page: Page) -> None:
        page.wait_for_load_state()  # a long page that is still arriving has no <main> yet
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(script)
        result = page.evaluate(AXE_RUN, AXE_TAGS)
        assert result["passes"] > 5, "axe-core checked hardly anything"
        found = [f"{each['rule']}: {each['help']} ({each['html']})" for each in result["violations"]]
        assert found == [], page.url

    return check
