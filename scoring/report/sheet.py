"""The scoring sheet of one case study, on paper: what is asked on the scoring page, with boxes to tick."""

from django.template.loader import render_to_string

from casestudies.models import CaseStudy
from reports.writing.pdf import writer

STYLE = ("report/sheet.css",)


def sheet_html(case_study: CaseStudy) -> str:
    """The sheet as one HTML document. Needs the review's organisation and the domain's framework."""
    areas = case_study.domain.outcome_areas.prefetch_related("descriptors")
    grades = case_study.domain.framework.grade_words()
    return render_to_string(
        "report/sheet.html",
        {
            "case_study": case_study,
            "review": case_study.review,
            "areas": [{"area": area, "choices": _choices(area, grades)} for area in areas],
            "version": case_study.versions.order_by("number").last(),
        },
    )


def _choices(area, grades) -> list[dict]:
    meanings = {row.score: row.text for row in area.descriptors.all()}
    return [{"words": words, "meaning": meanings.get(score, "")} for score, words in grades.items()]


def sheet_pdf(case_study: CaseStudy, *, large_print: bool = False) -> bytes:
    """The sheet as PDF/UA-1; large print is 18 points and more. Raises PDFUnavailableError."""
    return writer().write(sheet_html(case_study), large_print=large_print, more_style=STYLE)
