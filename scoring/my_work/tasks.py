"""My work: what one person owes, as tasks in the order to do them, and what happens next where nothing is owed."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Subquery
from django.urls import reverse
from django.utils import formats

from casestudies.models import CaseStudy, Review, Version
from eds import stages
from scoring.models import Draft, Score

NOT_STARTED, STARTED, SUBMITTED = "Not started", "In progress", "Submitted"
CHANGED = "Changed since you scored it"
NEXT = {
    stages.SETUP: "The review is being set up. Its case studies are listed here when scoring opens.",
    stages.EVIDENCE: "Case studies are being written. They are listed here when scoring opens.",
    stages.SCORING: "You have nothing left to score. The panel meets next, to agree a score for each outcome area.",
    stages.MODERATION: "The panel agrees its scores now. You can read all scores, and change yours.",
    stages.APPROVAL: "The panel has agreed its scores. The report is checked and approved next.",
}


@dataclass(frozen=True, kw_only=True)
class Task:
    text: str
    hint: str
    status: str
    address: str

    @property
    def is_done(self) -> bool:
        return self.status == SUBMITTED

    @property
    def next_text(self) -> str:
        """The words of the button that leads to it."""
        return f"Next: {self.text[0].lower()}{self.text[1:]}"


def scoring_tasks(user) -> list[Task]:
    """The case studies that this person scores now: first those that changed since they scored, then by date."""
    own = Score.objects.filter(member__user=user, version__case_study=OuterRef("pk"))
    newest = Version.objects.filter(case_study=OuterRef("pk")).order_by("-number")
    rows = (
        CaseStudy.objects.visible_to(user)
        .filter(
            review__stage__in=(stages.SCORING, stages.MODERATION),
            review__panel_members__in=user.panel_members.active(),
            domain__panel_members__in=user.panel_members.active(),
            versions__isnull=False,
        )
        .exclude(declared_interests__member__user=user)
        .annotate(
            submitted=Exists(own),
            behind=Exists(own.current().on_older_version()),
            started=Exists(Draft.objects.filter(sheet__member__user=user, sheet__case_study=OuterRef("pk"))),
            changed_at=Subquery(newest.values("made_at")[:1]),
        )
        .select_related("review__organisation")
        .order_by(
            F("review__scoring_closes_on").asc(nulls_last=True),
            "review__year",
            "review__organisation__name",
            "number",
        )
        .distinct()
    )
    # Once the panel agrees scores, only what changed is still owed.
    open_rows = [row for row in rows if row.behind or row.review.stage == stages.SCORING]
    tasks = [_scoring_task(row) for row in open_rows]
    return sorted(tasks, key=lambda task: task.status != CHANGED)


def _scoring_task(row: CaseStudy) -> Task:
    status = (
        CHANGED if row.behind else SUBMITTED if row.submitted else STARTED if row.started else NOT_STARTED
    )
    text = f"{'Check your scores of' if row.behind else 'Score'} case study {row.number}: {row.title}"
    return Task(
        text=text,
        hint=", ".join(part for part in (str(row.review), _by(row, status)) if part),
        status=status,
        address=reverse("score", args=[row.review.organisation.slug, row.review.year, row.number]),
    )


def _by(row: CaseStudy, status: str) -> str:
    """ "by 12 March 2026"; for what changed, since when."""
    if status == CHANGED:
        return f"changed on {day_words(row.changed_at.date())}"
    closes = row.review.scoring_closes_on
    return f"by {day_words(closes)}" if closes and status != SUBMITTED else ""


def day_words(day: date) -> str:
    """For example "12 March 2026"."""
    return formats.date_format(day, "j F Y")


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A review on whose panel this person sits: what happens in it next, and the page to look at meanwhile."""

    review: Review
    text: str
    address: str


def waiting(user, owed: list[Task]) -> list[Waiting]:
    """For each review in which this person owes nothing now: what happens next."""
    rows = Review.objects.filter(panel_members__in=user.panel_members.active()).exclude(
        stage=stages.PUBLISHED
    )
    busy = {re.split("case-studies/|moderation/", task.address)[0] for task in owed}
    found = []
    for row in rows.select_related("organisation").order_by("year", "organisation__name").distinct():
        address = reverse("review", args=[row.organisation.slug, row.year])
        if address not in busy:
            found.append(Waiting(review=row, text=NEXT[row.stage], address=address))
    return found


def leading_tasks(user) -> list[Task]:
    """The reviews that this person leads and that are not published, with the stage each is in."""
    rows = Review.objects.led_by(user).exclude(stage=stages.PUBLISHED).select_related("organisation")
    return [
        Task(
            text=f"{row.title or 'Equality Delivery System'} {'' if row.year in row.title else row.year}".strip(),
            hint=str(row.organisation),
            status=row.stage_name,
            address=reverse("review", args=[row.organisation.slug, row.year]),
        )
        for row in rows
    ]
