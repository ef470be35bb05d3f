"""Practice on a made-up case study of the edition. It is read only: nothing is stored, and nothing counts."""

from django.http import Http404, HttpRequest
from django.shortcuts import render
from django.urls import reverse

from casestudies.frameworks.views import framework_door
from casestudies.models import CaseStudy, OutcomeArea
from scoring.models import ScoringPreference
from scoring.scores.score_sheet.forms import ScoreForm


def practice_address(case_study: CaseStudy) -> str:
    """Where members practise for the domain of a case study; "" where its edition has nothing to practise on."""
    domain = case_study.domain
    return reverse("practice", args=[domain.framework_id, domain.number]) if domain.practice_title else ""


def practice(request: HttpRequest, pk: int, number: int, area: str = ""):
    """One question with what the made-up case study says; after an answer, how made-up members reasoned.

    The answer comes in the address, so that the page works without a script and writes nothing.
    """
    framework = framework_door(request, pk)
    domain = next((row for row in framework.domains.all() if row.number == number), None)
    areas = [row for row in domain.outcome_areas.all() if row.practice] if domain else []
    row = next((each for each in areas if each.code == area), areas[0] if areas and not area else None)
    if row is None or not domain.practice_title:
        raise Http404
    grades = framework.grade_words()
    has_answered = "look" in request.GET
    form = ScoreForm(request.GET if has_answered else None, areas=[row], grades=grades)
    form.layout = [f"score_{row.code}"]
    easy = _easy(request)
    form.describe(easy=easy)
    chosen = form.cleaned_data[f"score_{row.code}"] if has_answered and form.is_valid() else ""
    if has_answered and not chosen:
        form.add_error(f"score_{row.code}", f"Choose a score for {row.code}, or abstain")
    place = areas.index(row)
    page = {
        "framework": framework,
        "domain": domain,
        "area": row,
        "form": form,
        "easy": easy,
        "has_easy_words": any(each.easy_statement for each in areas),
        "statement": (easy and row.easy_statement) or row.statement,
        "place": f"Question {place + 1} of {len(areas)}",
        "chosen": _words(chosen, grades),
        "reasons": _reasons(row, grades) if chosen else [],
        "next": areas[place + 1] if place + 1 < len(areas) else None,
    }
    return render(request, "scoring/scores/score_sheet/practice.html", page)


def _easy(request: HttpRequest) -> bool:
    """Whether to ask in easy words: as the address says, else as the member likes. Practice stores no preference."""
    asked = request.GET.get("words", "")
    return asked == "easy" or (not asked and ScoringPreference.objects.of(request.user).easy_words)


def _words(chosen: str, grades: dict[int, str]) -> str:
    return grades[int(chosen)] if chosen.isdecimal() else "Abstained" if chosen else ""


def _reasons(area: OutcomeArea, grades: dict[int, str]) -> list[tuple[str, str]]:
    """How made-up members reasoned: the score in words, and why."""
    rows = [row for row in area.descriptors.all() if row.practice_reason]
    return [(grades[row.score], row.practice_reason) for row in rows]
