"""The checks before publication: pure functions over `ReportContent`, each raising what is truly wrong and no more.

`check` runs them all; `EXPLANATIONS` says in words what each is for. What each raises is decided in the table of
checks of eds-report/1, and where that leaves room, in docs/decisions.
"""

from eds.checks import bands, commentary, evidence, figures, panel, publication, recommendations
from eds.checks.finding import ERROR, EXPLANATIONS, WARNING, Explanation, Finding
from eds.content import ReportContent

__all__ = ["ERROR", "EXPLANATIONS", "WARNING", "Explanation", "Finding", "check"]

CHECKS = (
    figures.outcome_not_scored,
    figures.score_off_scale,
    figures.total_mismatch,
    figures.domain_mismatch,
    figures.overall_mismatch,
    figures.rating_mismatch,
    bands.band_misquoted,
    commentary.commentary_repeated,
    commentary.commentary_names_another,
    evidence.outcome_without_evidence,
    recommendations.low_score_without_action,
    recommendations.action_without_owner,
    recommendations.action_without_date,
    panel.service_count,
    panel.panel_unrepresentative,
    panel.third_party_missing,
    publication.personal_data_left,
    publication.header_incomplete,
    publication.years_clash,
)
_ORDER = {explanation.code: place for place, explanation in enumerate(EXPLANATIONS)}


def check(content: ReportContent, *, previous: ReportContent | None = None) -> tuple[Finding, ...]:
    """Everything that is to be mended in the report, in the order of `EXPLANATIONS` and then of the report.

    `previous` is last year's report of the same organisation, where there is one.
    """
    findings = [finding for one in CHECKS for finding in one(content)]
    if previous is not None:
        findings += commentary.copied_from_last_year(content, previous)
    return tuple(sorted(findings, key=lambda finding: _ORDER[finding.code]))
