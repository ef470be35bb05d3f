"""What the equality lead's page of a review is made of, read once for its next step and its tasks."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q
from django.utils import timezone

from casestudies.models import Change, Review
from casestudies.reviews.roles import Standing
from eds import stages
from eds.equality_duty import eds_due
from scoring.models import Approval, Recommendation, SentReport
from scoring.panel.progress import Seat, seats
from scoring.publishing.findings import ReviewFinding, review_findings
from scoring.publishing.places_to_fix import HEADER_FIELDS
from scoring.review.overview import visible_scores
from scoring.review.overview.progress import Line, Progress, progress_of
from scoring.review.readiness import Missing, missing_before


@dataclass(frozen=True, kw_only=True)
class LeadPage:
    """`missing` is what keeps the review from its next stage. `findings` is None until every case study is agreed."""

    review: Review
    standing: Standing
    progress: Progress
    missing: list[Missing]
    findings: list[ReviewFinding] | None
    approval: Approval | None
    recommendations: int
    without_owner: int
    following: Review | None  # that of a later year
    sent: SentReport | None  # the last record that the report was sent to NHS England
    latest: list[Change]
    today: date = field(default_factory=timezone.localdate)

    def may(self, action: str, case_study=None) -> bool:
        return self.standing.may(action, case_study)

    @property
    def is_open(self) -> bool:
        return self.review.stage == stages.OPEN

    @property
    def is_published(self) -> bool:
        return self.review.stage == stages.PUBLISHED

    @property
    def due(self) -> date:
        return eds_due(self.review.year)

    @property
    def days_left(self) -> int:
        """Until the report is due; negative once it is overdue."""
        return (self.due - self.today).days

    @property
    def days_late(self) -> int:
        return -self.days_left

    @property
    def scoring(self) -> list[Line]:
        """The case studies that the panel scores now."""
        return self.progress.at(stages.SCORING)

    @property
    def shows_workshop(self) -> bool:
        """Is there something to score together, on screen or on paper?"""
        return self.is_open and bool(self.scoring)

    @property
    def members(self) -> list[Seat]:
        return [seat for seat in self.progress.seats if seat.member.declined_at is None]

    @property
    def from_outside(self) -> int:
        return sum(bool(seat.member.is_from_outside) for seat in self.members)

    @property
    def to_invite(self) -> list[Seat]:
        """Members without an account who can be invited and were not."""
        return [
            seat
            for seat in self.members
            if seat.member.user_id is None and seat.can_be_invited and not seat.invitation
        ]

    @property
    def not_answered(self) -> int:
        return sum(seat.status == "Invited" for seat in self.members)

    @property
    def header_missing(self) -> list[str]:
        """Names of the report's details that are empty."""
        is_alone = self.review.level in ("", Review.Level.INDIVIDUAL)
        return [
            name
            for name, field in HEADER_FIELDS.items()
            if not getattr(self.review, field) and not (field == "partners" and is_alone)
        ]

    @property
    def errors(self) -> list[ReviewFinding]:
        return [each for each in self.findings or () if each.is_error]

    @property
    def warnings(self) -> list[ReviewFinding]:
        """Those that nobody accepted."""
        return [each for each in self.findings or () if each.is_open and not each.is_error]

    @property
    def missing_by_case_study(self) -> list[tuple[str, list[Missing]]]:
        """What is missing under the name of each case study, and last what is about the whole report."""
        names = {line.case_study.pk: line.name for line in self.progress.lines}
        groups = {name: [each for each in self.missing if each.of == pk] for pk, name in names.items()}
        groups["The report"] = [each for each in self.missing if each.of not in names]
        return [(name, items) for name, items in groups.items() if items]


def lead_page(review: Review, standing: Standing) -> LeadPage:
    """All of it, in a number of queries that does not grow with the case studies."""
    progress = progress_of(review, standing, visible_scores(review, standing), seats(review))
    is_agreed = bool(progress.lines) and all(line.is_agreed for line in progress.lines)
    shows_findings = review.stage != stages.PUBLISHED and is_agreed and standing.may("see_checks")
    onward = [
        to for to in stages.REVIEW_MOVES[review.stage] if stages.is_forward(current=review.stage, target=to)
    ]
    findings = review_findings(review) if shows_findings else None
    counts = Recommendation.objects.filter(theme__review=review).aggregate(
        all=Count("pk"), without_owner=Count("pk", filter=Q(owner=""))
    )
    return LeadPage(
        review=review,
        standing=standing,
        progress=progress,
        missing=missing_before(review, onward[0], progress.content, findings) if onward else [],
        findings=findings,
        approval=Approval.objects.holding().filter(review=review).last(),
        recommendations=counts["all"],
        without_owner=counts["without_owner"],
        following=_following(review),
        sent=SentReport.objects.filter(publication__review=review).last(),
        latest=list(Change.objects.filter(review=review).select_related("changed_by", "about")[:3]),
    )


def _following(review: Review) -> Review | None:
    """The organisation's next review, where somebody started it."""
    rows = Review.objects.filter(organisation=review.organisation_id, year__gt=review.year)
    return rows.select_related("organisation").order_by("year").first()
