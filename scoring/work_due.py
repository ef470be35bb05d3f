"""My work: what falls due apart from scoring."""

from django.urls import reverse
from django.utils import timezone

from casestudies.dues import dues
from casestudies.duty import OVERDUE, SOON
from casestudies.models import Organisation
from scoring.work import Task, day_words

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
