"""Our rendering of every component against the HTML that nhsuk-frontend itself publishes for it."""

import json
from pathlib import Path

import jinja2
import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString

from edsportal.nhsuk.macros import macro, merged, nested, render
from tests.edsportal.nhsuk.htmltree import events

COMPONENTS = Path(__file__).parents[3] / "node_modules/nhsuk-frontend/dist/nhsuk/components"
FIXTURES = sorted(COMPONENTS.glob("*/fixtures.json"))

# The macro of nhsuk-frontend-jinja 0.10.2 asks for the length of None. Our header is our own.
BROKEN = {("header", "with service name (linked with logo, empty)")}


def test_the_published_fixtures_are_there():
    assert sum(len(json.loads(path.read_text())["fixtures"]) for path in FIXTURES) == 983


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.parent.name)
def test_component_is_what_nhsuk_frontend_publishes(path):
    for fixture in json.loads(path.read_text())["fixtures"]:
        if (path.parent.name, fixture["name"]) in BROKEN:
            continue
        inside = SafeString(fixture["callBlock"]) if "callBlock" in fixture else None
        html = render(path.parent.name, fixture["context"], inside)
        assert events(html) == events(fixture["html"]), fixture["name"]


def test_text_is_escaped_wherever_it_stands():
    hostile = """"><script>alert('x')</script>"""
    html = render(
        "input",
        {
            "id": "a",
            "name": hostile,
            "value": hostile,
            "label": {"text": hostile},
            "hint": {"text": hostile},
            "errorMessage": {"text": hostile},
            "attributes": {"data-x": hostile},
            "prefix": hostile,
        },
    )
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 7


@pytest.mark.parametrize(
    ("first", "second"),
    [(SafeString("<b>"), "<b>"), (True, 1), (1, 1.0), ("1", 1), ([], {}), (None, False)],
)
def test_html_is_used_again_only_for_the_very_same_options(first, second):
    for value in (first, second, first):
        options = {"text": "x", "attributes": {"data-a": value}}
        assert render("button", options) == macro("button")(options)


def test_options_changed_after_rendering_count_anew():
    options = {"text": "Save", "attributes": {"data-a": "1"}}
    before = render("button", options)
    options["attributes"]["data-a"] = "2"
    assert render("button", options) == before.replace('data-a="1"', 'data-a="2"')


def test_an_unknown_component_is_an_error():
    with pytest.raises(jinja2.TemplateNotFound):
        render("marquee", {})


def test_options_reach_into_others_and_leave_the_given_ones_alone():
    base = {"label": {"text": "A"}, "id": "x"}
    assert merged(base, {"label": {"size": "m"}}) == {"label": {"text": "A", "size": "m"}, "id": "x"}
    assert base == {"label": {"text": "A"}, "id": "x"}
    assert nested({"a__b": 1, "a__c__d": 2, "e": 3}) == {"a": {"b": 1, "c": {"d": 2}}, "e": 3}


def in_template(source: str, **context) -> str:
    return Template("{% load nhsuk %}" + source).render(Context(context))


def test_tags_render_components():
    assert in_template("{% nhsuk 'tag' text=name colour='grey' %}", name="<b>").count("&lt;b&gt;") == 1
    html = in_template("{% nhsukblock 'details' summary='More' %}<p>{{ x }}</p>{% endnhsukblock %}", x="<i>")
    assert "<p>&lt;i&gt;</p>" in html
    assert "More" in html


def test_breadcrumbs_are_pairs_of_words_and_addresses():
    html = in_template("{% breadcrumbs 'Reviews' '/reviews/' name '/reviews/oak/' %}", name="<Oak>")
    links = [event[2]["href"] for event in events(html) if event[:2] == ("open", "a")]
    assert links == ["/reviews/", "/reviews/oak/", "/reviews/oak/"]  # the last once more, as the way back
    assert "<Oak>" not in html
