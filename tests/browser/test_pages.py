"""The fixtures of this folder catch what they are there to catch."""

import pytest

GOOD = """<!doctype html><html lang="en"><title>Scores</title><main><h1>Scores</h1><p>Five out of twelve.</p>
<form><label for="why">Why</label><input id="why" name="why"></form></main></html>"""


@pytest.mark.parametrize("javascript", [True, False])
def test_axe_passes_a_good_page_and_fails_a_bad_one(new_page, axe, javascript):
    page = new_page(javascript=javascript, width=320)
    page.set_content(GOOD)
    axe(page)
    page.set_content(GOOD.replace('<label for="why">Why</label>', ""))
    with pytest.raises(AssertionError, match="label: Form elements must have labels"):
        axe(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_scripts_run_only_where_they_should(new_page, javascript):
    page = new_page(javascript=javascript)
    page.set_content(GOOD + "<script>document.title = 'changed'</script>")
    assert page.title() == ("changed" if javascript else "Scores")


@pytest.mark.parametrize(
    ("markup", "event", "problem"),
    [
        ("<script>alert('inline')</script>", "console", "error logged: Executing inline script violates"),
        ("<p style='color: red'>", "console", "error logged: Applying inline style violates"),
        (
            "<img src='https://elsewhere.example/x.png'>",
            "request",
            "another site was asked for https://elsewhere.example/x.png",
        ),
        ("<img src='/none.png'>", "console", "status of 404 (Not Found)"),
    ],
)
def test_what_a_page_must_not_hold_is_kept(page, problems, markup, event, problem):
    page.goto("/accessibility/")
    with page.expect_event(event):
        page.set_content(f"{GOOD}{markup}")
    page.close()  # nothing comes after this
    assert [found for found in problems if problem in found] != []
    problems.clear()


@pytest.mark.parametrize(
    ("script", "event", "problem"),
    [
        ("console.error('oh')", "console", "error logged: oh ()"),
        (
            "setTimeout(() => nonsense(), 0)",
            "pageerror",
            "uncaught in JavaScript: nonsense is not defined",
        ),
    ],
)
def test_what_a_script_does_wrong_is_kept(page, problems, script, event, problem):
    page.set_content(GOOD)
    with page.expect_event(event):
        page.evaluate(f"() => {{ {script} }}")
    page.close()
    assert problems == [problem]
    problems.clear()


def test_the_page_is_as_wide_as_asked_and_knows_only_its_own_server(new_page, live_server):
    page = new_page(width=320)
    page.goto("/accessibility/")
    assert page.evaluate("innerWidth") == 320
    assert page.url == f"{live_server.url}/accessibility/"
