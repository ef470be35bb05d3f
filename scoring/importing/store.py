"""`ReportContent` to rows: storing an imported report."""

import base64
import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from casestudies.lists.actions import name_group
from casestudies.models import (
    Brand,
    CaseStudy,
    DeclaredInterest,
    Domain,
    EvidenceFile,
    Framework,
    Group,
    IntegratedCareSystem,
    LeftOutDomain,
    Objective,
    Organisation,
    OutcomeArea,
    PanelMember,
    Review,
    Version,
)
from casestudies.reviews.actions import mark_ready
from casestudies.reviews.locks import at_any_stage
from eds import content, stages
from eds.colours import can_be_read
from eds.lists.national_groups import IMPORTED_SOURCE, name_of
from eds.normal_form import normalised, without_origin, without_reasons
from edsportal.web.refusals import NotPossible
from reports.reading.logo import RefusedLogo, drawn_anew
from reports.writing.data.json_report import to_json
from scoring.models import (
    AgreedScore,
    Approval,
    Commentary,
    DomainChoice,
    PreviousAction,
    Recommendation,
    SelfAssessment,
    Theme,
)
from scoring.review.content import report_content
from scoring.review.stages.case_studies import fix_panel

CATEGORY_ALONE = "The report that was imported says no more than this."


@transaction.atomic
def import_report(
    *,
    report: content.ReportContent,
    imported_by=None,
    organisation: Organisation | None = None,
    file_name: str = "",
) -> tuple[Review, bool]:
    """Store a whole report as a review; gives the review and whether anything was stored.

    The review is of `organisation`, or else of the one that the report names, which is made if need be.

    Each case study is marked as imported from the file of that name, whatever the report says: what members scored
    here is known from rows alone. An equal report is not stored twice.

    Raises NotPossible, storing nothing, where the year holds another one, and `Framework.DoesNotExist` where the
    edition is not among the frameworks.
    """
    organisation = organisation or _organisation(report.organisation)
    if existing := _equal_review(organisation, report):
        return existing, False
    for group in report.groups:
        _group(group.code, organisation, name=group.name, source=group.source or "")
    review = _review(organisation, report)
    areas = {area.code: area for area in OutcomeArea.objects.filter(domain__framework=review.framework)}
    domains = {domain.number: domain for domain in Domain.objects.filter(framework=review.framework)}
    case_studies = _store_case_studies(review, report, domains, areas, imported_by)
    review.case_studies.update(imported_from=file_name[:200], imported_on=timezone.localdate())
    _store_panel(review, report, domains)
    for row in review.case_studies.filter(stage__in=stages.REVEALED):
        fix_panel(row)
    _store_interests(review, report, case_studies)
    _store_recommendations(review, report, areas, case_studies)
    _store_approval(review, report.approval)
    _store_choices(review, report, domains, case_studies)
    for said in report.left_out:
        LeftOutDomain.objects.create(review=review, domain=domains[said.domain], reason=said.reason)
    return review, True


def _equal_review(organisation: Organisation, report: content.ReportContent) -> Review | None:
    """The review of that year, which says the same; None where there is none. Raises NotPossible for another one."""
    existing = Review.objects.filter(organisation=organisation, year=report.year).first()
    if existing is None or _says_the_same(report_content(existing), report):
        return existing
    raise NotPossible(
        f"There is a {report.year} review of {organisation.name} already, and it says something else. "
        "Nothing was changed."
    )


def _store_case_studies(review: Review, report, domains, areas, imported_by) -> dict[int, CaseStudy]:
    """The case studies with what was judged of them, by their numbers."""
    case_studies = {}
    for part in report.case_studies:
        row = _store_case_study(review, part, domains[part.domain], areas)
        _store_judgements(row, part, areas)
        if part.sections or part.evidence or part.scores:  # a mere title is not ready for a panel
            with at_any_stage():
                version = mark_ready(case_study=row, made_by=imported_by)
            _store_corrections(version, part.corrections)
        CaseStudy.objects.filter(pk=row.pk).update(stage=_stage_of(part, areas))
        case_studies[part.number] = row
    return case_studies


def _store_corrections(version: Version, corrections: Sequence[content.Correction]) -> None:
    """Each as a version of its own, on its day, with the text as it is after all of them."""
    for number, said in enumerate(corrections, start=version.number + 1):
        noon = datetime.combine(date.fromisoformat(said.on), time(12), tzinfo=timezone.get_current_timezone())
        version.case_study.versions.create(
            number=number,
            content=version.content,
            correction=said.what,
            made_at=noon,
            made_by=version.made_by,
        )


def _stage_of(part: content.CaseStudy, areas: dict[str, OutcomeArea]) -> str:
    """One that holds agreed scores has been through scoring; with all of them, what is left is to publish it."""
    if not part.scores:
        return stages.WRITING
    domain = {area.domain_id for code, area in areas.items() if code in part.scores}
    codes = {code for code, area in areas.items() if area.domain_id in domain}
    said = {code for code, each in part.scores.items() if each.score is not None or each.not_applicable}
    return stages.AGREED if said >= codes else stages.MEETING


def _store_choices(review: Review, report, domains, case_studies) -> None:
    for choice in report.choices:
        of = {"domain": domains[choice.domain], "case_study": case_studies[choice.case_study]}
        DomainChoice.objects.create(review=review, chosen_by=choice.chosen_by, reason=choice.reason, **of)


def _says_the_same(existing: content.ReportContent, report: content.ReportContent) -> bool:
    """Apart from what is known of the organisation, its groups and the edition's wording: they live on beside it."""
    said = without_reasons(normalised(report))
    shared = {
        name: getattr(said, name) for name in ("organisation", "edition", "groups", "represented_groups")
    }
    if report.previous_results is None:  # what the portal itself knows of the year before
        shared["previous_results"] = None
    return without_origin(replace(existing, **shared)) == without_origin(said)


def _organisation(said: content.Organisation) -> Organisation:
    """The organisation of that name; what the portal does not know of it yet is filled in, nothing is overwritten."""
    row, _ = Organisation.objects.get_or_create(slug=slugify(said.name), defaults={"name": said.name})
    holder = Organisation.objects.filter(ods_code=said.ods_code or "-").exclude(pk=row.pk).first()
    if holder is not None:
        raise NotPossible(
            f"The ODS code {said.ods_code} belongs to {holder.name}. Nothing was changed. "
            f"Correct the code in the file, or import the report with --organisation “{holder.name}”."
        )
    row.ods_code = row.ods_code or said.ods_code or ""
    row.kind = row.kind or said.kind or ""
    if row.ics is None and said.ics:
        row.ics, _ = IntegratedCareSystem.objects.get_or_create(name=said.ics)
    row.save()
    _store_brand(row, said)
    return row


def _store_brand(row: Organisation, said: content.Organisation) -> None:
    """The logo, drawn anew, and a colour that can be read, where the organisation has none. Others are left out."""
    if Brand.objects.filter(organisation=row).exists():
        return
    brand = Brand(organisation=row)
    if said.colour and can_be_read(said.colour):
        brand.colour = said.colour
    with suppress(RefusedLogo, ValueError):
        brand.logo = drawn_anew(base64.b64decode(said.logo or "", validate=True)) if said.logo else b""
        brand.logo_sha256 = hashlib.sha256(brand.logo).hexdigest() if brand.logo else ""
    if brand.colour or brand.logo:
        brand.save()


def _review(organisation: Organisation, report: content.ReportContent) -> Review:
    header = report.header
    stated = report.stated
    return Review.objects.create(
        organisation=organisation,
        framework=Framework.objects.get(name=report.edition.name),
        year=report.year,
        title=report.title,
        board_sponsor=header.board_sponsor or "",
        eds_lead=header.eds_lead or "",
        level=header.level or "",
        partners=list(header.partners),
        engagement_dates=list(header.engagement_dates),
        completed_on=header.completed_on,
        published_in=header.published or "",
        authorised_on=header.authorised_on,
        revision_date=header.revision_date,
        trade_union_reps=list(report.third_parties.trade_union_reps),
        independent_evaluators=list(report.third_parties.independent_evaluators),
        stated={"domains": dict(stated.domains), "overall": stated.overall, "rating": stated.rating},
        summary=report.summary or "",
        panel_work=report.panel_work or "",
        contact=report.contact or "",
        easy_read=dict(report.easy_read),
        omitted_parts=list(report.omitted),
        imported_results=_imported_results(report),
    )


def _imported_results(report: content.ReportContent) -> dict:
    """As they stand in the JSON form, for `scoring.review.history`."""
    said = json.loads(to_json(report))
    return {name: said[name] for name in ("panel_scores", "previous_results") if name in said}


def _store_approval(review: Review, said: content.Approval | None) -> None:
    if said is not None:
        Approval.objects.create(
            review=review, approved_by=said.approved_by, committee=said.committee, approved_on=said.date
        )


def _store_case_study(
    review: Review, part: content.CaseStudy, domain: Domain, areas: dict[str, OutcomeArea]
) -> CaseStudy:
    row = review.case_studies.create(
        number=part.number,
        domain=domain,
        title=part.title,
        stated_total=part.stated_total,
        scored_by=part.scored_by or "",
    )
    for position, section in enumerate(part.sections, start=1):
        row.sections.create(
            position=position,
            heading=section.heading,
            outcome_area=areas[section.outcome] if section.outcome else None,
            body=section.body,
        )
    for position, said in enumerate(part.evidence, start=1):
        _store_evidence(row, position, said, areas)
    for code, owner in part.owners.items():
        row.owners.create(outcome_area=areas[code], owner=owner)
    return row


def _store_evidence(row: CaseStudy, position: int, said: content.Evidence, areas) -> None:
    evidence = row.evidence.create(
        position=position,
        kind=said.kind,
        title=said.title or "",
        text=said.text or "",
        url=said.url or "",
        source_kind=said.source_kind or "",
        source=said.source or "",
        date=said.date or "",
        strength=said.strength or "",
        file=_described(row, said.file) if said.file else None,
    )
    evidence.outcome_areas.set(areas[code] for code in said.outcomes)
    evidence.groups.set(_group(code, row.review.organisation) for code in said.groups)


def _described(row: CaseStudy, said: content.EvidenceFile) -> EvidenceFile:
    """What a report says of a file whose bytes it doesn't hold: nobody can fetch it here."""
    return EvidenceFile.objects.create(case_study=row, name=said.name, size=said.size, sha256=said.sha256)


def _group(code: str, organisation: Organisation, *, name: str = "", source: str = IMPORTED_SOURCE) -> Group:
    """The group of that code; one that nobody knows yet becomes a local group of the organisation."""
    known = Group.objects.filter(Q(organisation=None) | Q(organisation=organisation), code=code).first()
    return known or Group.objects.create(
        code=code,
        name=name or name_of(code),
        kind=Group.Kind.LOCAL,
        organisation=organisation,
        source=source,
    )


def _store_judgements(row, part: content.CaseStudy, areas: dict[str, OutcomeArea]) -> None:
    for model, judgements, extra in (
        (AgreedScore, part.scores, {"imported": True}),
        (SelfAssessment, part.self_assessment, {}),
    ):
        model.objects.bulk_create(
            model(
                case_study=row,
                outcome_area=areas[code],
                value=judgement.score,
                not_applicable=judgement.not_applicable,
                rationale=judgement.rationale or "",
                **extra,
            )
            for code, judgement in judgements.items()
        )
    if part.commentary:
        Commentary.objects.create(case_study=row, text=part.commentary)


def _store_panel(review: Review, report: content.ReportContent, domains: dict[int, Domain]) -> None:
    for group in report.represented_groups:
        name_group(code=group.code, name=group.name, outside_nhs=group.outside_nhs)
    for position, said in enumerate(report.panel):
        member = PanelMember.objects.create(
            review=review,
            name=said.name,
            interest=said.interest or "",
            is_chair=said.chair,
            named_as=PanelMember.NamedAs.NAME,  # the report that is read names them
            position=position,
        )
        member.domains.set(domains[number] for number in said.domains)


def _store_interests(review: Review, report: content.ReportContent, case_studies) -> None:
    """Members are known by their names: of two with one name, the first who has not declared this one."""
    for said in report.interests:
        row = case_studies[said.case_study]
        member = (
            review.panel_members.filter(name=said.member).exclude(declared_interests__case_study=row).first()
        )
        if member is not None:
            given = {"category": said.category or "other", "reason": said.reason or CATEGORY_ALONE}
            DeclaredInterest.objects.create(member=member, case_study=row, **given)


def _store_recommendations(review: Review, report: content.ReportContent, areas, case_studies) -> None:
    for position, said in enumerate(report.previous_actions, start=1):
        PreviousAction.objects.create(
            review=review,
            position=position,
            action=said.action,
            objective=said.objective or "",
            status=said.status or "",
        )
    known = {row.title: row for row in review.organisation.objectives.all()}
    for position, said in enumerate(report.recommendations, start=1):
        theme = Theme.objects.create(review=review, position=position, title=said.theme)
        for place, action in enumerate(said.actions, start=1):
            row = _store_action(theme, place, action, known.get(action.objective))
            row.outcome_areas.set(areas[code] for code in action.outcomes)
            row.case_studies.set(case_studies[number] for number in action.case_studies)


def _store_action(
    theme: Theme, position: int, said: content.Action, known: Objective | None
) -> Recommendation:
    """`known` is the organisation's objective of those words; others stay words, so that nothing is lost."""
    return Recommendation.objects.create(
        theme=theme,
        position=position,
        action=said.action,
        equality_objective=known,
        objective="" if known else said.objective or "",
        owner=said.owner or "",
        due=said.due or "",
        status=said.status,
    )
