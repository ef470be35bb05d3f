"""What people read keeps to docs/style.md: its words, and sentences that aren't too long."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.sentences import (
    Sentence,
    all_branches,
    document_sentences,
    python_sentences,
    split,
    template_sentences,
    words,
)

ROOT = Path(__file__).resolve().parent.parent
STYLE = (ROOT / "docs/style.md").read_text(encoding="utf-8")
ON_PAGES, IN_DOCUMENTS = (int(limit) for limit in re.findall(r"at most (\d+)", STYLE))

TEMPLATES = sorted(
    path
    for pattern in ("templates/**/*.html", "templates/**/*.txt", "edsportal/**/*.html")
    for path in ROOT.glob(pattern)
)
MODULES = sorted(
    path
    for app in ("eds", "reports", "casestudies", "scoring", "edsportal")
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts
)
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def phrases(table: str) -> list[str]:
    return re.findall(r"`([^`]+)`", table)


def _pattern(phrase: str) -> str:
    return re.escape(phrase).replace(r"\ …\ ", r"(?: [^ .,;:?!]+){1,3} ").replace("…", r"(?:[^ ]+ ){1,3}")


TABLE = STYLE.partition("| not | but |")[2].partition("## Exceptions")
LEFT = [
    phrase for row in TABLE[0].splitlines() for phrase in phrases(row.partition("|")[2].partition("|")[0])
]
BAD = re.compile(
    r"\b(?:" + "|".join(map(_pattern, sorted(LEFT, key=len, reverse=True))) + r")\b", re.IGNORECASE
)
EXCEPTIONS = re.compile("|".join(map(re.escape, phrases(TABLE[2]))), re.IGNORECASE)
QUOTED = re.compile(r"“[^”]*”")
QUOTED_IN_DOCUMENTS = re.compile(r"“[^”]*”|\"[^\"]*\"")


def bad_words(texts: Iterable[Sentence], quoted: re.Pattern = QUOTED) -> list[str]:
    """Words of the left column of docs/style.md, each with the text around it."""
    result = {}
    for line, text in texts:
        for match in BAD.finditer(EXCEPTIONS.sub("", quoted.sub("“”", text))):
            result[f"{match.group(0)}: {text} (line {line})"] = None
    return list(result)


def too_long(texts: Iterable[Sentence], limit: int) -> list[str]:
    """Sentences of more words than the limit, each with its count."""
    return [
        f"{words(sentence)} words: {sentence} (line {line})"
        for line, text in texts
        for sentence in split(text)
        if words(sentence) > limit
    ]


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_template(path):
    assert bad_words(all_branches(path)) + too_long(template_sentences(path), ON_PAGES) == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_strings(path):
    texts = list(python_sentences(path))
    assert bad_words(texts) + too_long(texts, ON_PAGES) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_document(path):
    texts = list(document_sentences(path))
    assert bad_words(texts, QUOTED_IN_DOCUMENTS) + too_long(texts, IN_DOCUMENTS) == []


def test_each_word_of_the_table_is_noticed_in_any_sentence():
    assert len(LEFT) > 80
    for phrase in LEFT:
        assert bad_words([(0, f"Please, {phrase.replace('…', 'three little words')} today.")]), phrase


def test_other_words_quotations_and_official_wording_are_left_alone():
    texts = [(0, "Somebody said “mend it”, as the duty of public bodies asks."), (0, "Nobody is embodied.")]
    assert bad_words(texts) == []


def test_what_a_page_says_is_read_without_its_code(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '{% comment %}mend{% endcomment %}<script>seat</script><p class="seat">You <b>can</b>{% if a %} go'
        '{% else %} go home now{% endif %}, {{ name }}.</p><a aria-label="Fix the seat">Go</a>'
        '{% nhsuk "button" text="Mend it" classes="app-seat big" %}'
    )
    assert {text for _, text in template_sentences(page)} == {
        "You can go home now, N.",
        "Go",
        "Mend it",
        "Fix the seat",
    }
    assert [text.split(":")[0] for text in bad_words(all_branches(page))] == ["Mend", "seat"]


def test_the_longest_way_through_a_sentence_counts():
    assert too_long([(0, "One two three. Four five: six seven eight nine.")], 3) == [
        "4 words: six seven eight nine. (line 0)"
    ]


def test_the_strings_of_a_module_are_read_without_docstrings_and_sql(tmp_path):
    module = tmp_path / "module.py"
    module.write_text(
        '"""Mend the seat."""\nx = f"Mend it, {x}" + " now"\ny = ("Two parts "\n"of one")\nz = "SELECT seat FROM x"\n'
    )
    assert list(python_sentences(module)) == [(2, "Mend it, N now"), (3, "Two parts of one")]


def test_a_document_is_read_without_code(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Seat\n\nUse `seat` and\n[this](seat.md).\n\n    seat map\n\n| a b | c d |\n")
    assert [text for _, text in document_sentences(page)] == ["Seat", "Use N and [this].", "a b", "c d"]
