"""Markdown: what authors write is shown, and nothing harmful is."""

import pytest
from hypothesis import example, given
from markupsafe import Markup

from eds.text.markdown import escaped, to_html, to_plain
from tests.strategies import texts

REL = 'rel="noopener noreferrer"'
TABLE = (
    '<table>\n<thead>\n<tr>\n<th scope="col">A</th>\n<th scope="col">B</th>\n</tr>\n</thead>\n'
    "<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n"
)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("", ""),
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>\n"),
        ("**Bold** and *even*", "<p><strong>Bold</strong> and <em>even</em></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
        ("[us](https://nhs.uk)", f'<p><a href="https://nhs.uk" {REL}>us</a></p>\n'),
        ("<a@nhs.net>", f'<p><a href="mailto:a@nhs.net" {REL}>a@nhs.net</a></p>\n'),
        (
            "|A|B|\n|:-|-:|\n|1|2|",
            TABLE,
        ),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>\n"),
        ("“Women’s” & men", "<p>“Women’s” &amp; men</p>\n"),
    ],
)
def test_what_authors_write(markdown, html):
    assert to_html(markdown) == html


def test_the_html_needs_no_more_escaping():
    assert isinstance(to_html("x"), Markup)
    assert to_html("<i>") + "<b>" == "<p>&lt;i&gt;</p>\n&lt;b&gt;"


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("a <img src=x onerror=alert(1)>", "<p>a &lt;img src=x onerror=alert(1)&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](JaVaScRiPt:alert(1))", "<p>[x](JaVaScRiPt:alert(1))</p>\n"),
        ("[x](&#106;avascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](java\tscript:alert(1))", "<p>[x](java\tscript:alert(1))</p>\n"),
        ("[x](data:text/html,hi)", "<p>[x](data:text/html,hi)</p>\n"),
        ("[x](vbscript:x)", "<p>[x](vbscript:x)</p>\n"),
        ("[x](file:///etc/passwd)", "<p>[x](file:///etc/passwd)</p>\n"),
        ("[x](/admin/)", "<p>[x](/admin/)</p>\n"),
        ("[x](//example.org)", "<p>[x](//example.org)</p>\n"),
        ("<javascript:alert(1)>", "<p>&lt;javascript:alert(1)&gt;</p>\n"),
        ("[x]\n\n[x]: javascript:alert(1)", "<p>[x]</p>\n<p>[x]: javascript:alert(1)</p>\n"),
        ("![Our team](https://example.org/t.png)", "<p>Our team</p>\n"),
        ("![<b>](https://example.org/t.png)", "<p>&lt;b&gt;</p>\n"),
        (
            '[x](https://e.org "\\" onclick=alert(1)")',
            f'<p><a href="https://e.org" title="&quot; onclick=alert(1)" {REL}>x</a></p>\n',
        ),
        ("```js onload=x\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>\n"),
        ("`<style>`", "<p><code>&lt;style&gt;</code></p>\n"),
        ("a\x00b", "<p>a\ufffdb</p>\n"),
    ],
)
def test_what_is_hostile_stays_text(markdown, html):
    assert to_html(markdown) == html


@pytest.mark.parametrize(
    ("markdown", "level", "levels"),
    [
        ("# a\n\n## b\n\n# c", 3, [3, 4, 3]),
        ("### a\n\n##### b\n\n#### c\n\n## d", 4, [4, 5, 5, 4]),
        ("a\n===\n\nb\n---", 2, [2, 3]),
        ("# a\n\n## b\n\n### c", 5, [5, 6, 6]),
    ],
)
def test_headings_start_at_the_level_given_and_skip_none(markdown, level, levels):
    html = to_html(markdown, heading_level=level)
    assert [int(part[0]) for part in html.split("<h")[1:]] == levels
    assert [int(part[0]) for part in html.split("</h")[1:]] == levels


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("", ""),
        ("# A\n\nOne *two*\nthree  \nfour", "A\n\nOne two three\nfour"),
        ("- a\n- b\n  - c\n\n  d", "• a\n• b\n  • c\n  d"),
        ("2. a\n3. b", "2. a\n3. b"),
        ("-", "• "),
        ("|A|B|\n|-|-|\n|1|`2`|", "A | B\n1 | 2"),
        ("[us](https://nhs.uk)", "us (https://nhs.uk)"),
        ("<https://nhs.uk> <a@nhs.net>", "https://nhs.uk a@nhs.net"),
        ("![Our team](https://example.org/t.png)", "Our team"),
        ("> a\n>\n> b", "a\nb"),
        ("```\n<x>\n```\n\n---\n\nend", "<x>\n\nend"),
    ],
)
def test_plain_text(markdown, plain):
    assert to_plain(markdown) == plain


@pytest.mark.parametrize(
    ("line", "markdown"),
    [
        ("Ages 52.8% - 76% (SMI), 3*4, snake_case & more", r"Ages 52.8% - 76% (SMI), 3\*4, snake_case & more"),
        ("# not a heading", r"\# not a heading"),
        ("1. not a list", r"1\. not a list"),
        ("2024) not a list", r"2024\) not a list"),
        ("- not a point", r"\- not a point"),
        ("-40 degrees", "-40 degrees"),
        ("> not a quote", r"\> not a quote"),
        ("---", r"\---"),
        ("[1]: a note", r"\[1\]: a note"),
        ("_not_ even", r"\_not\_ even"),
        ("&copy; <b>", r"\&copy; \<b>"),
    ],
)  # fmt: skip
def test_a_line_is_escaped_where_it_must_be(line, markdown):
    assert escaped(line) == markdown


@given(texts())
@example("~~~").via("a fence")
@example("***").via("a rule")
@example("+").via("an empty point")
@example("a\\").via("a line break")
@example("1)").via("an empty list")
@example("&#x41;").via("a character reference")
@example("| a |").via("a table row")
@example("_a_b_").via("emphasis within a word")
def test_an_escaped_line_is_shown_as_it_was(line):
    folded = " ".join(line.split())
    assert " ".join(to_plain(escaped(line)).split()) == folded
    assert " ".join(to_plain(f"- {escaped(line)}").split()) == f"• {folded}"
    assert " ".join(to_plain(f"1. {escaped(line)}").split()) == f"1. {folded}"
