"""What Django doesn't say about a template: a name that one block sets is empty in the next."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*.html"))
BLOCK = re.compile(r"{% block (\w+) %}(.*?){% endblock %}", re.DOTALL)
TAG = re.compile(r"{[%{](.*?)[%}]}", re.DOTALL)


def lost(page: str) -> set[str]:
    """Names that a block of the page uses, and only another block of it sets."""
    blocks = [text for _, text in BLOCK.findall(page)]
    made = [set(re.findall(r" as (\w+) %}", text)) for text in blocks]
    found = set()
    for text, own in zip(blocks, made, strict=True):
        names = set(re.findall(r"(?<![\w.])[a-z_]+(?![\w.])", " ".join(TAG.findall(text))))
        found |= names & (set().union(*made) - own)
    return found


@pytest.mark.parametrize("path", PAGES)
def test_no_block_uses_a_name_that_only_another_block_sets(path):
    assert lost((ROOT / path).read_text(encoding="utf-8")) == set()


def test_such_a_name_would_be_found():
    page = (
        "{% block a %}{% url 'x' as up %}{{ up }}{% endblock %}{% block b %}<a href='{{ up }}'>{% endblock %}"
    )
    assert lost(page) == {"up"}
