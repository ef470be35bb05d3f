"""A report that was understood in part, made such that it can be shown, corrected and kept."""

from dataclasses import replace

from eds.content import CaseStudy, ReportContent
from eds.fields import SHORT

LARGEST = 9999  # number of a case study
NO_YEAR = "0001"


def settled(content: ReportContent) -> ReportContent:
    """The same report with a number of its own and a title for each case study, and a year that can be kept."""
    taken: set[int] = set()
    studies = []
    for part in content.case_studies:
        number = part.number
        if number in taken or not 1 <= number <= LARGEST:
            number = next(one for one in range(1, LARGEST) if one not in taken)
        taken.add(number)
        studies.append(_titled(replace(part, number=number)))
    return replace(
        content,
        case_studies=tuple(sorted(studies, key=lambda part: part.number)),
        title=content.title[:SHORT],
        year=content.year or NO_YEAR,
    )


def _titled(part: CaseStudy) -> CaseStudy:
    title = part.title.strip()[:SHORT] or f"Case study {part.number}"
    return replace(part, title=title)
