"""My work: what falls due apart from scoring: agreeing scores, overdue recommendations, the equality duty."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from casestudies.models import Organisation, PanelMember, Review
from casestudies.objectives.deadlines import dues
from eds import stages
from eds.equality_duty import OVERDUE, SOON
from scoring.due import CLOSED
from scoring.models import AgreedScore, Recommendation
from scoring.my_work.tasks import Task, day_words

WORDS = {OVERDUE: "Overdue", SOON: "Due soon"}


def duty_tasks(user) -> list[Task]:
    """For equality leads: what their organisations publish next under the duty, once that is soon or overdue."""
    today = timezone.localdate()
    organisations = list(Organisation.objects.led_by(user).order_by("name"))
    found = dues(organisations, today) if organisations else {}
    return [
        Task(
            text=f"Publish the {due.what}",
            hint=f"{organisation}, by {day_words(due.by)}",
            status=WORDS[standing],
            address=f"{reverse('objectives', args=[organisation.slug])}#{number}",
        )
        for organisation in organisations
        for number, due in enumerate(found[organisation.pk], start=1)
        if (standing := due.standing(today)) in WORDS
    ]


def agreeing_tasks(user) -> list[Task]:
    """For the chair of a panel: to record what it agrees, with how far that has come."""
    seats = PanelMember.objects.counted().filter(user=user, is_chair=True)
    reviews = list(
        Review.objects.filter(stage=stages.MODERATION, panel_members__in=seats)
        .select_related("organisation")
        .order_by("year", "organisation__name")
    )
    if not reviews:
        return []
    areas = Review.objects.filter(pk__in=[row.pk for row in reviews])
    wanted = dict(areas.values_list("pk").annotate(Count("case_studies__domain__outcome_areas")))
    agreed = AgreedScore.objects.visible_to(user).filter(case_study__review__in=reviews).current()
    done = dict(agreed.order_by().values_list("case_study__review").annotate(Count("pk")))
    return [
        Task(
            text="Record the scores that the panel agrees",
            hint=str(row),
            status=f"{done.get(row.pk, 0)} of {wanted[row.pk]} agreed",
            address=reverse("moderation", args=[row.organisation.slug, row.year]),
        )
        for row in reviews
        if done.get(row.pk, 0) < wanted[row.pk]
    ]


def overdue_tasks(user) -> list[Task]:
    """Overdue recommendations: of the reviews that this person leads, and those that they own."""
    rows = Recommendation.objects.filter(
        Q(theme__review__in=Review.objects.led_by(user))
        | Q(pk__in=Recommendation.objects.owned_by(user.email))
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
        address=reverse("owned_recommendation", args=[row.pk])
        if is_owner
        else reverse("recommendation", args=[review.organisation.slug, review.year, row.pk]),
    )
