"""What people paste, from Word and elsewhere, becomes clean Markdown; whatever is hostile in it becomes nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eds.text.markdown import to_html, to_plain
from reports.reading.pasted import from_html, from_plain
from tests.reports.hostile import HOSTILE
from tests.strategies import texts


def word_point(text: str, marker: str, level: int = 1) -> str:
    """A point of a list as Word on a desk sends it."""
    return (
        f"<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level{level} lfo1'>"
        "<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>"
        f"{marker}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;</span></span></span><![endif]>"
        f"{text}<o:p></o:p></p>\n"
    )


WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8><title>Falls</title>'
    "<!--[if gte mso 9]><xml><w:WordDocument>junk</w:WordDocument></xml><![endif]-->"
    "<style><!-- p.MsoNormal {margin:0} --></style></head><body lang=EN-GB><!--StartFragment-->"
    "<p class=MsoTitle>Falls clinic<o:p></o:p></p><h2><b>Back&shy;ground</b></h2>"
    "<p class=MsoNormal>We asked <b>52</b><b>%</b> of\npeople&nbsp;who <i>fell</i>.<o:p></o:p></p>"
    + word_point("Open on Saturdays", "·")
    + word_point("From nine", "o", level=2)
    + word_point("Interpreters", "·")
    + word_point("Ask", "3.")
    + word_point("Answer", "4.")
    + "<table class=MsoTableGrid><tr><td><p><b>Group</b></p></td><td><p>People</p></td></tr>"
    "<tr><td><p>Over 65 | frail</p></td><td><p>12</p><p>of 40</p></td></tr></table>"
    '<p>See <a href="https://example.org/a(b) c.pdf">the report</a>'
    '<a style="mso-footnote-id:ftn1" href="#_ftn1"><span>[1]</span></a>'
    "<del>taken away</del><span style='display:none'>hidden</span></p><p>- no point</p><p>2024. A year</p>"
    "<div style='mso-element:comment-list'>Comment of a colleague</div><!--EndFragment--></body></html>"
)


WORD_ONLINE = (
    '<div><p role="heading" aria-level="2">Head</p></div>'
    '<div><ul><li data-aria-level="1"><p>One</p></li></ul></div>'
    '<div><ul><li data-aria-level="2"><p>Deep</p></li></ul></div>'
    '<div><ul><li data-aria-level="1"><p>Two</p></li></ul></div>'
    '<div><ol><li data-aria-level="1"><p>First</p></li></ol></div>'
)
GOOGLE_DOCS = (
    '<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-weight:700">Bold</span>'
    '<span style="font-style:italic"> even</span></p><ul><li><p>One</p><ul><li>In</li></ul></li></ul></b>'
)


def test_what_word_sends():
    assert from_html(WORD).split("\n\n") == [
        "# Falls clinic",
        "## Background",
        "We asked **52%** of people who *fell*.",
        "- Open on Saturdays\n  - From nine\n- Interpreters",
        "3. Ask\n4. Answer",
        "| **Group** | People |\n| --- | --- |\n| Over 65 \\| frail | 12 of 40 |",
        "See [the report](https://example.org/a%28b%29%20c.pdf)\\[1\\]",
        "\\- no point",
        "2024\\. A year",
    ]


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("", ""),
        ("plain", "plain"),
        ("<p>One</p><p>Two<br>lines</p>", "One\n\nTwo\\\nlines"),
        (WORD_ONLINE, "## Head\n\n- One\n  - Deep\n- Two\n\n1. First"),
        (GOOGLE_DOCS, "**Bold** *even*\n\n- One\n  - In"),
        ("<b>A</b> <b>B</b><i>c</i>", "**A B***c*"),
        ("<table><tr><td><p>A frame</p><p>of Word</p></td></tr></table>", "A frame\n\nof Word"),
        (
            "<table><tr><th>A<table><tr><td>in</td></tr></table></th><th>B</th></tr><tr><td>1</td></tr></table>",
            "| A in | B |\n| --- | --- |\n| 1 |",
        ),
        ("<a href='https://e.org'>https://e.org</a>", "<https://e.org>"),
        ("<a href='mailto:pals@e.org'>us</a>", "[us](mailto:pals@e.org)"),
        ("snake_case 3*4 &lt;b&gt; [x](y)", r"snake_case 3\*4 \<b> \[x\](y)"),
    ],
)
def test_what_others_send(html, markdown):
    assert from_html(html) == markdown


ELEMENT = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)>", re.IGNORECASE)
SHOWN = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "a", "ul", "ol", "li"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
HARMLESS = re.compile(
    r'(?: (?:href="(?:https?://|mailto:)[^"]*"|rel="noopener noreferrer"|scope="col"|start="\d+"))*'
)


def elements(html: str) -> list[tuple[str, str]]:
    return [(name.lower(), more) for _, name, more in ELEMENT.findall(html)]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_whatever_is_pasted_is_harmless_on_the_page(hostile):
    html = to_html(from_html(f"<p>Before</p>{hostile}<p>After</p>"))
    assert html.startswith("<p>Before")
    for name, attributes in elements(html):
        assert name in SHOWN, html
        assert HARMLESS.fullmatch(attributes), html


@pytest.mark.parametrize("hostile", HOSTILE)
def test_whatever_is_typed_is_harmless_on_the_page(hostile):
    for name, attributes in elements(to_html(hostile)):
        assert name in SHOWN
        assert HARMLESS.fullmatch(attributes)


@given(
    st.lists(
        st.sampled_from([*"<>/ab&;\"'=![]()*_|\n- #1.", "<p>", "<b>", "<ul>", "<li>", "<table>", "<td>"])
    )
)
def test_no_html_makes_an_error_or_anything_but_markdown(parts):
    for name, attributes in elements(to_html(from_html("".join(parts)))):
        assert name in SHOWN
        assert HARMLESS.fullmatch(attributes)


@given(texts())
def test_a_paragraph_of_plain_words_is_kept_word_for_word(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    words = re.sub("[\u00ad\u200b\u2060\ufeff]", "", text).split()
    assert to_plain(from_html(f"<p>{escaped}</p>")).split() == words


@pytest.mark.slow
@pytest.mark.parametrize(
    "huge",
    [
        "<b>" * 100_000,
        "<div>" * 200_000,
        "<table><tr><td>" * 20_000,
        "<!--" * 100_000,
        "<style>" * 100_000,
        "<" * 1_000_000,
        "<p style='mso-list:l0 level9'>x</p>" * 15_000,
        "x" * 5_000_000,
    ],
    ids=lambda huge: huge[:16],
)
def test_a_bomb_comes_to_an_end(huge):
    assert len(from_html(huge)) <= 2_000_000


@pytest.mark.parametrize(
    ("plain", "markdown"),
    [
        ("", ""),
        ("One\nTwo", "One\n\nTwo"),
        ("Intro\n•\tOne\n•\tTwo\no\tDeep\nEnd", "Intro\n\n- One\n- Two\n  - Deep\n\nEnd"),
        ("1.\tA\n2)\tB", "1. A\n2. B"),
        ("Group\tPeople\nOver 65\t1|2", "| Group | People |\n| --- | --- |\n| Over 65 | 1\\|2 |"),
        ("a\tb", "a b"),
        (
            "# Head\n\n- x\n- y\n\n| A |\n| - |\n| 1 |\n\n> said",
            "# Head\n\n- x\n- y\n\n| A |\n| - |\n| 1 |\n\n> said",
        ),
    ],
)
def test_plain_text_from_word_is_made_tidy(plain, markdown):
    assert from_plain(plain) == markdown
    assert from_plain(markdown) == markdown  # what is tidy stays
