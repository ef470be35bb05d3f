"""The sentences that people read: of templates, of Python's strings and of Markdown documents.

Each reader gives (line, text) pairs. A text is a paragraph, a label, a cell or a message, without its markup.
"""

import ast
import html
import re
from collections.abc import Iterator
from pathlib import Path

Sentence = tuple[int, str]

VALUE = "N"  # what a template or an f-string fills in counts as one word
TAG = re.compile(r"({%.*?%}|{{.*?}}|{#.*?#})", re.DOTALL)
COMMENT = re.compile(r"{%\s*comment.*?endcomment\s*%}|<script.*?</script>|<style.*?</style>", re.DOTALL)
INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|cite|code|em|mark|small|span|strong|sub|sup|time|u)\b[^<>]*>", re.IGNORECASE
)
ELEMENT = re.compile(r"<[^<>]*>")
ATTRIBUTE = re.compile(r"""\s(?:aria-label|alt|title|placeholder|content|data-[a-z-]+)="([^"]*\s[^"]*)\"""")
ARGUMENT = re.compile(r"""\b(?!class)[a-zA-Z_]+=(?:"([^"]*\s[^"]*)"|'([^']*\s[^']*)')|\|add:"([^"]*)\"""")
LAYOUT = re.compile(r"\bclass(?:es)?=|width=device-width|\bapp-|nhsuk-")
NOT_SENTENCES = ("i me my myself",)  # the words that a search passes over
SQL = re.compile(
    r"^\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|BEGIN|DECLARE|PRAGMA|WITH|LOCK|SET|TRUNCATE)\b"
)


def _branches(parts: list[str]) -> str:
    """The template's text with the longest branch of each {% if %}, and each value as one word."""
    stack: list[list[str]] = [[""]]
    for part in parts:
        name = part[2:-2].split()[0] if part.startswith("{%") and part[2:-2].split() else ""
        if name in ("if", "ifchanged", "for"):
            stack.append([""])
        elif name in ("elif", "else", "empty") and len(stack) > 1:
            stack[-1].append("")
        elif name in ("endif", "endifchanged", "endfor") and len(stack) > 1:
            stack[-2][-1] += max(stack.pop(), key=lambda text: len(text.split()))
        elif part.startswith("{{"):
            stack[-1][-1] += VALUE
        elif name.endswith("block") or name in ("include", "nhsuk", "nhsuk_field", "crispy"):
            stack[-1][-1] += "\n\n"
        elif not part.startswith(("{%", "{#")):
            stack[-1][-1] += part
    return "".join(texts[0] for texts in stack)


def _paragraphs(text: str, is_html: bool) -> Iterator[str]:
    if is_html:
        text = ELEMENT.sub("\n\n", INLINE.sub("", text))
    for paragraph in re.split(r"\n\s*\n", text):
        words = " ".join(html.unescape(paragraph).split())
        if re.search(r"[a-z]", words):
            yield words


def template_sentences(path: Path) -> Iterator[Sentence]:
    """What a template shows: its text, and the words in attributes and in the arguments of its tags."""
    source = COMMENT.sub("", path.read_text(encoding="utf-8"))
    for paragraph in _paragraphs(_branches(TAG.split(source)), path.suffix == ".html"):
        yield 0, paragraph
    for part in TAG.split(source):
        if part.startswith("{%"):
            for match in ARGUMENT.finditer(part):
                words = next((group for group in match.groups() if group), "")
                if " " in words and not LAYOUT.search(words):
                    yield 0, words
    for match in ATTRIBUTE.finditer(TAG.sub(VALUE, source)):
        if not LAYOUT.search(match.group(1)):
            yield 0, html.unescape(match.group(1))


def all_branches(path: Path) -> Iterator[Sentence]:
    """Every text of a template, of each branch, for finding words rather than for counting them."""
    source = COMMENT.sub("", path.read_text(encoding="utf-8"))
    yield from template_sentences(path)
    for paragraph in _paragraphs(TAG.sub(" " + VALUE + " ", source), path.suffix == ".html"):
        yield 0, paragraph


def _docstrings(tree: ast.AST) -> set[int]:
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _joined(node: ast.AST) -> str:
    """A string, an f-string or a sum of them as one text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_joined(part) if isinstance(part, ast.Constant) else VALUE for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _joined(node.left) + _joined(node.right)
    return VALUE


def _strings(node: ast.AST, skipped: set[int]) -> Iterator[Sentence]:
    is_sum = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)
    if isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped
    ):
        yield node.lineno, _joined(node)
        return
    if is_sum and any(isinstance(side, (ast.JoinedStr, ast.Constant)) for side in (node.left, node.right)):
        yield node.lineno, _joined(node)
        return
    for child in ast.iter_child_nodes(node):
        yield from _strings(child, skipped)


def python_sentences(path: Path) -> Iterator[Sentence]:
    """The strings of a module that are words for people: not docstrings, names, SQL or patterns."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for line, text in _strings(tree, _docstrings(tree)):
        if not (" " in text.strip() and re.search(r"[a-z]{2}", text)) or SQL.match(text):
            continue
        if "\\" in text or text.startswith(NOT_SENTENCES):
            continue
        for paragraph in _paragraphs(re.sub(r"%\(?\w*\)?[sd]", VALUE, text), "</" in text):
            yield line, paragraph


def document_sentences(path: Path) -> Iterator[Sentence]:
    """The paragraphs, list items and table cells of a Markdown document, without code and quotations of code."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"^ {4}\S.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"`[^`]*`", VALUE, text)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    text = re.sub(r"^\s*(?:[-*]|\d+\.)\s|^#+\s|^\|", "\n\n", text, flags=re.MULTILINE)
    text = text.replace("|", "\n\n")
    for paragraph in _paragraphs(text, is_html=False):
        yield 0, paragraph


def split(text: str) -> list[str]:
    """The sentences of a paragraph. A colon begins another: what follows it is read for itself."""
    return [part for part in re.split(r"(?<=[.!?:;])[”\"’)*]*\s+", text) if part]


def words(sentence: str) -> int:
    return len([word for word in sentence.split() if re.search(r"\w", word)])
