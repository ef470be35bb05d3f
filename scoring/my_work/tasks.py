"""My work: what one person owes, as tasks in the order to do them, and what happens next where nothing is owed."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone

from casestudies.access import allowed
from casestudies.models import CaseStudy, Handover, Organisation, PanelMember, Review, Role, Version
from casestudies.objectives.deadlines import dues
from eds import stages
from eds.equality_duty import CLOSED, OVERDUE, SOON
from eds.policy import RULES
from edsportal.web.addresses import url_of
from scoring.models import AgreedScore, Recommendation
from scoring.scores.own_work import (
    CHANGE_BEGUN,
    CHANGED,
    NOT_STARTED,
    STARTED,
    SUBMITTED,
    status_of,
    with_own_work,
)
from scoring.scores.score_sheet.practice import practice_address

ACCEPTED = "Accepted"
# How the link to a case study begins, by how far this person has come with it.
BEGINNINGS = {
    NOT_STARTED: "Score",
    STARTED: "Continue scoring",
    SUBMITTED: "See or change your scores for",
    CHANGED: "Check your scores for",
    CHANGE_BEGUN: "Finish changing your scores for",
}
# What comes next in a review, by the stage of a case study, of those that the person scores; the first that fits.
NEXT = {
    stages.MEETING: "The panel is now agreeing its scores. You can read all scores and change yours.",
    stages.SCORING: "You have scored everything. Next, the panel meets to agree a score for each outcome area.",
    stages.WRITING: "Case studies are being written. You will see them here when scoring opens.",
    stages.AGREED: "The panel has agreed its scores. Next, the report is checked and approved.",
}
PUBLISHED = "The report is published. See what became of your scores."


@dataclass(frozen=True, kw_only=True)
class Task:
    text: str
    hint: str
    status: str
    address: str
    practice: str = ""  # where to practise for it first, if the edition has a case study for that

    @property
    def is_done(self) -> bool:
        return self.status in (SUBMITTED, ACCEPTED)

    @property
    def next_text(self) -> str:
        """The words of the button that leads to it."""
        return f"Next: {self.text[0].lower()}{self.text[1:]}"


def scoring_tasks(user) -> list[Task]:
    """The case studies that this person scores now, and those that they scored until the report is published.

    First those that changed since they scored, then by date.
    """
    places = user.panel_members.order_by().values("review")  # narrows down what the database looks at
    rows = CaseStudy.objects.ready().filter(allowed("have_sheet", user, case_study=""), review__in=places)
    rows = (
        with_own_work(rows.exclude(stage=stages.WRITING).exclude(review__stage=stages.PUBLISHED), user)
        .select_related("review__organisation", "domain")
        .order_by(
            F("scoring_closes_on").asc(nulls_last=True),
            "review__year",
            "review__organisation__name",
            "number",
        )
        .distinct()
    )
    # Once the panel agrees scores, only what a member submitted is still theirs to see or to change.
    tasks = [_scoring_task(row) for row in rows if row.submitted or _is_open_to_score(row)]
    return sorted(tasks, key=lambda task: task.status != CHANGED)


def _is_open_to_score(row: CaseStudy) -> bool:
    return row.stage == stages.SCORING and row.review.stage == stages.OPEN


def _scoring_task(row: CaseStudy) -> Task:
    can_change = row.stage != stages.AGREED and row.review.stage == stages.OPEN
    status = status_of(row) if can_change else SUBMITTED
    begins = BEGINNINGS[status] if can_change else "See your scores for"
    return Task(
        text=f"{begins} case study {row.number}: {row.title}",
        hint=", ".join(part for part in (str(row.review), _by(row, status)) if part),
        status=status,
        address=url_of(row, "change_scores" if status == CHANGE_BEGUN else "score"),
        practice=practice_address(row) if status == NOT_STARTED else "",
    )


def _by(row: CaseStudy, status: str) -> str:
    """ "by 12 March 2026"; for what changed, since when."""
    if status == CHANGED:
        return f"changed on {day_words(timezone.localdate(row.changed_at))}"
    closes = row.scoring_closes_on
    return f"by {day_words(closes)}" if closes and status in (NOT_STARTED, STARTED) else ""


@dataclass(frozen=True, kw_only=True)
class DeclaredRow:
    """An interest that this person declared; `refusal` is why they can't withdraw it now, or ""."""

    case_study: CaseStudy
    refusal: str


def declared_rows(user) -> list[DeclaredRow]:
    """The interests that this person declared, until the report is published."""
    can_withdraw = CaseStudy.objects.filter(allowed("withdraw_interest", user, case_study="")).values("pk")
    rows = (
        CaseStudy.objects.filter(declared_interests__member__in=user.panel_members.active())
        .exclude(review__stage=stages.PUBLISHED)
        .annotate(can_withdraw=Q(pk__in=can_withdraw))
        .select_related("review__organisation")
        .order_by("review__year", "review__organisation__name", "number")
    )
    late = RULES["withdraw_interest"].late
    return [DeclaredRow(case_study=row, refusal="" if row.can_withdraw else late) for row in rows]


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
    """For each review in which this person owes nothing now: what happens next, or what became of it."""
    rows = Review.objects.filter(panel_members__in=user.panel_members.active())
    busy = {re.split("case-studies/|moderation/", task.address)[0] for task in owed}
    reviews = []
    reached = _stages_scored_by(user)
    for row in rows.select_related("organisation").order_by("year", "organisation__name").distinct():
        address = url_of(row)
        if address not in busy:
            text = next(
                (text for stage, text in NEXT.items() if stage in reached[row.pk]), NEXT[stages.WRITING]
            )
            text = NEXT[stages.AGREED] if row.stage == stages.APPROVAL else text
            if row.stage == stages.PUBLISHED:
                text, address = PUBLISHED, url_of(row, "what_became")
            reviews.append(Waiting(review=row, text=text, address=address))
    return reviews


def _stages_scored_by(user) -> dict[int, set[str]]:
    """By review: the stages of the case studies in the domains that this person scores."""
    places = user.panel_members.active().order_by()
    rows = CaseStudy.objects.filter(
        allowed("have_sheet", user, case_study=""), review__in=places.values("review")
    )
    reached = defaultdict(set)
    for review, stage in rows.order_by().values_list("review", "stage").distinct():
        reached[review].add(stage)
    return reached


def leading_tasks(user) -> list[Task]:
    """The reviews that this person leads and that are not published, with the stage each is in."""
    rows = Review.objects.led_by(user).exclude(stage=stages.PUBLISHED).select_related("organisation")
    return [
        Task(
            text=f"{row.title or 'Equality Delivery System'} {'' if row.year in row.title else row.year}".strip(),
            hint=str(row.organisation),
            status=row.stage_name,
            address=url_of(row),
        )
        for row in rows
    ]


# My work: what falls due apart from scoring: agreeing scores, overdue recommendations, the equality duty.

WORDS = {OVERDUE: "Overdue", SOON: "Due soon"}


def duty_tasks(user) -> list[Task]:
    """For equality leads: what their organisations publish next under the duty, once that is soon or overdue."""
    today = timezone.localdate()
    organisations = list(Organisation.objects.led_by(user).order_by("name"))
    deadlines = dues(organisations, today) if organisations else {}
    return [
        Task(
            text=f"Publish the {due.what}",
            hint=f"{organisation}, by {day_words(due.by)}",
            status=WORDS[standing],
            address=f"{url_of(organisation, 'objectives')}#{number}",
        )
        for organisation in organisations
        for number, due in enumerate(deadlines[organisation.pk], start=1)
        if (standing := due.standing(today)) in WORDS
    ]


def agreeing_tasks(user) -> list[Task]:
    """For the chair of a panel: to record what it agrees in the meetings now, then to end them."""
    seats = PanelMember.objects.counted().filter(user=user, is_chair=True)
    meeting = CaseStudy.objects.filter(stage=stages.MEETING, review__stage=stages.OPEN)
    reviews = list(
        Review.objects.filter(Exists(meeting.filter(review=OuterRef("pk"))), panel_members__in=seats)
        .select_related("organisation")
        .order_by("year", "organisation__name")
    )
    if not reviews:
        return []
    met = meeting.filter(review__in=reviews).order_by()
    wanted = dict(met.values_list("review").annotate(Count("domain__outcome_areas")))
    agreed = AgreedScore.objects.visible_to(user).filter(case_study__in=met).current()
    agreed = agreed.filter(Q(value__isnull=False) | Q(not_applicable=True))
    done = dict(agreed.order_by().values_list("case_study__review").annotate(Count("pk")))
    return [
        Task(
            text="Record the scores that the panel agrees"
            if done.get(row.pk, 0) < wanted[row.pk]
            else "End the meeting of the panel",
            hint=str(row),
            status=f"{done.get(row.pk, 0)} of {wanted[row.pk]} agreed",
            address=url_of(row, "moderation"),
        )
        for row in reviews
    ]


def overdue_tasks(user) -> list[Task]:
    """Overdue recommendations: of the reviews that this person leads, and those that they own."""
    led = Recommendation.objects.filter(theme__review__in=Review.objects.led_by(user).order_by())
    owned = Recommendation.objects.owned_by(user.email)
    rows = Recommendation.objects.filter(
        pk__in=led.order_by().values("pk").union(owned.order_by().values("pk"))
    )
    rows = rows.exclude(due="").exclude(status__in=CLOSED).select_related("theme__review__organisation")
    return [_overdue_task(row, user) for row in rows.order_by("due", "pk") if row.is_overdue]


def _overdue_task(row: Recommendation, user) -> Task:
    review = row.theme.review
    is_owner = row.owner_email == user.email
    return Task(
        text=row.action,
        hint=f"{review}, {row.owner or 'no owner yet'}, due {row.due_words}",
        status="Overdue",
        address=reverse("owned_recommendation", args=[row.pk]) if is_owner else url_of(row),
    )


# What one person owes to case studies that are written: as their author, or as the lead who accepts them.

STATUS = {
    Handover.State.WAITING: "Sent for review",
    Handover.State.RETURNED: "Returned to you",
    Handover.State.ACCEPTED: ACCEPTED,
}


def writing_tasks(user) -> list[Task]:
    """The case studies that this person writes as an author, while they can be written."""
    rows = CaseStudy.objects.filter(authors=user).filter(allowed("write", user, case_study=""))
    handovers = Handover.objects.filter(case_study=OuterRef("pk")).lasting()
    rows = rows.annotate(
        is_accepted=Exists(Version.objects.filter(case_study=OuterRef("pk"))),
        state=Subquery(handovers.order_by("-pk").values("state")[:1]),
    )
    rows = rows.select_related("review__organisation").order_by("review__year", "number").distinct()
    return [
        Task(
            text=f"Write case study {row.number}: {row.title}",
            hint=str(row.review),
            status=STATUS.get(row.state) or (ACCEPTED if row.is_accepted else "Not sent for review"),
            address=_address("write", row),
        )
        for row in rows
    ]


def accepting_tasks(user) -> list[Task]:
    """What authors sent for review in the reviews that this person leads."""
    waiting = Handover.objects.filter(case_study=OuterRef("pk"), state=Handover.State.WAITING)
    rows = CaseStudy.objects.filter(Exists(waiting)).filter(allowed("accept_text", user, case_study=""))
    rows = rows.select_related("review__organisation")
    return [
        Task(
            text=f"Accept or return case study {row.number}: {row.title}",
            hint=str(row.review),
            status="Sent for review",
            address=_address("decide", row),
        )
        for row in rows.order_by("review__year", "number")
    ]


def _address(name: str, row: CaseStudy) -> str:
    return url_of(row, name)


SHOWN = 5  # overdue recommendations: the others are folded away


def practice_before(tasks: list[Task]) -> str:
    """Where to practise before the first real case study; "" once one is begun."""
    if any(task.status != NOT_STARTED for task in tasks):
        return ""
    return next((task.practice for task in tasks if task.practice), "")


def my_work(request):
    """What this person owes, what is done, and what happens next where they owe nothing."""
    tasks = scoring_tasks(request.user)
    owed = [task for task in tasks if not task.is_done] + agreeing_tasks(request.user)
    overdue = overdue_tasks(request.user)
    page = {
        "accepting": accepting_tasks(request.user),
        "writing": writing_tasks(request.user),
        "tasks": owed,
        "practice": practice_before(tasks),
        "done": [task for task in tasks if task.is_done],
        "declared": declared_rows(request.user),
        "leading": leading_tasks(request.user),
        "overdue": overdue,
        "more_overdue": f"Show the other {len(overdue) - SHOWN}",
        "falling_due": duty_tasks(request.user),
        "waiting": waiting(request.user, owed),
        "is_reader": lambda: request.user.roles.filter(
            kind=Role.Kind.READER
        ).exists(),  # where nothing is to do
    }
    return render(request, "scoring/my_work/my_work.html", page)
