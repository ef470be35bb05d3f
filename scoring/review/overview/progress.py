"""How far each case study and each domain of a review is: the figures of the review's page, from its rows.

The number of queries does not grow with the number of case studies. What only the equality lead may know is read for
nobody else, and nothing is read of scores that are not revealed but who has submitted them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import formats

from casestudies.models import CaseStudy, Domain, Handover, Review, SharedCaseStudy
from casestudies.reviews.roles import Standing
from casestudies.writing.versions import has_changed
from eds import stages
from eds.content import ReportContent
from eds.totals import Results, Total, results
from scoring.panel.progress import DECLARED, NOT_STARTED, STARTED, Seat
from scoring.scores import own_work

SENT, RETURNED, CHANGED, READY, WRITING = (
    *("Sent for review", "Returned to its authors", "Changed since it was accepted"),
    *("Ready for scoring", "Being written"),
)
COLOURS = {
    SENT: "orange",
    RETURNED: "yellow",
    CHANGED: "yellow",
    READY: "aqua-green",
    WRITING: "blue",
    stages.SCORING: "purple",
    stages.MEETING: "yellow",
    stages.AGREED: "green",
}
WORKED_ON = (
    *("authors", "versions", "handovers", "sections__outcome_area"),
    *("evidence__outcome_areas", "evidence__groups", "domain__outcome_areas"),
)


@dataclass(frozen=True, kw_only=True)
class Written:
    """What is there of a case study while it is written.

    `evidence` says for each outcome area whether any evidence is linked to it.
    """

    authors: tuple[str, ...]
    words: int
    evidence: tuple[tuple[str, bool], ...]
    state: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One case study of a review.

    `total` is its agreed total in words, and `agreed` says how many of its outcome areas have an agreed score: each
    None where this person may not see it. `waiting` are the members who have not submitted, of `scorers`; both, and
    `written`, are for the equality lead. `shared` is set where another organisation shares it.
    """

    case_study: CaseStudy
    number: int
    total: str | None = None
    agreed: tuple[int, int] | None = None
    written: Written | None = None
    scorers: int = 0
    waiting: tuple[str, ...] = ()
    own: str = ""  # how far the person has come with scoring it, where they are on its panel
    can_change: bool = False
    shared: SharedCaseStudy | None = None

    @property
    def name(self) -> str:
        return str(self.shared or self.case_study)

    @property
    def title(self) -> str:
        return self.case_study.title

    @property
    def stage(self) -> str:
        return self.case_study.stage

    @property
    def is_agreed(self) -> bool:
        return self.stage == stages.AGREED

    @property
    def is_barred(self) -> bool:
        """Did the person declare an interest in it, so that they see none of its scores?"""
        return self.own == own_work.DECLARED

    @property
    def has_meeting(self) -> bool:
        """May the panel's meeting about it be opened by somebody who sees meetings of the review?"""
        return not self.is_barred and self.stage in stages.REVEALED

    @property
    def submitted(self) -> int:
        return self.scorers - len(self.waiting)

    @property
    def status(self) -> str:
        if self.is_agreed and self.total:
            return f"Agreed {self.total}"
        return self.written.state if self.written else self.case_study.stage_name

    @property
    def colour(self) -> str:
        """Of the tag that shows its status."""
        return COLOURS.get(self.status) or COLOURS.get(self.stage, "blue")

    @property
    def details(self) -> list[str]:
        """What is known of it, in a few words each."""
        parts = [f"Scored by the panel of {self.shared.home.organisation}"] if self.shared else []
        if self.own:
            parts.append(self.case_study.stage_name)
        if self.written:
            parts += [", ".join(self.written.authors) or "No author", _words(self.written.words)]
        if self.stage == stages.SCORING and self.scorers:
            parts.append(f"{self.submitted} of {self.scorers} submitted")
        if self.stage == stages.SCORING and not self.shared and (day := self.case_study.scoring_closes_on):
            parts.append(f"closes on {formats.date_format(day, 'j F')}")
        if self.stage == stages.MEETING and self.agreed:
            parts.append(f"{self.agreed[0]} of {self.agreed[1]} scores agreed")
        return parts


def _words(count: int) -> str:
    return "1 word" if count == 1 else f"{count:,} words"


@dataclass(frozen=True, kw_only=True)
class DomainLine:
    """Where one domain is: a figure, or a dash, and a few words."""

    name: str
    figure: str
    text: str
    is_done: bool


@dataclass(frozen=True, kw_only=True)
class Progress:
    """All of it for one person. `figures` and `content` are None for people who may not see agreed scores now."""

    lines: list[Line]
    offered: list[SharedCaseStudy]
    content: ReportContent | None
    figures: Results | None
    seats: list[Seat] = field(default_factory=list)

    def at(self, *chosen: str) -> list[Line]:
        """Its own case studies at these stages."""
        return [line for line in self.lines if line.shared is None and line.stage in chosen]

    def in_state(self, *chosen: str) -> list[Line]:
        """Its own case studies that are being written and are this far."""
        return [line for line in self.lines if line.written and line.written.state in chosen]


def progress_of(
    review: Review, standing: Standing, content: ReportContent | None, seats: Sequence[Seat] | None = None
) -> Progress:
    """`content` is the review's `scored_content`, for people who may see agreed scores.

    `seats` are the places on its panel, for the equality lead, who also sees what is written; None for all others.
    """
    figures = results(content) if content else None
    shared = list(SharedCaseStudy.objects.visible_to(standing.user).offered_in(review).shown())
    totals = {each.number: each.total for each in figures.case_studies} if figures else {}
    lines = _own_lines(review, standing, totals, seats)
    lines += [
        Line(
            case_study=row.case_study,
            number=row.number,
            shared=row,
            **_figures(row.case_study, totals.get(row.number)),
        )
        for row in shared
        if row.is_accepted
    ]
    return Progress(
        lines=sorted(lines, key=lambda line: line.number),
        offered=[row for row in shared if not row.is_accepted],
        content=content,
        figures=figures,
        seats=list(seats or ()),
    )


def _own_lines(
    review: Review, standing: Standing, totals: Mapping[int, Total], seats: Sequence[Seat] | None
) -> list[Line]:
    """The review's own case studies; `totals` are their agreed ones by number."""
    mine = CaseStudy.objects.visible_to(standing.user).filter(review=review)
    rows = list(mine.select_related("domain", "review"))
    written = {} if seats is None else _written(rows)
    waiting = _waiting(seats or ())
    own = own_work.own_statuses(review, standing.user) if standing.is_member else {}
    return [
        Line(
            case_study=row,
            number=row.number,
            written=written.get(row.pk),
            scorers=len(waiting[row.pk]),
            waiting=tuple(name for name, has_submitted in waiting[row.pk] if not has_submitted),
            own=_own(row, own.get(row.pk, "")),
            can_change=standing.may("change_case_study", row),
            **_figures(row, totals.get(row.number)),
        )
        for row in rows
    ]


def _own(row: CaseStudy, status: str) -> str:
    """Said while members score, and for what they still have to do or may not see."""
    return status if row.stage in (stages.SCORING, stages.MEETING) or status == own_work.DECLARED else ""


def _figures(row: CaseStudy, total) -> dict:
    if total is None or row.stage not in stages.REVEALED:
        return {}
    done = len(total.scored) + len(total.not_applicable)
    return {"total": total.words, "agreed": (done, done + len(total.missing) + len(total.abstained))}


def _written(rows: Iterable[CaseStudy]) -> dict[int, Written]:
    """For those that are being written."""
    chosen = CaseStudy.objects.filter(pk__in=[row.pk for row in rows if row.stage == stages.WRITING])
    return {row.pk: _one_written(row) for row in chosen.select_related("domain").prefetch_related(*WORKED_ON)}


def _one_written(row: CaseStudy) -> Written:
    covered = {area.code for item in row.evidence.all() for area in item.outcome_areas.all()}
    return Written(
        authors=tuple(author.name for author in row.authors.all()),
        words=sum(len(section.body.split()) for section in row.sections.all()),
        evidence=tuple((area.code, area.code in covered) for area in row.domain.outcome_areas.all()),
        state=_state(row),
    )


def _state(row: CaseStudy) -> str:
    handovers = sorted(row.handovers.all(), key=lambda handover: handover.pk)
    if any(handover.state == Handover.State.WAITING for handover in handovers):
        return SENT
    if handovers and handovers[-1].state == Handover.State.RETURNED:
        return RETURNED
    if not row.versions.all():
        return WRITING
    return CHANGED if has_changed(row) else READY


def _waiting(seats: Iterable[Seat]) -> dict[int, list[tuple[str, bool]]]:
    """By case study: the members who score it, and whether each has submitted."""
    members = defaultdict(list)
    for seat in seats:
        if seat.member.declined_at is None and seat.member.is_counted:
            for row, status in seat.progress:
                if status != DECLARED:
                    members[row.pk].append((seat.member.name, status not in (STARTED, NOT_STARTED)))
    return members


def domain_lines(review: Review, figures: Results | None) -> list[DomainLine]:
    """Where each domain of the review's edition is; `figures` for people who may see agreed scores now."""
    at = defaultdict(list)
    for domain, stage in CaseStudy.objects.standing_in(review).values_list("domain", "stage"):
        at[domain].append(stage)
    left_out = set(review.left_out_domains.values_list("domain", flat=True))
    totals = {each.number: each for each in figures.domains} if figures else {}
    return [
        _domain(domain, at[domain.pk], totals.get(domain.number), is_left_out=domain.pk in left_out)
        for domain in Domain.objects.filter(framework=review.framework_id).order_by("number")
    ]


def _domain(domain: Domain, at: Collection[str], result, *, is_left_out: bool) -> DomainLine:
    if is_left_out or not at:
        text = "Not assessed this year" if is_left_out else "No case study"
        return DomainLine(name=str(domain), figure="–", text=text, is_done=is_left_out)
    agreed, many = list(at).count(stages.AGREED), len(at)
    is_done = agreed == many
    if is_done and result and result.total is not None:
        return DomainLine(name=str(domain), figure=result.words, text="agreed", is_done=True)
    if many == 1:
        return DomainLine(name=str(domain), figure="–", text=stages.NAMES[at[0]].lower(), is_done=is_done)
    rest = stages.counted([stage for stage in at if stage != stages.AGREED])
    text = f"agreed, {rest}" if rest else "agreed"
    return DomainLine(name=str(domain), figure=f"{agreed} of {many}", text=text, is_done=is_done)
