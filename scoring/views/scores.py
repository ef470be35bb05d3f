"""A panel member reads a case study, scores it, checks their answers and submits them."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from casestudies.models import CaseStudy, OutcomeArea, Version
from scoring import rules
from scoring.actions.scores import NotWhole, save_draft, submit_scores
from scoring.forms.score import ScoreForm
from scoring.judging import Answer, problems, total
from scoring.models import Draft, PanelMember, Score
from scoring.reading import Reading
from scoring.views.doors import case_study_door


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What one member has before them: the case study as last marked ready, its questions, their answers."""

    case_study: CaseStudy
    member: PanelMember
    version: Version
    areas: list[OutcomeArea]
    grades: dict[int, str]
    answers: dict[str, Answer]
    submitted: list[Score]

    @property
    def codes(self) -> list[str]:
        return [area.code for area in self.areas]

    @property
    def highest(self) -> int:
        return max(self.grades)

    @property
    def lines(self) -> list[dict]:
        """Each outcome area with its answer, and the answer's score in words."""
        answers = [(area, self.answers.get(area.code, Answer())) for area in self.areas]
        return [{"area": area, "answer": answer, "words": self._words(answer)} for area, answer in answers]

    def _words(self, answer: Answer) -> str:
        if answer.value is None:
            return "Abstained" if answer.abstained else "Not scored"
        return f"{answer.value} {self.grades[answer.value]}"

    @property
    def address(self) -> list:
        review = self.case_study.review
        return [review.organisation.slug, review.year, self.case_study.number]

    @property
    def total(self):
        return total(self.codes, self.answers, self.highest)

    def page(self) -> dict:
        return {
            "sheet": self,
            "case_study": self.case_study,
            "review": self.case_study.review,
            "reading": Reading.of(self.version),
            "total": self.total,
        }


def _sheet(request: HttpRequest, organisation: str, year: str, number: int) -> Sheet:
    """The door to scoring. Answers 403 with the reason where the person may know of the case study only."""
    case_study, standing = case_study_door(request, organisation, year, number)
    rules.require(rules.why_not_score(standing, case_study))
    own = Score.objects.filter(member=standing.member, version__case_study=case_study).current()
    submitted = list(
        own.select_related("outcome_area", "member", "submitted_by").order_by("outcome_area__position")
    )
    drafts = Draft.objects.filter(sheet__member=standing.member, sheet__case_study=case_study)
    rows = submitted or drafts.select_related("outcome_area")
    return Sheet(
        case_study=case_study,
        member=standing.member,
        version=case_study.versions.order_by("number").last(),
        areas=list(case_study.domain.outcome_areas.prefetch_related("descriptors")),
        grades={grade.score: grade.name for grade in case_study.domain.framework.grades.all()},
        answers={
            row.outcome_area.code: Answer(value=row.value, abstained=row.abstained, rationale=row.rationale)
            for row in rows
        },
        submitted=submitted,
    )


def score(request: HttpRequest, organisation: str, year: str, number: int):
    """Read and score on one page. Any press of a button keeps what was typed; "check" goes on when all is there."""
    sheet = _sheet(request, organisation, year, number)
    if sheet.submitted:
        return render(request, "scoring/submitted.html", sheet.page())
    if request.method != "POST":
        form = ScoreForm(areas=sheet.areas, grades=sheet.grades, initial=ScoreForm.initial_of(sheet.answers))
        return render(request, "scoring/score.html", sheet.page() | {"form": form})
    form = ScoreForm(request.POST, areas=sheet.areas, grades=sheet.grades)
    if form.is_valid():
        answers = form.answers()
        save_draft(member=sheet.member, version=sheet.version, areas=sheet.areas, answers=answers)
        if "check" not in request.POST:
            messages.success(request, f"Draft saved. {total(sheet.codes, answers, sheet.highest).words}.")
            return redirect("score", *sheet.address)
        found = problems(sheet.codes, answers)
        if not found:
            return redirect("check_scores", *sheet.address)
        form.show_problems(found)
        sheet = replace(sheet, answers=answers)
    return render(request, "scoring/score.html", sheet.page() | {"form": form})


def check_scores(request: HttpRequest, organisation: str, year: str, number: int):
    """Check your answers, before they are submitted."""
    sheet = _sheet(request, organisation, year, number)
    if sheet.submitted or problems(sheet.codes, sheet.answers):
        return redirect("score", *sheet.address)
    return render(request, "scoring/check.html", sheet.page())


@require_POST
def submit(request: HttpRequest, organisation: str, year: str, number: int):
    sheet = _sheet(request, organisation, year, number)
    try:
        submit_scores(
            member=sheet.member, version=sheet.version, areas=sheet.areas, submitted_by=request.user
        )
    except NotWhole:
        return redirect("score", *sheet.address)
    messages.success(request, f"You submitted your scores for {sheet.case_study.title}.")
    return redirect("my_work")
