"""Writes of what a body gave itself before its panel met."""

from collections.abc import Mapping

from django import forms
from django.db import transaction

from casestudies.models import CaseStudy, Framework, OutcomeArea, Review
from casestudies.reviews.doors import case_study_door, review_door
from casestudies.reviews.locks import lock_for
from eds.content import Judgement
from eds.edition import Edition
from eds.scores.answers import REASONS
from eds.text import labels
from edsportal.nhsuk.forms import Button, NhsukForm
from edsportal.web.form_pages import edit, posted
from scoring.models import SelfAssessment


@transaction.atomic
def record_self_assessment(
    *, case_study: CaseStudy, answers: Mapping[OutcomeArea, tuple[int, str] | None]
) -> None:
    """Keep for each outcome area the score in points, with its reason; None takes away what was there."""
    lock_for("self_assess", case_study=case_study)
    for area, said in answers.items():
        if said is None:
            SelfAssessment.objects.filter(case_study=case_study, outcome_area=area).delete()
            continue
        value, rationale = said
        SelfAssessment.objects.update_or_create(
            case_study=case_study,
            outcome_area=area,
            defaults={"value": value, "not_applicable": False, "rationale": rationale},
        )


@transaction.atomic
def show_self_assessment(*, review: Review, before_scoring: bool) -> None:
    """Decide whether the panel sees it before it scores, or only from moderation on."""
    lock_for("show_self_assessment", review=review)
    review.shows_self_assessment = before_scoring
    review.save(update_fields=["shows_self_assessment"])


@transaction.atomic
def decide_reasons(*, review: Review, reasons: str) -> None:
    """Decide for which scores members give a reason: see REASONS in eds/scores/answers.py."""
    lock_for("show_self_assessment", review=review)
    review.reasons = reasons
    review.save(update_fields=["reasons"])


# The forms of the self-assessment: what a body gives itself, and when its panel sees that.


class SelfAssessmentForm(NhsukForm):
    """For each outcome area a score and its reason, together or not at all."""

    buttons = [Button("Save the self-assessment")]

    def __init__(self, *args, areas: list[OutcomeArea], edition: Edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.areas = areas
        choices = [
            (str(grade.score), labels.score(edition, Judgement(score=grade.score)))
            for grade in edition.grades
        ]
        for area in areas:
            self.fields[f"score_{area.code}"] = forms.ChoiceField(
                label=f"{area.code}: {area.statement}",
                choices=[*choices, ("", "No self-assessment")],
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[f"rationale_{area.code}"] = forms.CharField(
                label=f"Your reason for {area.code}",
                help_text="It appears in the report.",
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=4000,
                required=False,
            )
            self.nhsuk[f"score_{area.code}"] = {"inline": True}

    @staticmethod
    def initial_of(rows: list[SelfAssessment]) -> dict[str, str]:
        initial = {}
        for row in rows:
            code = row.outcome_area.code
            initial[f"rationale_{code}"] = row.rationale
            initial[f"score_{code}"] = "" if row.value is None else f"{row.value.normalize():f}"
        return initial

    def clean(self) -> dict:
        data = super().clean()
        for area in self.areas:
            score, reason = data.get(f"score_{area.code}"), data.get(f"rationale_{area.code}")
            if score and not reason:
                self.need(f"rationale_{area.code}", f"Give your reason for {area.code}")
            if reason and not score:
                self.need(f"score_{area.code}", f"Choose a score for {area.code}")
        return data

    def answers(self) -> dict[OutcomeArea, tuple[int, str] | None]:
        """The argument of `record_self_assessment`; only for a valid form."""
        return {area: self._answer(area.code) for area in self.areas}

    def _answer(self, code: str) -> tuple[int, str] | None:
        score = self.cleaned_data[f"score_{code}"]
        return (int(score), self.cleaned_data[f"rationale_{code}"]) if score else None


class ShowForm(NhsukForm):
    reasons = forms.ChoiceField(
        label="For which scores do members give a reason?",
        help_text="Members never need a reason to abstain.",
        choices=list(REASONS.items()),
        widget=forms.RadioSelect,
    )
    when = forms.ChoiceField(
        label="When should the panel see the self-assessment?",
        choices=[
            ("after", "Only after scoring, when it agrees its scores"),
            ("before", "Before it scores"),
        ],
        widget=forms.RadioSelect,
    )
    nhsuk = {"when": {"item_hints": {"after": "Members score without knowing your own scores."}}}


# What a body gave itself before its panel met: an author writes it, the equality lead says when the panel sees it.


def self_assessment(request, organisation: str, year: str, number: int):
    """One case study: a score and a reason for each outcome area."""
    case_study, standing = case_study_door(request, organisation, year, number)
    standing.require("self_assess", case_study)
    form = SelfAssessmentForm(
        posted(request),
        areas=list(case_study.domain.outcome_areas.all()),
        edition=Framework.objects.whole().get(pk=case_study.review.framework_id).as_edition(),
        initial=SelfAssessmentForm.initial_of(list(case_study.self_assessments.shown())),
    )

    def save() -> str:
        record_self_assessment(case_study=case_study, answers=form.answers())
        return f"Self-assessment saved for {case_study.title}."

    page = {"case_study": case_study, "review": case_study.review}
    return edit(request, form, save, "scoring/scores/self_assessment.html", page, to=case_study)


def when_shown(request, organisation: str, year: str):
    """For which scores members give reasons, and whether the panel sees self-assessments before it scores."""
    review, standing = review_door(request, organisation, year)
    standing.require("show_self_assessment")
    form = ShowForm(
        request.POST or None,
        initial={
            "reasons": review.reasons,
            "when": "before" if review.shows_self_assessment else "after",
        },
    )

    def save() -> str:
        decide_reasons(review=review, reasons=form.cleaned_data["reasons"])
        show_self_assessment(review=review, before_scoring=form.cleaned_data["when"] == "before")
        return "You saved how the panel scores."

    template = "scoring/scores/self_assessment_shown.html"
    return edit(request, form, save, template, {"review": review}, to=review)
