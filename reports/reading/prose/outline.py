"""Where the parts of a written report begin: front matter, case studies, recommendations."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from eds.edition import Edition
from eds.fields import SHORT
from eds.totals import Points, whole
from reports.reading.blocks import Block, Notes
from reports.reading.prose import patterns
from reports.reading.template.forms import OfDomain, OutcomeTable, OutOfCaseStudy, Service
from reports.reading.template.outcomes.services import OF_THE_REPORT as FORMS_OF_THE_REPORT

OF_THE_REPORT = (*FORMS_OF_THE_REPORT, OutOfCaseStudy)
FRONT, CASE_STUDY, LISTED, RECOMMENDATIONS = "front", "case study", "listed", "recommendations"


@dataclass(frozen=True, kw_only=True)
class CaseHeading:
    """A line that names a case study: "Case study 2: Dementia Vision – 4/12". `figure` is its 4, if it has one."""

    number: int
    title: str
    figure: Points | None
    block: Block
    domain: int | None = None  # where its tables say it


@dataclass
class Part:
    """A run of blocks. `case` names the case study that it tells, or that it lists (contents, summary of scores)."""

    kind: str
    heading: Block | None = None
    case: CaseHeading | None = None
    blocks: list[Block] = field(default_factory=list)


def parts_of(blocks: Sequence[Block], edition: Edition, notes: Notes) -> list[Part]:
    """The parts in order, the first of them front matter. A list of contents is skipped."""
    parts = [Part(FRONT)]
    for block in _without_contents(blocks, notes):
        _place(block, parts, edition)
    _find_listed(parts, edition, notes)
    return _keep_late_recommendations(parts)


def _without_contents(blocks: Sequence[Block], notes: Notes) -> list[Block]:
    kept, inside = [], False
    for block in blocks:
        entry = inside and len(block.text) <= SHORT and patterns.CONTENTS_ENTRY.fullmatch(block.text)
        inside = bool(patterns.CONTENTS.fullmatch(block.text) or entry)
        if inside:
            notes.skip(block, "the list of contents")
        else:
            kept.append(block)
    return kept


def _place(block: Block, parts: list[Part], edition: Edition) -> None:
    """Adds the block to the last part, or starts a part with it."""
    case = None if block.is_only_text else _case_heading(block, edition)
    if case is not None:
        parts.append(Part(CASE_STUDY, block, case))
    elif isinstance(block.form, OF_THE_REPORT) and parts[-1].kind != FRONT:
        parts.append(Part(FRONT, blocks=[block]))
    elif not block.is_only_text and patterns.RECOMMENDATIONS.fullmatch(block.text):
        parts.append(Part(RECOMMENDATIONS, block))
    elif parts[-1].kind == CASE_STUDY and not block.is_only_text and patterns.DOMAIN.fullmatch(block.text):
        parts.append(Part(FRONT, blocks=[block]))
    else:
        parts[-1].blocks.append(block)


def _case_heading(block: Block, edition: Edition) -> CaseHeading | None:
    if isinstance(block.form, Service):
        form = block.form
        return CaseHeading(number=form.number, title=form.title, figure=None, block=block, domain=form.domain)
    match = patterns.CASE_STUDY.fullmatch(block.text)
    if match is None or len(block.text) > SHORT:
        return None
    title, figure = (match.group(2) or "").strip(), None
    claimed = patterns.FIGURE.fullmatch(title)
    if claimed and _is_a_total(claimed.group(2), claimed.group(3), edition):
        title, figure = claimed.group(1), whole(float(claimed.group(2)))
    domain = block.form.domain if isinstance(block.form, OfDomain) else None
    return CaseHeading(number=int(match.group(1)), title=title, figure=figure, block=block, domain=domain)


def _is_a_total(points: str, out_of: str, edition: Edition) -> bool:
    full = {str(edition.highest * len(domain.outcomes)) for domain in edition.domains}
    return bool(patterns.NUMBER.fullmatch(points)) and out_of in full


def _find_listed(parts: list[Part], edition: Edition, notes: Notes) -> None:
    """Of the parts that name one case study, all but the one that tells it are entries of a list."""
    named: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        if part.kind == CASE_STUDY:
            named[part.case.number].append(part)
    for number, same in named.items():
        if not 1 <= number <= 9999:
            notes.refuse(same[0].heading, f"case study {number}", "a number from 1 to 9999")
        fullest = max(same, key=lambda part: _substance(part, edition))
        for part in same:
            if part is fullest:
                continue
            if _is_listed(part, fullest, edition):
                part.kind = LISTED
            else:
                notes.refuse(part.heading, f"case study {number} twice", "each number once")


def _is_listed(part: Part, fullest: Part, edition: Edition) -> bool:
    """An entry of a list has the same title and no text below, or a total and no scores below."""
    substance = _substance(part, edition)
    if part.case.figure is not None:
        return substance < 2
    return substance == 0 and patterns.folded(part.case.title) == patterns.folded(fullest.case.title)


def _substance(part: Part, edition: Edition) -> int:
    """2 where a part holds scores, 1 where it holds text, 0 where it holds headings or nothing."""
    code = patterns.code_pattern(edition)
    lines = [code.fullmatch(block.text) for block in part.blocks if not block.is_point]
    if any(found and patterns.score(found.group(2) or "") for found in lines):
        return 2
    if any(isinstance(block.form, OutcomeTable) for block in part.blocks):
        return 2
    headings = [block.kind == "heading" or _is_known(block.text) for block in part.blocks]
    return 0 if all(headings) else 1


def _is_known(text: str) -> bool:
    return text.casefold() in patterns.SECTIONS or patterns.SCORING.fullmatch(text) is not None


def _keep_late_recommendations(parts: list[Part]) -> list[Part]:
    """Recommendations before the last case study are a section of the part they stand in."""
    last = max((place for place, part in enumerate(parts) if part.kind == CASE_STUDY), default=0)
    kept: list[Part] = []
    for place, part in enumerate(parts):
        if part.kind == RECOMMENDATIONS and place < last:
            kept[-1].blocks += [replace(part.heading, kind="heading"), *part.blocks]
        else:
            kept.append(part)
    return kept
