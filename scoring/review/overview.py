"""What the overview of a review shows to one person: its case studies with their figures, and the ways on."""

from dataclasses import dataclass

from casestudies.models import CaseStudy, Review, SharedCaseStudy
from casestudies.reviews.roles import Standing
from eds import stages
from eds.totals import choosable_domains, results
from scoring.review.content import scored_content
from scoring.scores.own_work import DECLARED, own_statuses


@dataclass(frozen=True, kw_only=True)
class Line:
    """One case study, and its agreed total in words where this person may see it.

    `shared` is set where another body shares it.
    """

    case_study: CaseStudy
    number: int
    total: str | None
    own: str = ""  # how far the person has come with scoring it, where they are on its panel
    shared: SharedCaseStudy | None = None

    @property
    def is_barred(self) -> bool:
        """Did the person declare an interest in it, so that they see none of its scores?"""
        return self.own == DECLARED

    @property
    def has_meeting(self) -> bool:
        """May the panel's meeting about it be opened by somebody who sees meetings of the review?"""
        return not self.is_barred and self.case_study.stage in stages.REVEALED

    @property
    def name(self) -> str:
        return str(self.shared or self.case_study)


def overview(review: Review, standing: Standing, user) -> dict:
    """The page's values. Figures are there only for those who may see agreed scores now."""
    content, figures, choosable = None, None, []
    if standing.may("see_report"):
        content = scored_content(review)
        figures = results(content)
        if standing.may("choose_case_study"):
            choosable = choosable_domains(content.edition, figures)
    rows = CaseStudy.objects.visible_to(user).filter(review=review).select_related("domain", "review")
    shared = list(SharedCaseStudy.objects.visible_to(user).offered_in(review).shown())
    totals = {result.number: result.total.words for result in figures.case_studies} if figures else {}
    own = own_statuses(review, user) if standing.is_member else {}
    lines = [_line(row, own.get(row.pk, ""), totals) for row in rows]
    lines += [_shared_line(row, totals) for row in shared if row.is_accepted]
    return {
        "standing": standing,
        "lines": sorted(lines, key=lambda line: line.number),
        "offered": [row for row in shared if not row.is_accepted],
        "content": content,
        "figures": figures,
        "choosable": choosable,
        "can": standing.can,
    }


def _line(row: CaseStudy, own: str, totals: dict[int, str]) -> Line:
    """`own` is said while members score, and for what they still have to do or may not see."""
    says_own = row.stage in (stages.SCORING, stages.MEETING) or own == DECLARED
    return Line(case_study=row, number=row.number, total=totals.get(row.number), own=own if says_own else "")


def _shared_line(row: SharedCaseStudy, totals: dict[int, str]) -> Line:
    return Line(case_study=row.case_study, number=row.number, total=totals.get(row.number), shared=row)
