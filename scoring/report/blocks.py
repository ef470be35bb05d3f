"""A written report as blocks: its paragraphs, headings and list points in order, whatever file they came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from scoring.markdown import escaped
from scoring.report.problems import Problem


@dataclass(frozen=True, kw_only=True)
class Block:
    """One paragraph. `text` is plain and without the point's mark; `source` is the line as the person sees it.

    "heading" is what the file itself marks as one. `number` is that of a numbered point. `markdown` is for a file
    that knows of bold words or links; without it the text is shown as it is.
    """

    kind: Literal["heading", "line", "point", "numbered"]
    text: str
    line: int
    source: str = ""
    number: int | None = None
    markdown: str | None = None

    @property
    def is_point(self) -> bool:
        return self.kind in ("point", "numbered")

    def as_markdown(self) -> str:
        return escaped(self.text) if self.markdown is None else self.markdown


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """A line of the source that is not in the report, with the reason."""

    number: int
    text: str
    why: str


class Notes:
    """What is refused and what is left out while a report is read."""

    def __init__(self, skipped: Sequence[Skipped] = ()):
        self.problems: list[Problem] = []
        self.skipped = list(skipped)

    def refuse(self, block: Block, found: str, expected: str) -> None:
        text = block.source or block.text
        self.problems.append(Problem(found=found, expected=expected, line=block.line, text=text))

    def skip(self, block: Block, why: str) -> None:
        self.skipped.append(Skipped(number=block.line, text=block.source or block.text, why=why))


def markdown_of(blocks: Sequence[Block]) -> str:
    """The blocks as Markdown: a blank line between paragraphs, points next to each other in one list."""
    runs = [list(run) for _, run in groupby(blocks, key=lambda block: block.kind)]
    return "\n\n".join(_run(run) for run in runs)


def _run(blocks: list[Block]) -> str:
    """Blocks of one kind. Numbers that Markdown would change (1, 2, 5) make paragraphs instead of a list."""
    if blocks[0].kind == "point":
        return "\n".join(f"- {block.as_markdown()}" for block in blocks)
    if blocks[0].kind == "numbered":
        first = blocks[0].number
        numbers = [block.number for block in blocks]
        if numbers in ([first] * len(blocks), list(range(first, first + len(blocks)))):
            return "\n".join(f"{block.number}. {block.as_markdown()}" for block in blocks)
        return "\n\n".join(f"{block.number}\\. {block.as_markdown()}" for block in blocks)
    return "\n\n".join(block.as_markdown() for block in blocks)
