"""The content of a report without what a person may not see yet."""

from collections.abc import Collection
from dataclasses import replace

from casestudies.models import CaseStudy, Review
from eds import content, stages


def without_scores(said: content.ReportContent) -> content.ReportContent:
    """The same content without anything that the panel gave or agreed: for people who may not see that yet."""
    return replace(
        said,
        case_studies=tuple(replace(part, scores={}, commentary=None) for part in said.case_studies),
        choices=(),
        panel_scores=content.PanelScores(),
    )


def without_scores_of(said: content.ReportContent, numbers: Collection[int]) -> content.ReportContent:
    """The same content without what the panel gave or agreed for these case studies, nor figures that it went into."""
    if not numbers:
        return said
    parts = (
        replace(part, scores={}, commentary=None) if part.number in numbers else part
        for part in said.case_studies
    )
    choices = tuple(one for one in said.choices if one.case_study not in numbers)
    return replace(said, case_studies=tuple(parts), choices=choices, panel_scores=content.PanelScores())


def without_unrevealed(said: content.ReportContent, review: Review) -> content.ReportContent:
    """The same content with nothing but the titles of case studies whose scores are not revealed.

    Their text may be a draft, and a panel may not know yet what the organisation gave itself.
    """
    rows = CaseStudy.objects.standing_in(review).exclude(stage__in=stages.REVEALED)
    hidden = set(rows.values_list("place", flat=True))
    return replace(
        said,
        case_studies=tuple(
            content.CaseStudy(
                number=part.number, domain=part.domain, title=part.title, scored_by=part.scored_by
            )
            if part.number in hidden
            else part
            for part in said.case_studies
        ),
    )
