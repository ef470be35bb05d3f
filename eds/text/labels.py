"""The words for the values of `ReportContent`, so that no two formats of a report say it differently."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from eds.content import (
    Action,
    CaseStudy,
    Evidence,
    Group,
    Interest,
    Judgement,
    PanelMember,
    ReportContent,
    Section,
)
from eds.edition import SUM, Band, Domain, Edition
from eds.lists.national_groups import CORE20PLUS5, INCLUSION, PROTECTED, name_of
from eds.lists.represented_groups import names_in
from eds.totals import number_words

NOT_SCORED = "Not scored"
NOT_GRADED = "Not graded"  # in an edition without points
NOT_APPLICABLE = "Not applicable"
NOT_RECORDED = "Not recorded"
NOT_ASSESSED = "Not assessed"  # its domain was left out this year
NOT_CHOSEN = "No case study chosen"  # scored, and no case study is used for its domain yet

LEVELS = {
    "individual": "Individual organisation",
    "partnership": "Partnership of organisations",
    "ics": "The whole integrated care system",
}
INTEREST_CATEGORIES = {
    "works_for": "Works for the service",
    "uses": "Uses the service",
    "family_or_friend": "Family or friend",
    "financial": "Financial",
    "other": "Other",
}
GROUPS = dict(PROTECTED + INCLUSION + CORE20PLUS5)
STATUSES = {
    "not_started": "Not started",
    "on_track": "On track",
    "delayed": "Delayed",
    "complete": "Complete",
    "dropped": "Dropped",
}
STRENGTHS = {"figures": "Figures", "feedback": "Feedback", "narrative": "Narrative"}  # the strongest first
KINDS = {"file": "Document", "link": "Link", "quote": "Quote"}


def interest(said: Interest) -> str:
    """The category of a declared interest; one of before there were categories is "Other"."""
    return INTEREST_CATEGORIES[said.category or "other"]


def represented(content: ReportContent, member: PanelMember) -> str:
    """The name of the group that a member of the panel represents; "Not recorded" where nobody said."""
    code = member.interest or ""
    return names_in(content).get(code, code) or NOT_RECORDED


def source(item: Evidence) -> str:
    """Where evidence is from, the kind of its source first: "Survey: Patient experience team"; "" for neither."""
    return source_words(item.source_kind, item.source)


def source_words(kind: str | None, source: str | None) -> str:
    return ": ".join(part for part in (kind, source) if part)


def title(content: ReportContent) -> str:
    """The title of the report; one without a title of its own is called after its year."""
    return content.title or f"Equality Delivery System report {content.year}"


def score(edition: Edition, judgement: Judgement | None) -> str:
    """A score in words: "2 Achieving", "0 Undeveloped", "Not scored" or "Not applicable"."""
    return " ".join(part for part in score_parts(edition, judgement) if part)


def score_parts(edition: Edition, judgement: Judgement | None) -> tuple[str, str]:
    """A score as points and words, for example ("2", "Achieving") or ("", "Not scored").

    An edition without points has the grade alone. A half point, which only old reports have, has no grade.
    """
    if judgement is not None and judgement.not_applicable:
        return "", NOT_APPLICABLE
    if judgement is None or judgement.score is None:
        return "", NOT_SCORED if edition.has_points else NOT_GRADED
    names = {grade.score: grade.name for grade in edition.grades}
    points = number_words(judgement.score) if edition.has_points or judgement.score not in names else ""
    return points, names.get(judgement.score, "")


def difference(edition: Edition, own: Judgement, agreed: Judgement | None) -> str:
    """How the panel's score differs from the self-assessment: "Panel 1 point lower", or that one is missing."""
    if own.score is None or agreed is None or agreed.score is None:
        return "Not compared"
    points = agreed.score - own.score
    if points == 0:
        return "The same"
    way = "lower" if points < 0 else "higher"
    if not edition.has_points:
        return f"Panel {way}"
    return f"Panel {number_words(abs(points))} {'point' if abs(points) == 1 else 'points'} {way}"


def scores(edition: Edition) -> str:
    return "scores" if edition.has_points else "grades"


def scored(edition: Edition) -> str:
    return "scored" if edition.has_points else "graded"


def scale(edition: Edition) -> str:
    """The whole scale, lowest first: "0 Undeveloped, 1 Developing, 2 Achieving or 3 Excelling"."""
    return listed([score(edition, Judgement(score=grade.score)) for grade in edition.grades], "or")


def band(band: Band) -> str:
    """For example "8 to 21 Developing" or "33 Excelling"."""
    points = f"{band.lowest} to {band.highest}" if band.highest > band.lowest else str(band.lowest)
    return f"{points} {band.name}"


def domain(domain: Domain) -> str:
    return f"{domain.name}: {domain.title}"


def left_out(content: ReportContent) -> str:
    """Which domains the report is not about, for example "This report is not about Goals 2 and 3."; "" for none.

    Of those that were left out for a reason, the reason.
    """
    assessed = {study.domain for study in content.case_studies} | {each.domain for each in content.left_out}
    numbers = [str(domain.number) for domain in content.edition.domains if domain.number not in assessed]
    noun = content.edition.domain_noun
    rest = [f"This report is not about {named(noun, f'{noun}s', numbers)}."] if numbers else []
    return " ".join((*not_assessed(content), *rest))


def not_assessed(content: ReportContent) -> list[str]:
    """Each domain that was left out, with its reason: "Domain 2 was not assessed this year: The survey was late."."""
    return [
        f"{content.edition.domain(each.domain).name} was not assessed this year: {each.reason.rstrip('. ')}."
        for each in content.left_out
    ]


def heading(content: ReportContent, study: CaseStudy) -> str:
    """The name of a case study: "Case study 1: Dementia Vision"; or "Domain 2: Our staff"."""
    told = content.edition.domain(study.domain)
    if told.aggregation == SUM:
        return f"{told.name}: {study.title}"
    return f"Case study {study.number}: {study.title}"


def origin(study: CaseStudy) -> list[str]:
    """Whose panel scored it, where it was another one; where imported scores came from."""
    elsewhere = [f"Scored by the panel of {study.scored_by}."] if study.scored_by else []
    if study.origin != "imported" or not study.scores:
        return elsewhere
    source = f" from “{study.imported_from}”" if study.imported_from else ""
    on = f" on {day(study.imported_on)}" if study.imported_on else ""
    return [
        *elsewhere,
        f"Scores imported{source}{on}. The panel did not score this case study in the portal.",
    ]


def notes(study: CaseStudy) -> list[str]:
    """What a reader has to know of a case study: where its scores are from, and what was corrected, and when."""
    corrected = (f"Corrected on {day(each.on)}: {each.what.rstrip('. ')}." for each in study.corrections)
    return [*origin(study), *corrected]


def header(content: ReportContent) -> list[tuple[str, str]]:
    """The header block of NHS England's reporting template, in its order, and what each field says or ""."""
    header = content.header
    level = LEVELS.get(header.level or "", header.level or "")
    return [
        ("board sponsor or lead", header.board_sponsor or ""),
        ("integrated care system", content.organisation.ics or ""),
        ("EDS lead", header.eds_lead or ""),
        ("level", ": ".join(part for part in (level, listed(header.partners)) if part)),
        ("engagement dates", listed([day(date) for date in header.engagement_dates])),
        ("date completed", day(header.completed_on or "")),
        ("month published", day(header.published or "")),
        ("date authorised", day(header.authorised_on or "")),
        ("revision date", day(header.revision_date or "")),
    ]


def answers(action: Action) -> str:
    """What an action answers, for example "Outcome areas 1A and 1B; case study 2", or "" for nothing."""
    parts = [
        action.objective and f"equality objective: {action.objective}",
        named("outcome area", "outcome areas", action.outcomes),
        named("case study", "case studies", [str(number) for number in action.case_studies]),
    ]
    joined = "; ".join(part for part in parts if part)
    return joined[:1].upper() + joined[1:]


def named(one: str, several: str, items: Sequence[str]) -> str:
    """For example "outcome area 1A" or "outcome areas 1A and 1B"; "" where there is none."""
    return f"{one if len(items) == 1 else several} {listed(items)}" if items else ""


def section_heading(edition: Edition, section: Section) -> str:
    """A section's heading, which names its outcome area if it has one.

    One that is only the code gets the statement, "1A: Patients have …"; any other the code, "Waits (1A)".
    """
    code, heading = section.outcome, section.heading.strip(" .:)")
    if code and heading.upper() == code:
        return f"{code}: {edition.outcome(code).statement}"
    return section.heading if not code or code in heading else f"{section.heading} ({code})"


def strengths(kinds: Sequence[str]) -> str:
    """What kinds of proof there are: "figures, feedback"; "kind not given" where there is evidence and nobody said."""
    return ", ".join(STRENGTHS[strength].lower() for strength in kinds) or "kind not given"


def group(content: ReportContent, code: str) -> str:
    """The name of a group, as the report names it."""
    return group_of(content.groups, code)


def group_of(groups: Sequence[Group], code: str) -> str:
    """The name of a group; where neither these nor the national lists name it, one made from its code."""
    names = GROUPS | {group.code: group.name for group in groups}
    return names.get(code) or name_of(code)


def day(value: str) -> str:
    """An ISO 8601 date or month in words: "28 February 2025", "February 2025". All else stays as it is."""
    try:
        first = date.fromisoformat(value if len(value) > 7 else f"{value}-01")
    except ValueError:
        return value
    return f"{first.day} {first:%B %Y}" if len(value) > 7 else f"{first:%B %Y}"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """One; one and another; one, another and a third."""
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}" if len(parts) > 1 else "".join(parts)


def made_on(content: ReportContent) -> date:
    """The day that a file bears: authorised, published or completed, else the first of the report's year."""
    header = content.header
    for value in (header.authorised_on, header.published, header.completed_on, content.year[:4]):
        with suppress(ValueError):
            return date.fromisoformat(f"{value}-01-01"[:10])
    return date(2000, 1, 1)
