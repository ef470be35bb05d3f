"""What a cell says of an outcome area on lines of its own: "Rating: 2 - Achieving", "Owner: Head of access"."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from eds.edition import Edition
from eds.fields import SHORT
from reports.reading.blocks import Block
from reports.reading.prose import patterns
from reports.reading.template.cells.codes import Codes
from reports.reading.template.cells.ratings import Rating, ended_rating, grade_in, rating_of


@dataclass
class CellLines:
    """The blocks of a cell that are its text; what the others said."""

    text: list[Block] = field(default_factory=list)
    rating: Rating | None = None
    rated_by: Block | None = None  # the line of the rating
    owner: str = ""


def lines_of(
    blocks: Sequence[Block],
    edition: Edition,
    code: str,
    *,
    may_rate: bool,
    may_own: bool,
    names_outcome: bool = False,
) -> CellLines:
    """The cell's text, and the first rating and the first owner on lines of it, where the table has no column for them.

    `names_outcome` says that the cell is the one with the code, in which a bare figure is a rating.
    """
    lines = CellLines()
    for block in blocks:
        if may_rate and lines.rating is None and (rating := _rating(block, edition, code, names_outcome)):
            lines.rating, lines.rated_by = rating, block
        elif may_own and not lines.owner and (owned := _owner(block)):
            lines.owner = owned
        elif names_outcome and may_rate and lines.rating is None and (ended := _ended(block, edition, code)):
            words, lines.rating = ended
            lines.rated_by = block
            lines.text.append(block.starting(words))
        else:
            lines.text.append(block)
    return lines


def chosen_rating(blocks: Sequence[Block], edition: Edition, code: str) -> Rating | None:
    """Of a cell that lists the grades, the one in bold letters."""
    bold = [
        text
        for block in blocks
        for text in ([block.text] if block.level else [span.text for span in block.spans if span.bold])
    ]
    rating = rating_of(" ".join(bold), edition, code) if bold else None
    note = f"the grade in bold letters is read as the rating of {code}"
    return replace(rating, note=rating.note or note) if rating else None


def _rating(block: Block, edition: Edition, code: str, names_outcome: bool) -> Rating | None:
    if block.kind == "table":
        return None
    rated = patterns.RATED.fullmatch(block.text)
    if rated:
        return rating_of(rated.group(1), edition, code)
    is_plain = names_outcome or grade_in(block.text, edition)
    return rating_of(block.text, edition, code) if is_plain else None


def _owner(block: Block) -> str:
    owned = None if block.is_only_text else patterns.OWNED.fullmatch(block.text)
    return owned.group(1).strip() if owned and len(owned.group(1)) <= SHORT else ""


def _ended(block: Block, edition: Edition, code: str) -> tuple[str, Rating] | None:
    """The outcome area and its rating on one line: "1A: Patients … (Achieving – 2)"."""
    codes = Codes(edition)
    named = codes.named(block.text)
    words = named.words if named else block.text
    ended = ended_rating(words, edition, code)
    if ended is None or not codes.is_statement(code, ended[0]):
        return None
    return f"{code}: {ended[0]}", ended[1]
