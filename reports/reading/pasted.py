"""Text from Word, an e-mail or a web page as Markdown: its headings, lists, tables and links, and nothing else.

`from_html` takes what a browser is given when somebody pastes; `from_plain` what arrives where scripts are off.
nh3 cleans the HTML first, so whatever comes after reads well-formed and harmless HTML; markdownify writes the Markdown.
"""

import re
from html import unescape

import nh3
from bs4.element import Tag
from markdownify import ATX, BACKSLASH, MarkdownConverter

from eds.text.markdown import AT_START, NUMBERED, SPECIAL
from reports.reading.pasted_html import HEADINGS, prepared

LONGEST = 2_000_000  # characters of HTML; Word sends some thousand for a page of text
MOST_TAGS, DEEPEST_TAGS = 40_000, 120  # beyond, it is no document that somebody wrote
TAGS = {
    *HEADINGS,
    *("p", "div", "span", "br", "hr", "b", "strong", "i", "em", "code", "pre", "blockquote", "a"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption"),
}
# What these hold is no text of the document; <del> is what tracked changes took away.
WITHOUT_CONTENT = {
    *("script", "style", "head", "title", "xml", "template", "noscript", "iframe", "object", "svg", "math"),
    *("select", "textarea", "button", "del"),
}
ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "li": {"data-aria-level", "style"},
    "td": {"colspan"},
    "th": {"colspan"},
    "p": {"class", "role", "aria-level", "style"},
    **{tag: {"style"} for tag in ("div", "span", "b", "strong", "i", "em")},
}
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")  # joiners stay: scripts of Asia need them


def from_html(html: str) -> str:
    """Markdown of pasted HTML. Where it has too many tags in one another to be a document, its words alone."""
    html = COMMENTS.sub("", html[:LONGEST])
    if _is_no_document(html):
        return _tidy(_Writer().escape(unescape(ANY_TAG.sub(" ", html)), set()))
    clean = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=WITHOUT_CONTENT,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    clean = INVISIBLE.sub("", clean.replace("&nbsp;", " "))
    return _tidy(_Writer().convert_soup(prepared(clean)))


COMMENTS = re.compile(
    r"<!--(?:(?!-->).)*(?:-->)?|<(?:style|script)\b(?:(?!</(?:style|script)).)*", re.DOTALL | re.IGNORECASE
)
ANY_TAG = re.compile(r"<[^<>]*>?")
STEP = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
WITHOUT_END = {"br", "hr", "img", "meta", "link", "input", "col", "wbr"}


def _is_no_document(html: str) -> bool:
    """Tags by the ten thousand, or a hundred in one another, would take a parser minutes."""
    if html.count("<") > MOST_TAGS:
        return True
    depth = 0
    for step in STEP.finditer(html):
        if step[2].lower() not in WITHOUT_END:
            depth = max(depth + (-1 if step[1] else 1), 0)
        if depth > DEEPEST_TAGS:
            return True
    return False


def _tidy(markdown: str) -> str:
    lines = [line.rstrip() for line in markdown.strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


class _Writer(MarkdownConverter):
    class Options:
        heading_style = ATX
        bullets = "-"
        newline_style = BACKSLASH
        table_infer_header = True
        wrap = True  # a line break in the HTML is a space
        wrap_width = None

    def process_text(self, el, parent_tags=None):
        before = el.previous_sibling
        self._begins = before is None or (isinstance(before, Tag) and before.name in ("br", "p", "ul", "ol"))
        return super().process_text(el, parent_tags=parent_tags)

    def escape(self, text, parent_tags):
        """Only what would be read as Markdown, so that the author sees few backslashes."""
        text = SPECIAL.sub(r"\\\g<0>", text)
        if {"td", "th"} & set(parent_tags):
            text = text.replace("|", r"\|")
        space, words = re.match(r"(\s*)(.*)", text, re.DOTALL).groups()
        if getattr(self, "_begins", True):
            words = NUMBERED.sub(r"\1\\\2", words, count=1) if NUMBERED.match(words) else words
            words = f"\\{words}" if AT_START.match(words) else words
        return space + words

    def convert_td(self, el, text, parent_tags):
        return super().convert_td(el, " ".join(text.split()), parent_tags)

    def convert_th(self, el, text, parent_tags):
        return super().convert_th(el, " ".join(text.split()), parent_tags)

    def convert_a(self, el, text, parent_tags):
        if el.get("href"):
            for mark, code in (
                (" ", "%20"),
                ("(", "%28"),
                (")", "%29"),
                ("<", "%3C"),
                (">", "%3E"),
                ("\\", "%5C"),
            ):
                el["href"] = el["href"].replace(mark, code)
        return super().convert_a(el, text, parent_tags)


# Plain text

BULLET = re.compile(r"^(\s*)[•·▪◦‣●○■□➢✓❖§\uf0b7\uf0a7\uf0d8][\t ]*(?=\S)")
POINT = re.compile(r"^(\s*)\(?(\d{1,3})[.)]\t\s*(?=\S)")
PART_OF_BLOCK = re.compile(r"\s*(?:[-*+] |\d{1,3}[.)] |\||>)")


def from_plain(text: str) -> str:
    """Pasted plain text as Markdown: bullets, numbers, and cells that a tab divides. What is Markdown stays."""
    lines = [INVISIBLE.sub("", line).replace("\u00a0", " ").rstrip() for line in text.splitlines()]
    blocks: list[list[str]] = []
    kind = None
    for line in lines:
        line = POINT.sub(r"\g<1>\2. ", BULLET.sub(r"\1- ", line))
        # "o" and a tab is what Word writes for a point within a point
        line = re.sub(r"^o\t\s*(?=\S)", "  - " if kind == "part" else "- ", line)
        now = _kind(line)
        if now != kind or now == "text":
            blocks.append([])
        if line:
            blocks[-1].append(line)
        kind = now
    return "\n\n".join("\n".join(_table(block)) for block in blocks if block)


def _kind(line: str) -> str:
    if not line:
        return "nothing"
    if "\t" in line.strip():
        return "cells"
    return "part" if PART_OF_BLOCK.match(line) else "text"


def _table(block: list[str]) -> list[str]:
    """Rows of cells that a tab divides, as a table with the first row as its head; other lines as they are."""
    if "\t" not in block[0].strip():
        return block
    rows = [[cell.strip().replace("|", r"\|") for cell in line.split("\t")] for line in block]
    widest = max(map(len, rows))
    rows = [row + [""] * (widest - len(row)) for row in rows]
    if len(rows) == 1:
        return [" ".join(rows[0])]
    drawn = [f"| {' | '.join(row)} |" for row in rows]
    return [drawn[0], f"|{' --- |' * widest}", *drawn[1:]]
