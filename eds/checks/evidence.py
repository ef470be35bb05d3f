"""Scores that nothing in the case study speaks to."""

import re
from collections.abc import Iterator

from eds.checks.finding import Finding, finding
from eds.checks.texts import named
from eds.content import CaseStudy, Evidence, ReportContent, Section

HIGH = 2  # Achieving


def outcome_without_evidence(content: ReportContent) -> Iterator[Finding]:
    """An outcome is scored and no section or evidence is about it; an error besides where the score is 2 or more.

    A section speaks to an outcome that it is filed under, that its heading names, or that a line of it begins with
    ("1c) …"), where it says anything.
    """
    for case_study in content.case_studies:
        for code in content.edition.domain(case_study.domain).codes:
            judgement = case_study.scores.get(code)
            if judgement is None or judgement.score is None or _speaks_to(case_study, code):
                continue
            add = f"Add a section or evidence for {code}"
            yield finding(
                "outcome-without-evidence",
                f"{named(case_study)}: {code} is scored, but no section or evidence is about it. {add}.",
                case_study=case_study.number,
                outcome=code,
            )
            if judgement.score >= HIGH:
                yield finding(
                    "high-score-without-evidence",
                    f"{named(case_study)}: {code} is scored {judgement.score:g}, and no section or evidence is about "
                    f"it. {add}, or ask the panel to reconsider the score.",
                    case_study=case_study.number,
                    outcome=code,
                )


def _speaks_to(case_study: CaseStudy, code: str) -> bool:
    return any(_section_speaks_to(section, code) for section in case_study.sections) or any(
        code in item.outcomes and _says_something(item) for item in case_study.evidence
    )


def _section_speaks_to(section: Section, code: str) -> bool:
    if not section.body.strip():
        return False
    name = rf"(?<![\w.]){re.escape(code)}(?![\w]|\.\d)"
    return (
        section.outcome == code
        or bool(re.search(name, section.heading, re.IGNORECASE))
        or bool(re.search(rf"^\W*{name}\W", section.body, re.IGNORECASE | re.MULTILINE))
    )


def _says_something(item: Evidence) -> bool:
    return any(part and part.strip() for part in (item.title, item.text, item.url, item.source))
