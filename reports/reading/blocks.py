"""A written report as blocks: its paragraphs, headings and list points in order, whatever file they came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from eds.text.markdown import Span, escaped, spans_to_markdown
from reports.reading.problems import Problem
from reports.reading.questions import Questions


@dataclass(frozen=True, kw_only=True)
class Block:
    """One paragraph. `text` is plain and without the point's mark; `source` is the line as the person sees it.

    "heading" is what the file itself marks as one. `number` is that of a numbered point, `depth` how deep a point
    stands in other points. `spans` are the text's parts where the file knows of bold words or links, `markdown` is
    for what has no plain form, such as a table; without both the text is shown as it is.
    """

    kind: Literal["heading", "line", "point", "numbered", "table"]
    text: str
    line: int
    source: str = ""
    number: int | None = None
    depth: int = 0
    level: int = 0  # of a heading, where the file tells it
    spans: tuple[Span, ...] = ()
    markdown: str | None = None
    form: object = None  # what a table of NHS England's template holds, see `template/forms.py`

    @property
    def is_point(self) -> bool:
        return self.kind in ("point", "numbered")

    @property
    def is_only_text(self) -> bool:
        """A point or a table: neither a heading nor a line that could be a label or a score."""
        return self.is_point or self.kind == "table"

    def as_markdown(self) -> str:
        if self.markdown is not None:
            return self.markdown
        return spans_to_markdown(self.spans) if self.spans else escaped(self.text)

    def starting(self, text: str) -> "Block":
        """The same block with nothing but its first words, which are `text`."""
        return replace(self, text=text, spans=(), markdown=None)

    def ending(self, text: str) -> "Block":
        """An ordinary line of the block's last words, which are `text`, as bold as they were."""
        start = len(self.text.rstrip()) - len(text)
        return replace(self, kind="line", text=text, spans=_cut(self.spans, start), number=None)


def _cut(spans: Sequence[Span], start: int) -> tuple[Span, ...]:
    """The spans without their first characters."""
    kept = []
    for span in spans:
        if start < len(span.text):
            kept.append(replace(span, text=span.text[max(start, 0) :]))
        start -= len(span.text)
    return tuple(kept)


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """A line of the source that is not in the report, with the reason. `number` is 0 for what has no place.

    `is_assumed` says that it is in the report, in a meaning that the file doesn't state.
    """

    number: int
    text: str
    why: str
    unit: str = "line"
    is_assumed: bool = False

    @property
    def place(self) -> str:
        """Where it stands, for example "paragraph 12"."""
        return f"{self.unit} {self.number}" if self.number else "outside the text"


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A comment in the margin of a Word file: whose, and the paragraph that it hangs on."""

    author: str
    text: str
    about: str = ""


class Notes:
    """What is refused, left out and to be asked while a report is read. `unit` is what its blocks are."""

    def __init__(self, skipped: Sequence[Skipped] = (), *, unit: str = "line"):
        self.problems: list[Problem] = []
        self.skipped = list(skipped)
        self.remarks: list[Remark] = []
        self.questions = Questions()
        self.unit = unit

    def refuse(self, block: Block, found: str, expected: str, *, is_of_line: bool = True) -> None:
        self.problems.append(
            Problem(
                found=found,
                expected=expected,
                line=block.line,
                text=block.source or block.text,
                unit=self.unit,
                is_of_line=is_of_line,
            )
        )

    def skip(self, block: Block, why: str) -> None:
        text = block.source or block.text
        self.skipped.append(Skipped(number=block.line, text=text, why=why, unit=self.unit))

    def assume(self, block: Block, why: str) -> None:
        """Names what was read in a meaning that the file does not state."""
        self.skip(block, why)
        self.skipped[-1] = replace(self.skipped[-1], is_assumed=True)


# What stands for a line that somebody corrected: by its number and its words, what it is to say; "" leaves it out.
Mended = Mapping[tuple[int, str], str]


def markdown_of(blocks: Sequence[Block]) -> str:
    """The blocks as Markdown: a blank line between paragraphs, points next to each other in one list."""
    return "\n\n".join(_run(run) for run in _runs(blocks))


def _runs(blocks: Sequence[Block]) -> list[list[Block]]:
    """Blocks of one kind next to each other; a point in another belongs to the list that it stands in."""
    runs: list[list[Block]] = []
    for block in blocks:
        above = runs[-1] if runs else []
        inside = block.kind != "table" and block.depth and above and above[0].is_point
        if above and (inside or (block.kind == above[0].kind and block.kind != "table")):
            above.append(block)
        else:
            runs.append([replace(block, depth=0) if block.depth else block])
    return runs


def _run(blocks: list[Block]) -> str:
    """One run. Numbers that Markdown would change (1, 2, 5) make paragraphs instead of a list."""
    if not blocks[0].is_point:
        return "\n\n".join(block.as_markdown() for block in blocks)
    numbers = [block.number for block in blocks if block.depth == 0 and block.is_point]
    first = numbers[0]
    if first is None or numbers in ([first] * len(numbers), list(range(first, first + len(numbers)))):
        return _list(blocks)
    return "\n\n".join(f"{block.number}\\. {block.as_markdown()}" for block in blocks)


def _list(blocks: list[Block]) -> str:
    """Points, each as far in as the words of the point that it stands in; a line goes on with the point above."""
    lines, indents = [], [0]
    for block in blocks:
        if not block.is_point:
            indent = " " * indents[min(block.depth, len(indents) - 1)]
            lines += ["", f"{indent}{block.as_markdown()}", ""]
            continue
        depth = min(block.depth, len(indents) - 1)
        mark = "- " if block.kind == "point" else f"{block.number}. "
        lines.append(f"{' ' * indents[depth]}{mark}{block.as_markdown()}")
        indents = [*indents[: depth + 1], indents[depth] + len(mark)]
    return "\n".join(lines)
