"""Rows to `ReportContent`: what the report of a review says now, in a fixed number of queries."""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery, prefetch_related_objects
from django.utils import timezone

from casestudies.evidence.known_groups import known_groups
from casestudies.lists.represented import represented_groups
from casestudies.models import (
    Brand,
    CaseStudy,
    CaseStudyMove,
    DeclaredInterest,
    Framework,
    LeftOutDomain,
    Organisation,
    PanelMember,
    Review,
    Version,
)
from casestudies.writing.versions import as_it_stands, evidence_of, sections_of
from eds import content, stages
from eds.normal_form import normalised
from eds.report_parts import without_omitted
from scoring.models import AgreedScore, Commentary, Recommendation, Score, Theme
from scoring.review.history import approval_of, panel_scores_of, previous_results_of

# What a case study says: as it is worked on, or as it was accepted last, which the panel reads; and its corrections.
_WORKED_ON = ("sections__outcome_area", "evidence__outcome_areas", "evidence__groups")
_NEWEST = Version.objects.filter(case_study=OuterRef("case_study")).order_by("-number")
_ACCEPTED = Prefetch(
    "versions",
    Version.objects.filter(Q(pk=Subquery(_NEWEST.values("pk")[:1])) | ~Q(correction="")).order_by("number"),
    to_attr="accepted",
)
_REVEALS = CaseStudyMove.objects.filter(
    case_study=OuterRef("pk"), from_stage=stages.SCORING, to_stage=stages.MEETING
)
# What follows from a correction, for readers of the report
ASKED_AGAIN = "Members who had scored were asked to confirm or change their scores"
SCORED_BEFORE = "The panel scored the text before this correction"
_AGREED = Prefetch(
    "agreed_scores", AgreedScore.objects.current().select_related("outcome_area"), to_attr="agreed"
)


def report_content(review: Review) -> content.ReportContent:
    """Everything that the review's report says at this moment.

    It holds agreed scores, of case studies whose scores are revealed: call it only for people who may see those
    ("see_report" of eds/policy). For anyone but the equality lead, take `without_unrevealed` of it.
    """
    framework = Framework.objects.whole().get(pk=review.framework_id)
    organisation = review.organisation
    rows = _standing(review)
    places = {row.pk: row.place for row in rows}
    names = _names(review)
    said = normalised(
        content.ReportContent(
            edition=framework.as_edition(),
            organisation=_organisation(organisation),
            year=review.year,
            title=review.title,
            header=_header(review),
            previous_actions=_previous_actions(review),
            case_studies=tuple(_case_study(row, review) for row in rows),
            panel=_panel(names),
            represented_groups=represented_groups(names),
            third_parties=_third_parties(review),
            recommendations=_themes(review, places),
            choices=_choices(review, places),
            left_out=_left_out(review),
            omitted=tuple(review.omitted_parts),
            interests=_interests(names, places),
            groups=known_groups(organisation),
            stated=_stated(review),
            summary=review.summary or None,
            panel_work=review.panel_work or None,
            contact=review.contact or None,
            easy_read=review.easy_read,
            panel_scores=panel_scores_of(review),
            previous_results=previous_results_of(review),
        )
    )
    said = without_omitted(said)
    return replace(said, approval=approval_of(review, said))


def _organisation(row: Organisation) -> content.Organisation:
    brand = Brand.objects.filter(organisation=row).first()
    return content.Organisation(
        name=row.name,
        ods_code=row.ods_code or None,
        kind=row.kind or None,
        ics=row.ics.name if row.ics else None,
        colour=(brand and brand.colour) or None,
        logo=base64.b64encode(brand.logo).decode() if brand and brand.logo else None,
    )


def scored_content(review: Review) -> content.ReportContent:
    """As `report_content`, with nothing but what the figures are made of: for pages that show totals."""
    framework = Framework.objects.with_outcomes().get(pk=review.framework_id)
    rows = list(assessed_in(review).select_related("domain").prefetch_related(_AGREED))
    return content.ReportContent(
        edition=framework.as_edition(),
        organisation=content.Organisation(name=review.organisation.name),
        year=review.year,
        case_studies=tuple(
            replace(_heading(row, review), scores=_agreed(row) if tells(row, review) else {}) for row in rows
        ),
        choices=_choices(review, {row.pk: row.place for row in rows}),
        left_out=_left_out(review),
    )


def with_judges(review: Review, said: content.ReportContent) -> content.ReportContent:
    """The same content with who scored: the panel and the third parties."""
    names = _names(review)
    return replace(
        said,
        panel=_panel(names),
        represented_groups=represented_groups(names),
        third_parties=_third_parties(review),
    )


def _third_parties(review: Review) -> content.ThirdParties:
    return content.ThirdParties(
        trade_union_reps=tuple(review.trade_union_reps),
        independent_evaluators=tuple(review.independent_evaluators),
    )


def _header(review: Review) -> content.Header:
    return content.Header(
        board_sponsor=review.board_sponsor or None,
        eds_lead=review.eds_lead or None,
        level=review.level or None,
        partners=tuple(review.partners),
        engagement_dates=tuple(review.engagement_dates),
        completed_on=_iso(review.completed_on),
        published=review.published_in or None,
        authorised_on=_iso(review.authorised_on),
        revision_date=_iso(review.revision_date),
    )


def _iso(day) -> str | None:
    return day.isoformat() if day else None


def _previous_actions(review: Review) -> tuple[content.PreviousAction, ...]:
    return tuple(
        content.PreviousAction(
            action=row.action, objective=row.objective or None, status=row.status_now or None
        )
        for row in review.previous_actions.select_related("recommendation")
    )


def assessed_in(review: Review):
    """The case studies that the review's report tells: not those of domains that are left out this year."""
    left_out = LeftOutDomain.objects.filter(review=review, domain=OuterRef("domain"))
    return CaseStudy.objects.standing_in(review).filter(~Exists(left_out))


def _left_out(review: Review) -> tuple[content.LeftOut, ...]:
    rows = review.left_out_domains.select_related("domain")
    return tuple(content.LeftOut(domain=row.domain.number, reason=row.reason) for row in rows)


def _standing(review: Review) -> list[CaseStudy]:
    newest = Commentary.objects.filter(case_study=OuterRef("pk")).order_by("-sequence")
    scored = Score.objects.filter(version__case_study=OuterRef("pk"))
    rows = assessed_in(review).annotate(
        said=Subquery(newest.values("text")[:1]),
        is_scored_here=Exists(scored),
        revealed_at=Subquery(_REVEALS.values("moved_at")[:1]),
    )
    more = (_ACCEPTED, "owners__outcome_area", "self_assessments__outcome_area", _AGREED)
    standing = list(rows.select_related("domain").prefetch_related(*more))
    prefetch_related_objects([row for row in standing if row.stage == stages.WRITING], *_WORKED_ON)
    return standing


def tells(row: CaseStudy, review: Review) -> bool:
    """Does the review's report tell the case study whole? One that another body shares: once its panel has agreed."""
    return row.review_id == review.pk or row.stage == stages.AGREED


def _heading(row: CaseStudy, review: Review) -> content.CaseStudy:
    shared_by = "" if row.review_id == review.pk else row.review.organisation.name
    return content.CaseStudy(
        number=row.place,
        domain=row.domain.number,
        title=row.title,
        scored_by=row.scored_by or shared_by or None,
    )


def _case_study(row: CaseStudy, review: Review) -> content.CaseStudy:
    heading = _heading(row, review)
    if not tells(row, review):
        return heading
    text = _text(row)
    return replace(
        heading,
        **_origin(row),
        corrections=tuple(_corrections(row)),
        sections=sections_of(text),
        evidence=evidence_of(text),
        scores=_agreed(row),
        self_assessment=_judgements(row.self_assessments.all()),
        owners={owner.outcome_area.code: owner.owner for owner in row.owners.all()},
        stated_total=points(row.stated_total),
        commentary=(row.said or None) if row.stage in stages.REVEALED else None,
    )


def _origin(row: CaseStudy) -> dict:
    """Told from rows: whether members scored it here, or else from which file it came in."""
    if row.is_scored_here:
        return {"origin": "panel"}
    if row.imported_on is None:
        return {}
    return {
        "origin": "imported",
        "imported_from": row.imported_from or None,
        "imported_on": _iso(row.imported_on),
    }


def _corrections(row: CaseStudy) -> Iterator[content.Correction]:
    """What was corrected after scoring opened; of a panel's own, with what it scored. A file's say that themselves."""
    for version in row.accepted:
        if not version.correction:
            continue
        what = version.correction
        if row.imported_on is None:
            is_late = row.stage in stages.REVEALED and (
                row.revealed_at is None or version.made_at > row.revealed_at
            )
            what = f"{what.rstrip('. ')}. {SCORED_BEFORE if is_late else ASKED_AGAIN}."
        yield content.Correction(on=timezone.localdate(version.made_at).isoformat(), what=what)


def _text(row: CaseStudy) -> Mapping:
    """What it says: before scoring opens as it is worked on; then as the panel reads it, nothing where it never was
    accepted."""
    if row.stage == stages.WRITING:
        return as_it_stands(row)
    return row.accepted[-1].content if row.accepted else {"sections": [], "evidence": []}


def _agreed(row: CaseStudy) -> dict[str, content.Judgement]:
    """What the panel agreed: nothing before its members' scores are revealed."""
    return _judgements(row.agreed) if row.stage in stages.REVEALED else {}


def _judgements(rows) -> dict[str, content.Judgement]:
    return {
        row.outcome_area.code: content.Judgement(
            score=points(row.value), not_applicable=row.not_applicable, rationale=row.rationale or None
        )
        for row in sorted(rows, key=lambda row: row.outcome_area.position)
    }


def points(number: Decimal | None) -> int | float | None:
    """A stored number of points as an int, or a float where it is half a point."""
    if number is None:
        return None
    return int(number) if number == int(number) else float(number)


def _names(review: Review) -> dict[PanelMember, str]:
    """What the report calls each member that it lists: by name only where they agreed and the lead prints names."""
    return {
        row: row.name
        if not review.prints_groups_only and row.named_as == PanelMember.NamedAs.NAME
        else f"Panel member {number}"
        for number, row in enumerate(
            review.panel_members.told().with_group().prefetch_related("domains"), start=1
        )
    }


def _panel(names: Mapping[PanelMember, str]) -> tuple[content.PanelMember, ...]:
    return tuple(
        content.PanelMember(
            name=name,
            interest=row.interest or None,
            domains=tuple(domain.number for domain in row.domains.all()),
            chair=row.is_chair,
        )
        for row, name in names.items()
    )


def _themes(review: Review, places: dict[int, int]) -> tuple[content.Theme, ...]:
    actions = Recommendation.objects.select_related("equality_objective")
    actions = actions.prefetch_related("outcome_areas", "case_studies")
    rows = Theme.objects.filter(review=review).prefetch_related(Prefetch("recommendations", actions))
    return tuple(
        content.Theme(
            theme=row.title, actions=tuple(_action(action, places) for action in row.recommendations.all())
        )
        for row in rows
    )


def _action(row, places: dict[int, int]) -> content.Action:
    return content.Action(
        action=row.action,
        objective=row.objective_words or None,
        outcomes=tuple(area.code for area in row.outcome_areas.all()),
        case_studies=tuple(
            places[case_study.pk] for case_study in row.case_studies.all() if case_study.pk in places
        ),
        owner=row.owner or None,
        due=row.due or None,
        status=row.status,
    )


def _choices(review: Review, places: dict[int, int]) -> tuple[content.Choice, ...]:
    return tuple(
        content.Choice(
            domain=row.domain.number,
            case_study=places[row.case_study_id],
            chosen_by=row.chosen_by,
            reason=row.reason,
        )
        for row in review.domain_choices.select_related("domain")
        if row.case_study_id in places
    )


def _interests(names: Mapping[PanelMember, str], places: dict[int, int]) -> tuple[content.Interest, ...]:
    """Of those whom the report lists: the category, for what the member wrote is for the equality lead alone."""
    rows = DeclaredInterest.objects.filter(member__in=list(names)).select_related("member", "case_study")
    return tuple(
        content.Interest(member=names[row.member], case_study=row.case_study.number, category=row.category)
        for row in rows
        if row.case_study_id in places
    )


def _stated(review: Review) -> content.Stated:
    stated = review.stated
    return content.Stated(
        domains={int(number): total for number, total in stated.get("domains", {}).items()},
        overall=stated.get("overall"),
        rating=stated.get("rating"),
    )
