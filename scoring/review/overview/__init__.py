"""What the page of a review shows: where it is, its case studies with their figures, and what to do in it."""

from casestudies.models import Review
from casestudies.reviews.roles import Standing
from eds.totals import choosable_domains
from scoring.review.content import scored_content
from scoring.review.overview.progress import Progress, progress_of


def overview(review: Review, standing: Standing, user) -> dict:
    """The values of pages that list case studies. Figures are there only for those who may see agreed scores now."""
    return values_of(progress_of(review, standing, visible_scores(review, standing)), standing)


def visible_scores(review: Review, standing: Standing):
    """The review's `scored_content` where this person may see agreed scores now, else None."""
    return scored_content(review) if standing.may("see_report") else None


def values_of(progress: Progress, standing: Standing) -> dict:
    """The values that every page with these case studies needs."""
    content, figures = progress.content, progress.figures
    chooses = figures is not None and standing.may("choose_case_study")
    return {
        "standing": standing,
        "lines": progress.lines,
        "offered": progress.offered,
        "figures": figures,
        "choosable": choosable_domains(content.edition, figures) if chooses else [],
        "can": standing.can,
    }
