"""An edition as a panel member sees it, and what differs from the edition in use."""

from django.shortcuts import render

from casestudies.models import Framework
from casestudies.views.frameworks import framework_door
from scoring.edition_changes import edition_changes
from scoring.scores.forms import ScoreForm


def preview(request, pk: int):
    """The questions that a panel member answers, for every domain. Nothing can be sent."""
    row = framework_door(request, pk)
    grades = row.grade_words()
    parts = []
    for domain in row.domains.all():
        form = ScoreForm(areas=list(domain.outcome_areas.all()), grades=grades)
        form.describe()
        parts.append((domain, form))
    return render(request, "casestudies/framework_preview.html", {"framework": row, "parts": parts})


def differences(request, pk: int):
    """What this edition says differently from the one of its line that is in use, or was the first."""
    row = framework_door(request, pk)
    line = Framework.objects.of_line(row).exclude(pk=row.pk).visible_to(request.user)
    other = line.filter(status=Framework.Status.IN_USE).first() or line.filter(origin=None).first()
    parts = ()
    if other is not None:
        whole = Framework.objects.whole().get(pk=other.pk)
        parts = edition_changes(whole.as_edition(), row.as_edition())
    page = {"framework": row, "other": other, "parts": parts}
    return render(request, "casestudies/framework_differences.html", page)
