"""How the panel worked: who was represented, how scores came about, how far members' own scores lay apart. Pure."""

from collections import Counter

from django.utils.text import capfirst

from eds import labels
from eds.content import ReportContent, Spread
from eds.edition import Domain
from reports.writing import svg
from reports.writing.tables import Cell, Table, make_table

DOWN = 8  # case studies of one picture
OUTSIDE = ("service_user", "carer", "vcse", "healthwatch", "local_authority", "independent_evaluator")
ALONE = (
    "Each member scored alone and gave a reason, without seeing what others gave. The panel then saw all scores and "
    "agreed one for each outcome area."
)
AGREEMENT = {
    "high": "Members’ own scores agreed closely: Krippendorff’s alpha was 0.8 or more.",
    "fair": "Members’ own scores agreed on the whole: Krippendorff’s alpha was between 0.67 and 0.8.",
    "low": "Members’ own scores differed: Krippendorff’s alpha was below 0.67, so they talked before agreeing.",
}
ALPHA = "An alpha of 1 is full agreement, and 0 is what chance alone would bring about."
PRIVATE = (
    "Nothing is said about members’ own scores where fewer than five of them scored, and one point apart is told "
    "together with none, so that nobody’s score can be read from this report."
)
NO_AGREEMENT = "No figure of agreement is given."


def has_part(content: ReportContent) -> bool:
    return bool(content.panel or content.panel_work or content.panel_scores.spreads)


def sentences(content: ReportContent) -> list[str]:
    """What the software can say of the panel's work."""
    said = []
    if content.panel:
        outside = sum(member.interest in OUTSIDE for member in content.panel)
        members = "1 member" if len(content.panel) == 1 else f"{len(content.panel)} members"
        said.append(f"The panel had {members}. From outside the NHS: {outside or 'none'}.")
    found = content.panel_scores
    if found.spreads:
        agreement = f"{AGREEMENT[found.agreement]} {ALPHA}" if found.agreement else NO_AGREEMENT
        said += [ALONE, agreement, PRIVATE]
    return said


def represented(content: ReportContent) -> Table | None:
    """How many members spoke for whom, most first."""
    if not content.panel:
        return None
    names = {code: labels.INTERESTS.get(code, code) for code in labels.INTERESTS}
    counts = Counter(names.get(member.interest or "", labels.NOT_RECORDED) for member in content.panel)
    rows = [
        (name, str(count)) for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return make_table("represented", "Who was represented", ("Interest", "Members"), rows)


def spreads(content: ReportContent) -> list[tuple[Table, list[str]]]:
    """For each domain with something to say: how far scores lay apart, as a table and as pictures of it."""
    return [
        (_table(content, domain, found), _pictures(content, domain, found))
        for domain in content.edition.domains
        if (found := told(content, domain))
    ]


def told(content: ReportContent, domain: Domain) -> list[tuple[str, int, Spread]]:
    """Name and number of each case study of the domain, and what is told of it; none where nothing is told of any."""
    by_number = {spread.case_study: spread for spread in content.panel_scores.spreads}
    studies = [study for study in content.case_studies if study.domain == domain.number]
    if not any(study.number in by_number and by_number[study.number].apart for study in studies):
        return []
    return [
        (labels.heading(content, study), study.number, by_number[study.number])
        for study in studies
        if study.number in by_number
    ]


def _table(content: ReportContent, domain: Domain, found: list[tuple[str, int, Spread]]) -> Table:
    rows = [
        (
            Cell(text=name, case_study=number),
            str(spread.members),
            *(capfirst(_apart(content, spread, code)) for code in domain.codes),
        )
        for name, number, spread in found
    ]
    return make_table("spread", _caption(domain), ("Case study", "Members who scored", *domain.codes), rows)


def _caption(domain: Domain) -> str:
    return f"How far members’ scores lay apart: {domain.name}"


def _apart(content: ReportContent, spread: Spread, code: str) -> str:
    """For example "1 point or none", "2 points", or "not told"."""
    noun = "point" if content.edition.has_points else "grade"
    points = spread.apart.get(code)
    if points is None:
        return "not told"
    return f"1 {noun} or none" if points == 1 else f"{points} {noun}s"


def _pictures(content: ReportContent, domain: Domain, found: list[tuple[str, int, Spread]]) -> list[str]:
    rows = [(name, [_spot(content, spread, code) for code in domain.codes]) for name, _, spread in found]
    return [
        svg.grid(title=_caption(domain), columns=domain.codes, rows=rows[top : top + DOWN])
        for top in range(0, len(rows), DOWN)
    ]


def _spot(content: ReportContent, spread: Spread, code: str) -> svg.Spot:
    points = spread.apart.get(code)
    return svg.Spot(
        share=(points or 0) / content.edition.highest,
        mark="–" if points is None else str(points),
        words=_apart(content, spread, code),
    )
