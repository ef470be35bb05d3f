"""Everything that people read uses the words of docs/style.md, in sentences that a busy volunteer can follow."""

import ast
import re
from html import unescape
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STYLE = ROOT / "docs/style.md"
STOREYS = ("eds", "reports", "casestudies", "scoring", "edsportal")
PAGES = sorted(
    [*ROOT.glob("templates/**/*.html"), *ROOT.glob("templates/**/*.txt"), *ROOT.glob("edsportal/**/*.html")]
)
CODE = sorted(
    path for storey in STOREYS for path in ROOT.glob(f"{storey}/**/*.py") if "migrations" not in path.parts
)
DOCUMENTS = sorted(
    path for path in [ROOT / "README.md", *ROOT.glob("docs/*.md")] if path.name not in ("style.md", "asvs.md")
)
LONGEST = 25  # words of a sentence on a page
# What has a word of the table for another reason, by the words themselves.
ALLOWED = (
    "pg_trigger",  # SQL
    "i me my myself",  # words that a search passes over
    "$trail$",  # SQL
    "it is the trail",  # the name of the table
)

# Labels of columns, whole: another label is a migration, and a backup is restored under its own migrations only.
COLUMNS = {"whose interest they represent", "why it was taken back", "what it stands for"}


def glossary() -> list[str]:
    """The phrases that nobody is to read."""
    rows = [
        line.split("|")[1]
        for line in STYLE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    return [phrase for row in rows for phrase in re.findall(r"`([^`]+)`", row)]


WRONG = re.compile(rf"\b(?:{'|'.join(map(re.escape, glossary()))})\b", re.IGNORECASE)


def wrong_words(text: str) -> list[str]:
    allowed = text in COLUMNS or any(words in text for words in ALLOWED)
    return [] if allowed else WRONG.findall(text)


COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}|<(script|style).*?</\1>", re.DOTALL)
ENDS = re.compile(
    r"</?(?:p|h[1-6]|li|ul|ol|td|th|tr|dt|dd|div|br|title|legend|label|caption|button|option|a)\b[^>]*>"
)


def page_text(source: str) -> str:
    """What a template says: without its code, tags and comments; parts of a page end as sentences do."""
    source = re.sub(
        r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}|<(script|style).*?</\1>",
        " ",
        source,
        flags=re.DOTALL,
    )
    said = re.findall(r'(?:text|summary|title|heading|default:|conflict)\s*=?\s*"([^"{}]*\s[^"{}]*)"', source)
    source = re.sub(
        r"\{%\s*(?:if|elif|else|endif|for|empty|endfor|with|endwith|block|endblock)[^%]*%\}", " ", source
    )
    source = re.sub(r"\{[{%].*?[}%]\}", " x ", source, flags=re.DOTALL)
    source = re.sub(
        r"</?(?:p|h[1-6]|li|ul|ol|td|th|tr|dt|dd|div|br|title|legend|label|caption|button|option|a)\b[^>]*>",
        " . ",
        source,
    )
    source = re.sub(r"<[^>]*>", " ", source)
    return unescape(" . ".join([source, *said]))


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"[.?!:;](?:\s|$)", text) if part.strip()]


def strings(source: str) -> list[str]:
    """Each text of the code but docstrings, whole: the parts of an f-string with an x for each value."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else "x" for part in node.values)
            found.append("".join(parts))
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings | inside
        ):
            found.append(node.value)
    return [text for text in found if " " in text]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_uses_our_words(path):
    assert wrong_words(page_text(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_sentence_of_a_page_is_too_long(path):
    text = page_text(path.read_text(encoding="utf-8"))
    assert [one.split() for one in sentences(text) if len(one.split()) > LONGEST] == []


@pytest.mark.parametrize("path", CODE, ids=name)
def test_messages_use_our_words(path):
    said = strings(path.read_text(encoding="utf-8"))
    assert [text for text in said if wrong_words(text)] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_document_uses_our_words(path):
    text = re.sub(r"```.*?```|`[^`]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert wrong_words(text) == []


def test_a_wrong_word_and_a_long_sentence_are_noticed():
    assert wrong_words("It stands in the report of another body.") == ["It stands", "another body"]
    assert wrong_words("Say whose interest they represent") == ["whose interest"]
    assert strings('"""Whom."""\nx = f"Mend it, {name}"') == ["Mend it, x"]
    assert page_text("{% comment %}mend{% endcomment %}<p>You can</p>{% if a %}go{% endif %}").split() == [
        ".",
        "You",
        "can",
        ".",
        "go",
    ]
    assert [len(one.split()) for one in sentences("one two. three")] == [2, 1]
