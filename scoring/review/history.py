"""Rows to the parts of a report that tell how it came about: members' scores, last year's results, the approval."""

from collections import defaultdict

from casestudies.models import Review
from eds import content, stages
from eds.comparison import told
from eds.edition import Edition
from eds.scores.disclosure import panel_scores
from eds.totals import results
from eds.totals.domain import full_points
from reports.writing.data.json_report import approved_sha256
from scoring.models import Approval, Publication, Score


def panel_scores_of(review: Review) -> content.PanelScores:
    """What may be said of the scores that members gave alone, before they saw others'. Of an imported report: what it
    said of them."""
    if said := review.imported_results.get("panel_scores"):
        spreads = tuple(content.Spread(**spread) for spread in said["spreads"])
        return content.PanelScores(agreement=said["agreement"], spreads=spreads, people=said.get("people"))
    given: dict = defaultdict(lambda: defaultdict(list))
    members = defaultdict(set)
    revealed = review.case_studies.filter(stage__in=stages.REVEALED)
    rows = Score.objects.filter(version__case_study__in=revealed).as_revealed()
    names = ("version__case_study__number", "outcome_area__code", "member", "value")
    for number, code, member, value in rows.values_list(*names):
        given[number][code].append(value)
        members[number].add(member)
    people = len(set().union(*members.values())) or None
    return panel_scores(given, {number: len(those) for number, those in members.items()}, people)


def previous_results_of(review: Review) -> content.PreviousResults | None:
    """The organisation's last published results before this year; else what the report said where it was imported."""
    if said := review.imported_results.get("previous_results"):
        domains = {int(number): total for number, total in said["domains"].items()}
        return content.PreviousResults(**said | {"domains": domains})
    rows = Publication.objects.listed().filter(
        review__organisation=review.organisation_id, review__year__lt=review.year
    )
    before = rows.first()
    return as_previous(before.as_content()) if before else None


def as_previous(report: content.ReportContent) -> content.PreviousResults:
    """The results of a report as the next one tells them. A total out of fewer points than usual is left out."""
    figures = results(report)
    return content.PreviousResults(
        year=report.year,
        framework=report.edition.name,
        scores=told(report).scores,
        domains={
            found.number: found.total
            for found in figures.domains
            if found.total is not None and found.out_of == _full(report.edition, found.number)
        },
        overall=figures.overall.total,
        rating=figures.overall.rating,
    )


def _full(edition: Edition, number: int) -> int | None:
    return full_points(edition, edition.domain(number))


def approval_of(review: Review, said: content.ReportContent) -> content.Approval | None:
    """The approval that holds now, of a report that says this. One of a report that said something else is no approval;
    one that came in with an imported report approves it as it is."""
    row = Approval.objects.holding().filter(review=review).last()
    if row is None or row.sha256 not in ("", approved_sha256(said)):
        return None
    return content.Approval(
        approved_by=row.approved_by, committee=row.committee, date=row.approved_on.isoformat()
    )
