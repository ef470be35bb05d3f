"""The panel's meeting: every member's scores side by side, and the agreed score recorded."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render

from casestudies.models import CaseStudy, Framework
from scoring import rules
from scoring.actions.agreed import record_agreed_score, record_commentary
from scoring.forms.agreed import AgreedScoresForm
from scoring.models import AgreedScore, Score
from scoring.overview import overview
from scoring.views.doors import case_study_door, review_door


def moderation(request, organisation: str, year: str):
    """The case studies of the review with their agreed totals so far."""
    row, standing = review_door(request, organisation, year)
    rules.require(rules.why_not_see_scores(standing, row))
    return render(request, "scoring/moderation.html", {"review": row} | overview(row, standing, request.user))


def moderate(request, organisation: str, year: str, number: int):
    """One case study: what each member scored and why, and the form for what the panel agrees."""
    case_study, standing = case_study_door(request, organisation, year, number)
    rules.require(rules.why_not_see_scores(standing, case_study.review))
    refusal = rules.why_not_moderate(standing, case_study.review)
    areas = list(case_study.domain.outcome_areas.all())
    form = _form(request, case_study, areas)
    if request.method == "POST":
        rules.require(refusal)
        if form.is_valid():
            _record(form, case_study, request.user)
            messages.success(request, f"Agreed scores saved for {case_study.title}.")
            return redirect("moderation", organisation, year)
    page = {
        "case_study": case_study,
        "review": case_study.review,
        "form": form,
        "refusal": refusal,
        "outcomes": _outcomes(request.user, case_study, areas, form),
    }
    return render(request, "scoring/moderate.html", page)


def _form(request, case_study: CaseStudy, areas) -> AgreedScoresForm:
    agreed = AgreedScore.objects.visible_to(request.user).filter(case_study=case_study).current()
    commentary = case_study.commentary.text if hasattr(case_study, "commentary") else ""
    return AgreedScoresForm(
        request.POST if request.method == "POST" else None,
        areas=areas,
        edition=Framework.objects.whole().get(pk=case_study.review.framework_id).as_edition(),
        initial=AgreedScoresForm.initial_of(list(agreed.select_related("outcome_area")), commentary),
    )


def _outcomes(user, case_study: CaseStudy, areas, form: AgreedScoresForm) -> list[dict]:
    """Each outcome area with the members' current scores of it and the two fields that answer it."""
    scores = Score.objects.visible_to(user).filter(version__case_study=case_study).current()
    rows = list(scores.select_related("member", "outcome_area").order_by("member__position", "member__name"))
    return [
        {
            "area": area,
            "scores": [row for row in rows if row.outcome_area_id == area.pk],
            "score": form[f"score_{area.code}"],
            "rationale": form[f"rationale_{area.code}"],
        }
        for area in areas
    ]


@transaction.atomic
def _record(form: AgreedScoresForm, case_study: CaseStudy, user) -> None:
    for agreed in form.agreed():
        record_agreed_score(case_study=case_study, recorded_by=user, **agreed)
    record_commentary(case_study=case_study, text=form.cleaned_data["commentary"], recorded_by=user)
