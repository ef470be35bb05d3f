"""What a panel's meeting has before it for one case study: every member's scores, what they suggest, what is agreed."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.text import capfirst

from casestudies.models import CaseStudy, DeclaredInterest, FixedPlace, OutcomeArea, PanelMember
from eds.content import Judgement
from eds.edition import Edition
from eds.scores.agreement import (
    Agreement,
    Distribution,
    Proposal,
    agreement,
    agreement_words,
    distribution,
    proposal,
)
from eds.text import labels as words
from reports.writing.drawing import svg
from scoring.models import AgreedScore, Score, SelfAssessment
from scoring.review.content import points


@dataclass(frozen=True, kw_only=True)
class Line:
    """One member's score of one outcome area, in words; and who entered it, where it came on paper."""

    name: str
    entered_by: str
    words: str
    rationale: str
    is_own: bool = False  # of the person who looks at it
    changed_because: str = ""  # after the reveal, for this reason


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One outcome area. `picture` is an SVG of how many gave each score, "" where nobody has submitted."""

    area: OutcomeArea
    lines: list[Line]
    distribution: list[tuple[str, str]]
    picture: str
    proposal: Proposal
    agreed: AgreedScore | None
    agreed_words: str
    own: SelfAssessment | None  # what the body gave itself
    own_words: str

    @property
    def mine(self) -> Line | None:
        """The score of the person who looks at it, where they gave one that counts."""
        return next((line for line in self.lines if line.is_own), None)

    @property
    def agreement_words(self) -> str:
        """How far members agree on it, for everybody."""
        return agreement_words([line.words for line in self.lines])

    @property
    def discuss_reason(self) -> str:
        """Why the panel should talk about it, without the word "Discuss", which the page prints as a mark."""
        return capfirst(self.proposal.discuss.removeprefix("Discuss: "))


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """`declared` are the interests by which a member's scores don't count; `waiting` names who has not submitted.

    `behind` names whose scores judge an older text than the one accepted last.
    """

    outcomes: list[Outcome]
    agreement: Agreement
    declared: list[DeclaredInterest]
    waiting: list[str]
    behind: list[str]

    @property
    def has_own(self) -> bool:
        """Are scores of the person who looks at it among them?"""
        return any(outcome.mine for outcome in self.outcomes)

    @property
    def alpha(self) -> str:
        """Krippendorff's alpha to two places, or why there is none."""
        if self.agreement.alpha is None:
            return self.agreement.reason
        return f"{self.agreement.alpha:.2f}".replace("-", "−")


def meeting(*, user, case_study: CaseStudy, areas: list[OutcomeArea], edition: Edition) -> Meeting:
    """What this person may see of it now, in a fixed number of queries."""
    scores = Score.objects.visible_to(user).filter(version__case_study=case_study).counted()
    scores = scores.marked_behind().with_reveal()
    rows = list(
        scores.select_related("member", "submitted_by").order_by(
            "member__position", "member__name", "member_id"
        )
    )
    agreed = AgreedScore.objects.visible_to(user).filter(case_study=case_study).current()
    recorded = {row.outcome_area_id: row for row in agreed.select_related("recorded_by")}
    own = {row.outcome_area_id: row for row in case_study.self_assessments.all()}
    by_area = {area.pk: [row for row in rows if row.outcome_area_id == area.pk] for area in areas}
    return Meeting(
        outcomes=[
            _outcome(area, by_area[area.pk], recorded.get(area.pk), own.get(area.pk), edition, user)
            for area in areas
        ],
        agreement=agreement([_values(by_area[area.pk]) for area in areas]),
        declared=_declared(case_study),
        waiting=_waiting(case_study, {row.member_id for row in rows}),
        behind=list(dict.fromkeys(row.member.name for row in rows if row.is_behind)),
    )


def _declared(case_study: CaseStudy) -> list[DeclaredInterest]:
    """Those of members whose scores don't count: not one that was declared after the reveal."""
    counts = FixedPlace.objects.filter(member=OuterRef("member"), case_study=case_study, counts=True)
    rows = case_study.declared_interests.filter(~Exists(counts), member__declined_at=None)
    return list(rows.select_related("member"))


def _waiting(case_study: CaseStudy, submitted: set[int]) -> list[str]:
    """Of those who counted at the reveal: who has not submitted."""
    fixed = FixedPlace.objects.filter(case_study=case_study, counts=True).values("member")
    members = PanelMember.objects.active().filter(pk__in=fixed, user__isnull=False)
    return [member.name for member in members if member.pk not in submitted]


def _values(rows: list[Score]) -> list[int | None]:
    return [row.value for row in rows]


def _outcome(
    area: OutcomeArea,
    rows: list[Score],
    agreed: AgreedScore | None,
    own: SelfAssessment | None,
    edition: Edition,
    user,
) -> Outcome:
    def name(score: int) -> str:
        return words.score(edition, Judgement(score=score))

    counts = _counts(distribution(_values(rows), highest=edition.highest), name)
    return Outcome(
        area=area,
        lines=[_line(row, name, user) for row in rows],
        distribution=[(label, _of_members(count, len(rows))) for label, count in counts] if rows else [],
        picture=_picture(area.code, counts, len(rows)) if rows else "",
        proposal=proposal(_values(rows), name=name),
        agreed=agreed,
        agreed_words=words.score(edition, _judgement(agreed)) if agreed else "",
        own=own,
        own_words=words.score(edition, _judgement(own)) if own else "",
    )


def _line(row: Score, name: Callable[[int], str], user) -> Line:
    said = "Abstained" if row.abstained else name(row.value)
    entered_by = row.entered_by.name if row.entered_by else ""
    return Line(
        name=row.member.name,
        entered_by=entered_by,
        words=said,
        rationale=row.rationale,
        is_own=row.member.user_id == user.pk,
        changed_because=row.reason if row.submitted_at > row.revealed_at else "",
    )


def _judgement(row: AgreedScore | SelfAssessment) -> Judgement:
    return Judgement(score=points(row.value), not_applicable=row.not_applicable)


def _counts(given: Distribution, name: Callable[[int], str]) -> list[tuple[str, int]]:
    """How many gave each score, by its name; abstentions only where there are some."""
    counts = [(name(score), count) for score, count in given.counts]
    return [*counts, ("Abstained", given.abstained)] if given.abstained else counts


def _picture(code: str, counts: list[tuple[str, int]], members: int) -> str:
    return svg.counts(
        title=f"How many members gave each score for {code}",
        rows=[(label, count, _of_members(count, members)) for label, count in counts],
        out_of=members,
    )


def _of_members(count: int, members: int) -> str:
    return f"{count} of {members} member{'' if members == 1 else 's'}"
