"""How far each member of a panel has come, for the equality lead: never what they scored."""

from collections.abc import Iterable
from dataclasses import dataclass

from casestudies.models import CaseStudy, DeclaredInterest, PanelMember, PanelMessage, Review
from casestudies.reviews.panel_models import written_by_members
from eds import stages
from scoring.models import Draft, Score

SUBMITTED, STARTED, NOT_STARTED = "Submitted", "Started", "Not started"
BEHIND = "Submitted for an earlier version"
DECLARED = "Declared an interest"


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A member, the newest messages to them, and for each case study that is theirs how far they have come."""

    member: PanelMember
    messages: list[PanelMessage]
    progress: list[tuple[CaseStudy, str]]
    has_begun: bool  # wrote, submitted or declared something, ever

    @property
    def owes(self) -> list[CaseStudy]:
        """What they have still to score, of the case studies whose scoring is open."""
        return [
            row
            for row, status in self.progress
            if row.stage == stages.SCORING and status in (STARTED, NOT_STARTED)
        ]

    @property
    def status(self) -> str:
        """Where they are, in a word or two."""
        if self.member.declined_at:
            return "Left the panel"
        if not self.member.is_counted:
            return "Not confirmed"
        if self.member.joined_at or self.has_begun:
            return "Joined"
        return "Invited" if self.invitation else "Not invited"

    @property
    def can_be_invited(self) -> bool:
        """Can they be sent an invitation, be it another one?"""
        return bool(self.member.address) and self.status in ("Not invited", "Invited")

    @property
    def can_be_reminded(self) -> bool:
        """Have they still to score something now, with an account to do it?"""
        return bool(self.member.user_id and self.member.declined_at is None and self.owes)

    @property
    def invitation(self) -> PanelMessage | None:
        return self._newest(PanelMessage.Kind.INVITATION)

    @property
    def reminder(self) -> PanelMessage | None:
        return self._newest(PanelMessage.Kind.REMINDER)

    def _newest(self, kind: str) -> PanelMessage | None:
        return next((each for each in reversed(self.messages) if each.kind == kind), None)


def seats(review: Review, members: Iterable[PanelMember] | None = None) -> list[Seat]:
    """Every seat of the review's panel, or those of `members`, in a fixed number of queries."""
    rows = PanelMember.objects.filter(review=review).with_group().select_related("user", "joining")
    if members is not None:
        rows = rows.filter(pk__in=[member.pk for member in members])
    rows = rows.prefetch_related("domains", "messages")
    case_studies = list(review.case_studies.ready().select_related("domain").order_by("number"))
    rows = list(rows.marked_authors())
    written = written_by_members(review) if any(member.writes for member in rows) else ()
    done = _statuses(review)
    return [
        _seat(member, [row for row in case_studies if (member.user_id, row.pk) not in written], done)
        for member in rows
    ]


def owed(member: PanelMember) -> list[CaseStudy]:
    """The case studies that a member has still to score now."""
    (seat,) = seats(member.review, [member])
    return seat.owes


def _statuses(review: Review) -> dict[tuple[int, int], str]:
    """How far by member and case study.

    A declared interest outweighs what they submitted, that outweighs a draft; scores of an older text are told apart.
    """
    found: dict[tuple[int, int], str] = {}
    for rows, member, case_study, status in (
        (
            Draft.objects.filter(sheet__case_study__review=review),
            "sheet__member",
            "sheet__case_study",
            STARTED,
        ),
        (Score.objects.filter(member__review=review), "member", "version__case_study", SUBMITTED),
        (
            Score.objects.filter(member__review=review).current().on_older_version(),
            "member",
            "version__case_study",
            BEHIND,
        ),
        (DeclaredInterest.objects.filter(member__review=review), "member", "case_study", DECLARED),
    ):
        pairs = rows.order_by().values_list(member, case_study).distinct()
        found |= dict.fromkeys(pairs, status)
    return found


def _seat(member: PanelMember, case_studies: list[CaseStudy], done: dict[tuple[int, int], str]) -> Seat:
    domains = {domain.pk for domain in member.domains.all()}
    return Seat(
        member=member,
        messages=list(member.messages.all()),
        progress=[
            (row, done.get((member.pk, row.pk), NOT_STARTED))
            for row in case_studies
            if row.domain_id in domains
        ],
        has_begun=any(pk == member.pk for pk, _ in done),
    )
