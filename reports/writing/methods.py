"""What a report says about itself: how it was made, what its words mean, in which forms it can be had. Pure."""

from collections import Counter

from django.utils.text import capfirst

from eds.content import ReportContent, Spread
from eds.edition import MIDDLE_CASE_STUDY, SUM, Domain
from eds.lists.represented_groups import outside_in
from eds.report_parts import METHODS
from eds.text import labels
from reports.writing.drawing import svg
from reports.writing.tables import Cell, Table, make_table

TERMS = (
    (
        "Agreed score",
        "the score that the panel agrees for an outcome area, after its members scored alone",
    ),
    ("Case study", "a description of a service, or of work for staff or by leaders, that the panel scores"),
    ("Equality Delivery System (EDS)", "the NHS’s way to rate how well an organisation serves everyone"),
    ("Evidence", "a document, a link or a quote that supports a case study"),
    ("Healthwatch", "the organisation that represents people who use health and care services"),
    ("Inclusion health groups", "people who services often miss, for example people who are homeless"),
    ("Integrated care board (ICB)", "the NHS organisation that plans and pays for services in an area"),
    (
        "Integrated care system (ICS)",
        "all the organisations that plan and provide health and care in an area",
    ),
    ("Outcome area", "one of the questions used to score a case study, with a code such as {code}"),
    ("Panel", "the people who score: patients, community groups, unions, staff and others"),
    (
        "Protected characteristics",
        "the nine characteristics protected by the Equality Act 2010, such as age or race",
    ),
    (
        "Public Sector Equality Duty",
        "what section 149 of the Equality Act 2010 requires of public organisations",
    ),
    ("VCSE", "voluntary organisations, community groups and social enterprises"),
)
FORMS = (
    "This report is available as a web page, a PDF, a large-print PDF and an easy-read PDF. There is also a Word file, "
    "an Excel file, and data (CSV and JSON). All give the same figures. You can find them on the web page of the "
    "report."
)


ALPHA = (
    "How closely members’ own scores agreed was measured with Krippendorff’s alpha: 0.8 or more is close, below 0.67 "
    "is not."
)


def methods(content: ReportContent) -> list[str]:
    """How the figures came about, by the rules of the edition; nothing where the lead left that out of the report."""
    if METHODS in content.omitted:
        return []
    edition = content.edition
    lines = [f"Each outcome area of a case study is {labels.scored(edition)} {labels.scale(edition)}."]
    if edition.has_points:
        lines += _aggregation(content)
        lines.append("Outcome areas that were not scored are marked “not scored” and never counted as 0.")
    if edition.bands:
        bands = labels.listed([labels.band(band) for band in edition.bands])
        lines.append(
            "The organisation is rated only when every outcome area of every "
            f"{edition.domain_noun.lower()} is scored: {bands}."
        )
    lines += labels.not_assessed(content)
    if content.panel_scores.agreement:
        lines.append(ALPHA)
    lines.append(
        "All totals, ratings and comparisons were worked out by software from the scores that the panel agreed. "
        "The same software checked the report for mistakes before it was published."
    )
    return [*lines, f"Source of the wording and rules: {edition.source}"] if edition.source else lines


def _aggregation(content: ReportContent) -> list[str]:
    lines, edition = [], content.edition
    middle = [domain.name for domain in edition.domains if domain.aggregation == MIDDLE_CASE_STUDY]
    added = [domain.name for domain in edition.domains if domain.aggregation == SUM]
    if middle:
        lines.append(
            f"The result of {labels.listed(middle)} is the total of the middle one of its three case studies. If there "
            "is no middle one, a named person chooses the one to use, and the report says who and why."
        )
    if added:
        lines.append(f"The result of {labels.listed(added)} is the sum of the scores of its outcome areas.")
    return lines


def glossary(content: ReportContent) -> Table:
    code = content.edition.domains[0].codes[0]
    rows = [(term, f"{meaning[:1].upper()}{meaning[1:]}.".format(code=code)) for term, meaning in TERMS]
    return make_table("glossary", "What the words mean", ("Word", "Meaning"), rows)


def other_forms(content: ReportContent) -> list[str]:
    """In which forms the report is available, and who to ask for another one."""
    ask = content.contact or content.organisation.name
    other = "braille, audio, British Sign Language or another language"
    return [FORMS, f"To get it in another format, such as {other}, please ask: {ask}"]


def head_of_log(audit_head: str) -> str:
    """What an auditor compares with `verify_audit --head`; "" for a report that is not published."""
    return f"Audit log, just before this edition was published: {audit_head}" if audit_head else ""


def approval(content: ReportContent) -> str:
    """Who approved the report; "" where nobody is recorded."""
    approved = content.approval
    if approved is None:
        return ""
    return f"Approved by {approved.approved_by} for {approved.committee} on {labels.day(approved.date)}."


def plan(content: ReportContent) -> Table:
    """Whose the action plan is, as NHS England's reporting template asks."""
    header = content.header
    rows = [
        ("EDS lead", header.eds_lead or labels.NOT_RECORDED),
        ("Year active", content.year),
        ("EDS sponsor", header.board_sponsor or labels.NOT_RECORDED),
        ("Authorisation date", labels.day(header.authorised_on or "") or labels.NOT_RECORDED),
    ]
    return make_table("plan", "About the action plan", ("What", "Answer"), rows)


# How the panel worked: who was represented, how scores came about, how far members' own scores lay apart. Pure.

DOWN = 8  # case studies of one picture
ALONE = (
    "Each member scored alone and gave a reason, without seeing other members’ scores. The panel then saw all scores "
    "and agreed one for each outcome area."
)
AGREEMENT = {
    "high": "Members’ own scores agreed closely.",
    "fair": "Members’ own scores agreed on the whole.",
    "low": "Members’ own scores differed, so they discussed them before agreeing.",
}
PRIVATE = (
    "To keep members’ own scores private, this report does not describe them if fewer than five members scored. It "
    "counts a spread of one point together with none, so that no one’s score can be worked out."
)
IMPORTED = (
    "What this report says about the spread of members’ scores was imported from another report. Their scores are not "
    "in the portal."
)
NO_AGREEMENT = "No figure of agreement is given."


def has_part(content: ReportContent) -> bool:
    return bool(content.panel or content.panel_work or content.panel_scores.spreads)


def from_outside(content: ReportContent) -> int:
    """How many members of the panel are from outside the NHS."""
    outside = outside_in(content)
    return sum(member.interest in outside for member in content.panel)


def people_who_scored(content: ReportContent) -> tuple[int, int]:
    """How many people scored, and how many of them are from outside the NHS: 0 where that is not known.

    Where it is not known who scored, all of the panel.
    """
    people = content.panel_scores.people
    if people is None or people == len(content.panel):
        return len(content.panel), from_outside(content)
    return people, 0


def sentences(content: ReportContent) -> list[str]:
    """What the software can say of the panel's work."""
    lines = []
    if content.panel:
        outside = from_outside(content)
        members = "1 member" if len(content.panel) == 1 else f"{len(content.panel)} members"
        lines.append(f"The panel had {members}. From outside the NHS: {outside or 'none'}.")
    if (people := content.panel_scores.people) is not None:
        lines.append("1 person scored." if people == 1 else f"{people} people scored.")
    panel = content.panel_scores
    imported = {study.number for study in content.case_studies if study.origin == "imported"}
    if any(spread.case_study in imported for spread in panel.spreads):
        lines.append(IMPORTED)
    elif panel.spreads:
        agreement = AGREEMENT[panel.agreement] if panel.agreement else NO_AGREEMENT
        lines += [ALONE, agreement, PRIVATE]
    return lines


def represented(content: ReportContent) -> Table | None:
    """How many members spoke for whom, most first."""
    if not content.panel:
        return None
    counts = Counter(labels.represented(content, member) for member in content.panel)
    rows = [
        (name, str(count)) for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return make_table("represented", "Who was represented", ("Interest", "Members"), rows)


def spreads(content: ReportContent) -> list[tuple[Table, list[str]]]:
    """For each domain with something to say: how far scores lay apart, as a table and as pictures of it."""
    return [
        (_table(content, domain, spreads_told), _pictures(content, domain, spreads_told))
        for domain in content.edition.domains
        if (spreads_told := told(content, domain))
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


def _table(content: ReportContent, domain: Domain, spreads_told: list[tuple[str, int, Spread]]) -> Table:
    rows = [
        (
            Cell(text=name, case_study=number),
            str(spread.members),
            *(capfirst(_apart(content, spread, code)) for code in domain.codes),
        )
        for name, number, spread in spreads_told
    ]
    return make_table("spread", _caption(domain), ("Case study", "Members who scored", *domain.codes), rows)


def _caption(domain: Domain) -> str:
    return f"Spread of members’ scores: {domain.name}"


def _apart(content: ReportContent, spread: Spread, code: str) -> str:
    """For example "1 point or none", "2 points", or "not told"."""
    noun = "point" if content.edition.has_points else "grade"
    points = spread.apart.get(code)
    if points is None:
        return "not told"
    return f"1 {noun} or none" if points == 1 else f"{points} {noun}s"


def _pictures(
    content: ReportContent, domain: Domain, spreads_told: list[tuple[str, int, Spread]]
) -> list[str]:
    rows = [
        (name, [_spot(content, spread, code) for code in domain.codes]) for name, _, spread in spreads_told
    ]
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
