"""An edition as a panel member sees it."""

from django.shortcuts import render

from casestudies.frameworks.views import framework_door
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
    return render(
        request, "casestudies/frameworks/framework_preview.html", {"framework": row, "parts": parts}
    )
