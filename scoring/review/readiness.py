"""What is still missing before a review can move on, as sentences, each with the page where it is mended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from casestudies.models import CaseStudy, Handover, PanelMember, Review, SharedCaseStudy
from casestudies.writing.versions import has_changed
from eds import stages
from eds.checks.panel import third_party_missing
from eds.content import ReportContent
from eds.text.figures_in_text import unknown
from eds.totals import choosable_domains, results
from edsportal.web.addresses import url_of
from reports.writing.data.json_report import approved_sha256
from scoring.models import AgreedScore, Approval, Score
from scoring.panel.progress import Seat, seats
from scoring.publishing.findings import ReviewFinding, review_findings
from scoring.publishing.places_to_fix import PlacesToFix
from scoring.review.content import assessed_in, report_content, scored_content, with_judges


@dataclass(frozen=True, kw_only=True)
class Missing:
    """What is still to do, and the page on which it is done; with `stops`, the move can't be made without it.

    `of` is the key of the case study that it is about, where it is about one.
    """

    text: str
    address: str
    stops: bool = True
    of: int | None = None


# Before a case study can move on.


def missing_for(review: Review, target: str, case_studies: Sequence[CaseStudy]) -> list[Missing]:
    """What must or should be done before these case studies of the review move to the stage `target`."""
    if target == stages.SCORING:
        return _before_scoring(review, case_studies)
    if target == stages.WRITING:
        return _before_writing_again(case_studies)
    if target == stages.AGREED:
        return _before_agreed(case_studies)
    return _before_reveal(review, case_studies)


def _before_scoring(review: Review, case_studies: Sequence[CaseStudy]) -> list[Missing]:
    read = ("versions", "handovers", "sections__outcome_area", "evidence__outcome_areas", "evidence__groups")
    rows = CaseStudy.objects.filter(pk__in=[row.pk for row in case_studies]).select_related(
        "domain", "review"
    )
    rows = list(rows.prefetch_related(*read).order_by("number"))
    has_joined = Q(user__isnull=False) | Q(email="")  # somebody without an address scores on paper
    members = PanelMember.objects.active().filter(has_joined, review=review)
    scored = set(members.values_list("domains", flat=True))
    missing = []
    for row in rows:
        if text := _why_not_ready(row):
            missing.append(Missing(text=text, address=url_of(review, "write", row.number), of=row.pk))
        if row.domain_id not in scored:
            text = f"You have not added a panel member for {row.domain.name.lower()}."
            missing.append(Missing(text=text, address=url_of(review, "panel"), of=row.pk))
    return missing


def _why_not_ready(case_study) -> str:
    if any(handover.state == Handover.State.WAITING for handover in case_study.handovers.all()):
        return f"{case_study} is waiting for review. Accept it, or return it with comments."
    if not case_study.versions.all():
        return f"{case_study} is not accepted."
    if has_changed(case_study):
        return f"{case_study} was changed after it was accepted. Send it for review again."
    return ""


def _before_writing_again(case_studies: Sequence[CaseStudy]) -> list[Missing]:
    scored = Score.objects.filter(version__case_study__in=case_studies).values("version__case_study")
    return [
        Missing(
            text=f"A panel member has submitted scores for {row}, so it can’t be written again.",
            address=url_of(row),
            of=row.pk,
        )
        for row in CaseStudy.objects.filter(pk__in=scored).select_related("review__organisation")
    ]


def _before_reveal(review: Review, case_studies: Sequence[CaseStudy]) -> list[Missing]:
    """Nothing of it stops the move: scoring may close without a member, and a panel may agree without scores."""
    present = [seat for seat in seats(review) if seat.member.declined_at is None]
    scored = Score.objects.filter(version__case_study__in=case_studies).counted()
    scored = set(scored.order_by().values_list("version__case_study", flat=True))
    return [
        Missing(text=f"{row}: {text}", address=url_of(review, page), stops=False, of=row.pk)
        for row in case_studies
        if row.stage == stages.SCORING
        for text, page in _without(row, present, row.pk in scored)
    ]


def _without(row: CaseStudy, present: Sequence[Seat], is_scored: bool) -> Iterator[tuple[str, str]]:
    """What scores its meeting would be without, and the page where that is seen to."""
    if not is_scored:
        yield "no one has scored it.", "panel"
    guests = [seat for seat in present if not seat.member.is_counted]
    if any(domain.pk == row.domain_id for seat in guests for domain in seat.member.domains.all()):
        yield (
            "people who joined a workshop are not confirmed. Their scores will never count for it.",
            "workshop",
        )
    if names := [seat.member.name for seat in present if row in seat.owes]:
        yield f"{', '.join(names)} {'has' if len(names) == 1 else 'have'} not submitted.", "panel"


def _before_agreed(case_studies: Sequence[CaseStudy]) -> list[Missing]:
    agreed = AgreedScore.objects.filter(case_study__in=case_studies).current()
    agreed = agreed.filter(Q(value__isnull=False) | Q(not_applicable=True))
    done = set(agreed.values_list("case_study", "outcome_area"))
    rows = CaseStudy.objects.filter(pk__in=[row.pk for row in case_studies])
    rows = rows.select_related("review__organisation").prefetch_related("domain__outcome_areas")
    return [
        Missing(
            text=f"Case study {row.number}: no agreed score for {area.code}.",
            address=url_of(row, "moderate"),
            of=row.pk,
        )
        for row in rows.order_by("number")
        for area in row.domain.outcome_areas.all()
        if (row.pk, area.pk) not in done
    ]


# Before a review can move on.


def missing_before(
    review: Review,
    target: str,
    scored: ReportContent | None = None,
    points: Sequence[ReviewFinding] | None = None,
) -> list[Missing]:
    """What must be done before `review` may move to the stage `target`; an empty list where it may.

    `scored` is its `scored_content` and `points` are its `review_findings`, where they have been read already.
    """
    if target == stages.APPROVAL:
        return _before_approval(review, scored or scored_content(review))
    if target != stages.PUBLISHED:
        return []
    return _before_publishing(review, review_findings(review) if points is None else points)


def _before_approval(review: Review, content: ReportContent) -> list[Missing]:
    rows = list(assessed_in(review).select_related("domain"))
    if not rows:
        return [
            Missing(text="You have not added any case studies.", address=url_of(review, "case_study_add"))
        ]
    return [
        *_not_finished(review, rows),
        *_not_agreed(review, rows),
        *_not_chosen(review, content),
        *_not_tested(review, content),
    ]


def _not_finished(review: Review, rows: list[CaseStudy]) -> list[Missing]:
    """Its own case studies that are not agreed, each with where it is; a shared one with where its panel is."""
    shared = {row.case_study_id: row for row in review.shared_case_studies.shown()}
    place = url_of(review, "stage")
    return [
        Missing(text=_not_agreed_elsewhere(shared[row.pk]), address=url_of(shared[row.pk]), of=row.pk)
        if row.pk in shared
        else Missing(text=f"{row}: {NOT_FINISHED[row.stage]}", address=place, of=row.pk)
        for row in rows
        if row.stage != stages.AGREED and (row.pk in shared or row.stage != stages.MEETING)
    ]


NOT_FINISHED = {
    stages.WRITING: "it is still being written.",
    stages.SCORING: "its scoring is still open.",
    stages.MEETING: "its meeting has not ended.",
}


def _not_agreed(review: Review, rows: list[CaseStudy]) -> list[Missing]:
    """Of its own in the meeting: the outcome areas without an agreed score, else that the meeting has to end."""
    met = [row for row in rows if row.review_id == review.pk and row.stage == stages.MEETING]
    missing = _before_agreed(met) if met else []
    open_ones = {each.of for each in missing}
    return missing + [
        Missing(
            text=f"{row}: {NOT_FINISHED[row.stage]}",
            address=url_of(review, "moderate", row.number),
            of=row.pk,
        )
        for row in met
        if row.pk not in open_ones
    ]


def _not_agreed_elsewhere(shared: SharedCaseStudy) -> str:
    return f"{shared}: the panel of {shared.home.organisation} has not agreed its scores yet."


def _not_chosen(review: Review, content: ReportContent) -> list[Missing]:
    """A domain all scored where no rule says which case study is used for it: a tie, or not three of them."""
    figures = results(content)
    open_to_choice = choosable_domains(content.edition, figures)
    return [
        Missing(
            text=f"{domain.name}: {domain.reason}.", address=url_of(review, "domain_choice", domain.number)
        )
        for domain in figures.domains
        if domain.case_study is None and domain.number in open_to_choice
    ]


def _not_tested(review: Review, content: ReportContent) -> list[Missing]:
    """Some domains are tested by a trade union representative and an evaluator or peer reviewer."""
    if not any(third_party_missing(content)):  # asked first without the panel, which costs queries
        return []
    places = PlacesToFix(review, {})
    findings = third_party_missing(with_judges(review, content))
    return [Missing(text=finding.message, address=places.address(finding)) for finding in findings]


def _before_publishing(review: Review, points: Sequence[ReviewFinding]) -> list[Missing]:
    """Errors stop publication. A warning is fixed, or accepted with a reason. What is published was approved."""
    points = [point for point in points if point.is_open]
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
