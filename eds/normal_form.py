"""A report in the form in which two are compared: what differs then differs in what they say."""

from collections.abc import Mapping
from dataclasses import replace

from eds.content import CaseStudy, Judgement, ReportContent, Theme


def normalised(report: ReportContent) -> ReportContent:
    """The same report with sets (outcomes, groups, domains, case studies) in order and no empty judgements.

    Rows keep no order within a set and no judgement that says nothing, so two contents are compared in this form.
    """
    return replace(
        report,
        case_studies=tuple(_normalised_case_study(part) for part in report.case_studies),
        panel=tuple(replace(member, domains=tuple(sorted(member.domains))) for member in report.panel),
        represented_groups=tuple(sorted(report.represented_groups, key=lambda group: group.code)),
        recommendations=tuple(_normalised_theme(theme) for theme in report.recommendations),
        choices=tuple(sorted(report.choices, key=lambda choice: choice.domain)),
        left_out=tuple(sorted(report.left_out, key=lambda each: each.domain)),
        interests=tuple(sorted(report.interests, key=lambda each: (each.case_study, each.member))),
        groups=tuple(sorted(report.groups, key=lambda group: (group.kind, group.name, group.code))),
        panel_scores=replace(
            report.panel_scores,
            spreads=tuple(sorted(report.panel_scores.spreads, key=lambda spread: spread.case_study)),
        ),
    )


def without_reasons(report: ReportContent) -> ReportContent:
    """The same report with what is printed of declared interests: their categories, and nothing that anybody wrote."""
    printed = (replace(one, category=one.category or "other", reason=None) for one in report.interests)
    return replace(report, interests=tuple(printed))


def without_origin(report: ReportContent) -> ReportContent:
    """The same report without where its scores came from: what is compared between two portals."""
    unmarked = {"origin": None, "imported_from": None, "imported_on": None}
    return replace(report, case_studies=tuple(replace(part, **unmarked) for part in report.case_studies))


def _normalised_case_study(part: CaseStudy) -> CaseStudy:
    evidence = (
        replace(item, outcomes=tuple(sorted(item.outcomes)), groups=tuple(sorted(item.groups)))
        for item in part.evidence
    )
    judged = {"scores": _spoken(part.scores), "self_assessment": _spoken(part.self_assessment)}
    return replace(part, evidence=tuple(evidence), **judged)


def _spoken(judgements: Mapping[str, Judgement]) -> dict[str, Judgement]:
    return {code: judgements[code] for code in sorted(judgements) if judgements[code] != Judgement()}


def _normalised_theme(theme: Theme) -> Theme:
    actions = (
        replace(each, outcomes=tuple(sorted(each.outcomes)), case_studies=tuple(sorted(each.case_studies)))
        for each in theme.actions
    )
    return replace(theme, actions=tuple(actions))
