"""Markdown, as authors write it, to safe HTML and to plain text: CommonMark with tables, no HTML, no images."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup

TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "a", "ul", "ol", "li"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "abbr"),
}
ATTRIBUTES = {"a": {"href", "title"}, "abbr": {"title"}, "ol": {"start"}, "th": {"scope"}}
SCHEMES = {"http", "https", "mailto"}
SAFE_ADDRESS = re.compile(r"(https?://|mailto:)", re.IGNORECASE)


def _alternative_text(self, tokens, index, options, env) -> str:
    return nh3.clean_text(tokens[index].content)


_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_markdown.validateLink = lambda address: SAFE_ADDRESS.match(address) is not None
_markdown.add_render_rule("image", _alternative_text)


def to_html(markdown: str, *, heading_level: int = 3, abbreviations: "Abbreviations | None" = None) -> Markup:
    """Safe HTML of the text, for a page whose next heading has that level (1 to 6); no level is skipped.

    An address that is not http, https or mailto stays as it was typed; an image becomes its alternative text.
    `abbreviations` are explained where they are used first.
    """
    tokens = _markdown.parse(markdown)
    _shift_headings(tokens, heading_level)
    for token in tokens:
        if abbreviations and token.children:
            token.children = abbreviations.explain(token.children)
        if token.type == "th_open":
            token.attrs = {"scope": "col"}
    made = _markdown.renderer.render(tokens, _markdown.options, {})
    return Markup(nh3.clean(made, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES))  # noqa: S704 (cleaned)


def tree(markdown: str, *, heading_level: int = 3) -> SyntaxTreeNode:
    """The text as a tree of what stands in it, for files that are not HTML. Levels of headings as for `to_html`."""
    tokens = _markdown.parse(markdown)
    _shift_headings(tokens, heading_level)
    return SyntaxTreeNode(tokens)


def _shift_headings(tokens: list[Token], first: int) -> None:
    above: list[int] = []
    for opening, closing in zip(tokens, tokens[2:], strict=False):
        if opening.type != "heading_open":
            continue
        level = int(opening.tag[1])
        above = [*(one for one in above if one < level), level]
        opening.tag = closing.tag = f"h{min(first + len(above) - 1, 6)}"


# Plain text


def to_plain(markdown: str) -> str:
    """The words alone: blocks with a blank line between, "• " before a point, " | " between the cells of a table."""
    tree = SyntaxTreeNode(_markdown.parse(markdown))
    return "\n\n".join("\n".join(lines) for lines in map(_lines, tree.children) if lines)


def _lines(node: SyntaxTreeNode) -> list[str]:
    if node.type in ("bullet_list", "ordered_list"):
        return [line for mark, item in _points(node) for line in _marked(mark, item)]
    if node.type == "table":
        rows = [row for part in node.children for row in part.children]
        return [" | ".join("".join(_words(cell)) for cell in row.children) for row in rows]
    if node.type in ("fence", "code_block"):
        return node.content.splitlines()
    if node.type == "blockquote":
        return [line for child in node.children for line in _lines(child)]
    return "".join(_words(node)).split("\n") if node.children else []


def _points(node: SyntaxTreeNode) -> Iterator[tuple[str, SyntaxTreeNode]]:
    first = int(node.attrs.get("start", 1))
    for number, item in enumerate(node.children, first):
        yield ("• " if node.type == "bullet_list" else f"{number}. "), item


def _marked(mark: str, item: SyntaxTreeNode) -> list[str]:
    lines = [line for child in item.children for line in _lines(child)] or [""]
    indent = " " * len(mark)
    return [mark + lines[0], *(indent + line for line in lines[1:])]


def _words(node: SyntaxTreeNode) -> Iterator[str]:
    if node.type in ("text", "code_inline", "image"):
        yield node.content
    elif node.type in ("softbreak", "hardbreak"):
        yield " " if node.type == "softbreak" else "\n"
    else:
        for child in node.children:
            yield from _words(child)
        yield from _address(node)


def _address(node: SyntaxTreeNode) -> Iterator[str]:
    """The address of a link, where it is not its text already."""
    if node.type == "link":
        address = str(node.attrs["href"])
        if address.removeprefix("mailto:") != "".join(word for c in node.children for word in _words(c)):
            yield f" ({address})"


# Plain lines to Markdown

SPECIAL = re.compile(r"[\\`*\[\]<]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])")
AT_START = re.compile(r">|[-+](?!\S)|(?:-\s*)+$|#{1,6}(?!\S)|~~~")
NUMBERED = re.compile(r"([0-9]{1,9})([.)])(?!\S)")


def escaped(line: str) -> str:
    """Markdown that shows one line of plain text exactly as it is, apart from spaces around it."""
    return _escaped_start(_escaped_signs(line.strip()))


def _escaped_signs(text: str) -> str:
    return SPECIAL.sub(r"\\\g<0>", text)


def _escaped_start(line: str) -> str:
    if NUMBERED.match(line):
        return NUMBERED.sub(r"\1\\\2", line, count=1)
    return f"\\{line}" if AT_START.match(line) else line


# Words with a look to Markdown


@dataclass(frozen=True, kw_only=True)
class Span:
    """Words of a paragraph that look alike. A new line in them is a line break; `address` is where they lead."""

    text: str
    bold: bool = False
    italic: bool = False
    address: str = ""


def spans_to_markdown(spans: Sequence[Span]) -> str:
    """Markdown of one paragraph. Where its signs would not be read as meant, the words alone."""
    plain = "".join(span.text for span in spans).strip()
    joined = _escaped_start("".join(_marked_span(span) for span in _joined(spans)).strip())
    return joined if _shown(joined) == " ".join(plain.split()) else _lines_kept(escaped(plain))


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Spans that look alike become one: a word processor cuts text anywhere."""
    joined: list[Span] = []
    for span in spans:
        if joined and replace(joined[-1], text="") == replace(span, text=""):
            joined[-1] = replace(span, text=joined[-1].text + span.text)
        else:
            joined.append(span)
    return joined


def _marked_span(span: Span) -> str:
    """Signs stand next to the words, not next to the spaces around them."""
    core = span.text.strip()
    if not core:
        return span.text
    before, after = span.text.split(core, 1)
    text = _lines_kept(_escaped_signs(core))
    sign = "*" * (span.italic + 2 * span.bold)
    text = f"{sign}{text}{sign}"
    if SAFE_ADDRESS.match(span.address):
        address = re.sub(r"[\s<>\\]", lambda sign: f"%{ord(sign[0]):02X}", span.address)
        text = f"[{text}](<{address}>)"
    return f"{before}{text}{after}"


def _lines_kept(text: str) -> str:
    return re.sub(r"[^\S\n]*\n\s*", "\\\\\n", text)


def _shown(markdown: str) -> str:
    """The words that a reader sees, with single spaces."""
    return " ".join(html.unescape(nh3.clean(_markdown.render(markdown), tags=set())).split())


# What short words stand for: explained where a text uses them first.


class Abbreviations:
    """Explains each abbreviation once in all the texts that it is given, in their order; `used` tells which.

    `meanings` holds what each stands for. Capitals count, and a part of a word is none.
    """

    def __init__(self, meanings: Mapping[str, str]):
        self.meanings = meanings
        self.used: dict[str, str] = {}
        longest_first = sorted(map(re.escape, meanings), key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)") if meanings else None

    def explain(self, tokens: list[Token]) -> list[Token]:
        """The parts of a line of Markdown, with <abbr> around what is explained."""
        if self._pattern is None:
            return tokens
        return [
            part for token in tokens for part in (self._split(token) if token.type == "text" else [token])
        ]

    def _split(self, token: Token) -> Iterator[Token]:
        rest = 0
        for match in self._pattern.finditer(token.content):
            short = match[0]
            if short in self.used:
                continue
            self.used[short] = self.meanings[short]
            yield _text(token.content[rest : match.start()])
            yield Token("abbr_open", "abbr", 1, attrs={"title": self.meanings[short]})
            yield _text(short)
            yield Token("abbr_close", "abbr", -1)
            rest = match.end()
        yield _text(token.content[rest:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
