"""Writes of which case study stands for a domain."""

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from casestudies.models import CaseStudy, Domain, Review
from casestudies.reviews.doors import review_door
from casestudies.reviews.locks import lock_for
from eds.totals import CaseStudyResult, candidates, results
from edsportal.nhsuk.forms import Button, NhsukForm
from edsportal.web.refusals import ChangedMeanwhile, NotPossible, mark_of
from scoring.models import DomainChoice
from scoring.review.content import scored_content


def candidates_of(review: Review, number: int) -> tuple[CaseStudyResult, ...]:
    """The case studies among which a person chooses for the domain of that number, as scores stand now."""
    content = scored_content(review)
    found = [result for result in results(content).case_studies if result.domain == number]
    return candidates(content.edition, number, found)


def mark_of_choice(choice: DomainChoice | None) -> str:
    """The mark of what was chosen, by whom and why; "" for no choice."""
    return mark_of(choice.case_study_id, choice.chosen_by, choice.reason) if choice else ""


@transaction.atomic
def choose_case_study(
    *, review: Review, domain: Domain, case_study: int, chosen_by: str, reason: str, seen: str, recorded_by
) -> DomainChoice:
    """Record that a named person chose a case study, by its number, to stand for the domain, and why.

    `seen` is the mark of the choice that the page showed. Raises NotPossible where the rules settle it or a score is
    missing, ChangedMeanwhile where another choice stands there by now, MovedOn at another stage than agreeing scores.
    """
    lock_for("choose_case_study", review=review)
    if case_study not in {result.number for result in candidates_of(review, domain.number)}:
        raise NotPossible(
            "The scores changed while you were choosing, so you can’t choose this case study.",
            field="case_study",
        )
    existing = DomainChoice.objects.filter(review=review, domain=domain).first()
    if mark_of_choice(existing) != seen:
        current = existing or DomainChoice(review=review, domain=domain)
        raise ChangedMeanwhile(
            "Someone else recorded another choice while you were editing.", current=current
        )
    choice = existing or DomainChoice(review=review, domain=domain)
    choice.case_study = CaseStudy.objects.standing_in(review).get(place=case_study)
    choice.chosen_by, choice.reason = chosen_by, reason
    choice.chosen_at, choice.recorded_by = timezone.now(), recorded_by
    choice.save()
    return choice


# The form on which the equality lead records who chose a case study to stand for a domain, and why.


class ChoiceForm(NhsukForm):
    case_study = forms.TypedChoiceField(
        label="Which case study do you want to use?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a case study"},
    )
    chosen_by = forms.CharField(
        label="Who chose it?",
        help_text="The name of a person, for example the chair of the panel. It appears in the report.",
        max_length=200,
        error_messages={"required": "Enter the name of the person who chose"},
    )
    reason = forms.CharField(
        label="Why this one?",
        help_text="For example, it is the largest service. The report shows it after “chose this case study because”.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter the reason"},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    buttons = [Button("Save the choice")]
    nhsuk = {"case_study": {"label_size": "m"}}

    def __init__(self, *args, candidates: Sequence[CaseStudyResult], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["case_study"].choices = [
            (result.number, f"Case study {result.number}: {result.title}, {result.total.words}")
            for result in candidates
        ]

    @staticmethod
    def initial_of(choice: DomainChoice | None) -> dict:
        if choice is None:
            return {}
        return {
            "case_study": _standing(choice).place,
            "chosen_by": choice.chosen_by,
            "reason": choice.reason,
            "seen": mark_of_choice(choice),
        }

    def show_chosen_meanwhile(self, refused: ChangedMeanwhile) -> None:
        """Say what somebody else recorded; from now on it has been seen."""
        other = refused.current
        self.data = self.data.copy()
        self.data["seen"] = "" if other.pk is None else mark_of_choice(other)
        if other.pk is None:
            said = "Someone undid the choice while you were editing."
        else:
            who = other.recorded_by or "Someone"
            choice = f"{_standing(other)}. {other.chosen_by} chose it because {other.reason}"
            said = f"{who} recorded this while you were editing: {choice}"
        self.add_error(
            "case_study",
            f"{said.rstrip('. ')}. Your choice is not saved. Save again to replace theirs.",
        )


def _standing(choice: DomainChoice) -> CaseStudy:
    """The case study that was chosen, with its number in the review."""
    return CaseStudy.objects.standing_in(choice.review).get(pk=choice.case_study_id)


# The page on which the equality lead records which case study stands for a domain.


def domain_choice(request, organisation: str, year: str, number: int):
    row, standing = review_door(request, organisation, year)
    domain = get_object_or_404(Domain, framework=row.framework_id, number=number)
    standing.require("choose_case_study")
    found = candidates_of(row, number)
    if not found:
        raise PermissionDenied(_why_settled(row, domain))
    choice = row.domain_choices.filter(domain=domain).first()
    form = ChoiceForm(request.POST or None, candidates=found, initial=ChoiceForm.initial_of(choice))
    if request.method == "POST" and form.is_valid() and _choose(form, row, domain, request.user):
        messages.success(request, f"You chose the case study used for the {domain.name} score.")
        return redirect("moderation", organisation, year)
    page = {"review": row, "domain": domain, "form": form, "found": found, "is_tie": _is_tie(found)}
    return render(request, "scoring/moderation/domain_choice.html", page)


def _why_settled(review: Review, domain: Domain) -> str:
    result = next(each for each in results(scored_content(review)).domains if each.number == domain.number)
    return f"You can’t choose a case study for {domain.name} now: {result.explanation}."


def _is_tie(found) -> bool:
    return len({result.total.words for result in found}) == 1


def _choose(form: ChoiceForm, review: Review, domain: Domain, user) -> bool:
    """Whether it was stored; if not, the form says why."""
    try:
        choose_case_study(review=review, domain=domain, recorded_by=user, **form.cleaned_data)
    except ChangedMeanwhile as refused:
        form.show_chosen_meanwhile(refused)
    except NotPossible as refused:
        form.add_error("case_study", str(refused))
    else:
        return True
    return False
