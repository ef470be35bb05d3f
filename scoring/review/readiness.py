"""What is still missing before a review can move on, as sentences, each with the page where it is mended."""

from dataclasses import dataclass

from casestudies.models import CaseStudy, Handover, PanelMember, Review, SharedCaseStudy
from casestudies.writing.versions import has_changed
from eds import stages
from eds.checks.panel import third_party_missing
from eds.content import ReportContent
from eds.figures_in_text import unknown
from eds.totals import choosable_domains, results
from edsportal.web.addresses import url_of
from reports.writing.json_report import approved_sha256
from scoring.models import Approval, Score
from scoring.publishing.findings import review_findings
from scoring.review.content import report_content, scored_content, with_judges
from scoring.review.sharing import shared_by_number


@dataclass(frozen=True, kw_only=True)
class Missing:
    text: str
    address: str


def missing_before(review: Review, target: str, scored: ReportContent | None = None) -> list[Missing]:
    """What must be done before `review` may move to the stage `target`; an empty list where it may.

    `scored` is its `scored_content`, where that has been read already.
    """
    if target == stages.SCORING and review.stage == stages.MODERATION:
        return _before_scoring_again(review)
    if not stages.is_forward(current=review.stage, target=target):
        return []
    if target == stages.APPROVAL:
        return _before_approval(review, scored or scored_content(review))
    checks = {
        stages.EVIDENCE: _before_evidence,
        stages.SCORING: _before_scoring,
        stages.PUBLISHED: _before_publishing,
    }
    return checks[target](review) if target in checks else []


def _before_evidence(review: Review) -> list[Missing]:
    return [] if CaseStudy.objects.standing_in(review).exists() else [_no_case_study(review)]


def _no_case_study(review: Review) -> Missing:
    return Missing(text="You have not added any case studies.", address=url_of(review, "case_study_add"))


def _before_scoring(review: Review) -> list[Missing]:
    case_studies = list(
        review.case_studies.select_related("domain").prefetch_related(
            "versions", "handovers", "sections__outcome_area", "evidence__outcome_areas", "evidence__groups"
        )
    )
    members = PanelMember.objects.active().filter(review=review, user__isnull=False)
    scored = set(members.values_list("domains", flat=True))
    found = [] if case_studies else _before_evidence(review)
    found += [
        Missing(text=text, address=url_of(review, "write", case_study.number))
        for case_study in case_studies
        if (text := _why_not_ready(case_study))
    ]
    for domain in sorted({row.domain for row in case_studies}, key=lambda domain: domain.number):
        if domain.pk not in scored:
            text = f"You have not added a panel member for {domain.name.lower()}."
            found.append(Missing(text=text, address=url_of(review, "panel")))
    return found


def _why_not_ready(case_study) -> str:
    if any(handover.state == Handover.State.WAITING for handover in case_study.handovers.all()):
        return f"{case_study} is marked ready. Accept it, or return it with comments."
    if not case_study.versions.all():
        return f"{case_study} is not marked ready."
    if has_changed(case_study):
        return f"{case_study} was changed after it was accepted. Mark it ready again."
    return ""


def _before_scoring_again(review: Review) -> list[Missing]:
    if not Score.objects.filter(version__case_study__review=review).exists():
        return []
    text = (
        "Panel members have seen each other’s scores, so you can’t open scoring again. "
        "They can change a score here."
    )
    return [Missing(text=text, address=url_of(review, "moderation"))]


def _before_approval(review: Review, content: ReportContent) -> list[Missing]:
    return [*_not_agreed(review, content), *_not_chosen(review, content), *_not_tested(review, content)]


def _not_agreed(review: Review, content: ReportContent) -> list[Missing]:
    if not content.case_studies:
        return [_no_case_study(review)]
    missing = [one for one in results(content).case_studies if one.total.missing]
    shared = shared_by_number(review, content)
    elsewhere = [shared[one.number] for one in missing if one.number in shared]
    return [
        Missing(
            text=f"Case study {result.number}: no agreed score for {code}.",
            address=url_of(review, "moderate", result.number),
        )
        for result in missing
        if result.number not in shared
        for code in result.total.missing
    ] + [Missing(text=_not_agreed_elsewhere(one), address=url_of(one)) for one in elsewhere]


def _not_agreed_elsewhere(shared: SharedCaseStudy) -> str:
    return f"{shared}: the panel of {shared.home.organisation} has not agreed its scores yet."


def _not_chosen(review: Review, content: ReportContent) -> list[Missing]:
    """A domain all scored that has no total, because no rule says which case study stands for it."""
    figures = results(content)
    open_to_choice = choosable_domains(content.edition, figures)
    return [
        Missing(
            text=f"{domain.name}: {domain.reason}.", address=url_of(review, "domain_choice", domain.number)
        )
        for domain in figures.domains
        if domain.total is None and domain.number in open_to_choice
    ]


def _not_tested(review: Review, content: ReportContent) -> list[Missing]:
    """Some domains are tested by a trade union representative and an evaluator or peer reviewer."""
    if not any(third_party_missing(content)):  # asked first without the panel, which costs queries
        return []
    place = url_of(review, "review_header")
    findings = third_party_missing(with_judges(review, content))
    return [Missing(text=finding.message, address=place) for finding in findings]


def _before_publishing(review: Review) -> list[Missing]:
    """Errors stop publication. A warning is mended, or accepted with a reason. What is published was approved."""
    points = [point for point in review_findings(review) if point.is_open]
    found = [Missing(text=point.finding.message, address=point.address) for point in points if point.is_error]
    if warnings := len(points) - len(found):
        are = "1 warning is" if warnings == 1 else f"{warnings} warnings are"
        found.append(
            Missing(text=f"{are} not yet fixed or accepted with a reason.", address=url_of(review, "checks"))
        )
    content = report_content(review)
    return [*found, *_unknown_figures(review, content), *_not_approved(review, content)]


def _unknown_figures(review: Review, content: ReportContent) -> list[Missing]:
    texts = (content.summary, content.panel_work)
    return [
        Missing(text=said, address=url_of(review, "report_words"))
        for text in texts
        for said in unknown(text, content)
    ]


def _not_approved(review: Review, content: ReportContent) -> list[Missing]:
    """No approval holds, or what was approved said something else."""
    place, row = url_of(review, "approval"), Approval.objects.holding().filter(review=review).last()
    if row is None:
        return [Missing(text="You have not recorded an approval.", address=place)]
    if row.sha256 != approved_sha256(content):
        text = (
            f"The report was changed after its approval by {row.committee} was recorded. Record the "
            "approval of the change too."
        )
        return [Missing(text=text, address=place)]
    return []
