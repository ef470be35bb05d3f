"""Evidence made ready for reading and for the map, from rows as they are gathered or from a version, in one way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.template.defaultfilters import filesizeformat

from casestudies.evidence.known_groups import known_groups
from casestudies.models import (
    CaseStudy,
    Evidence,
    EvidenceFile,
    Framework,
    Group,
    Organisation,
    Review,
    Version,
)
from casestudies.reviews.roles import Standing
from casestudies.writing.versions import evidence_as_it_stands
from eds import content
from eds.text import labels


@dataclass(frozen=True, kw_only=True)
class ShownEvidence:
    """One piece of evidence in words. `pk` is that of its row where it can be changed, `file_at` an id or None."""

    kind: str
    name: str
    text: str = ""
    url: str = ""
    source: str = ""
    date: str = ""
    strength: str = ""
    outcomes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    file: str = ""  # its name
    size: str = ""
    file_at: str | None = None
    pk: int | None = None


def sees_gathering(standing: Standing, case_study: CaseStudy) -> bool:
    """Do they see evidence as it is being gathered? Others read it as it was accepted."""
    return standing.may("read_draft", case_study)


def said_of(case_study: CaseStudy, *, gathering: bool) -> list[tuple[int | None, dict]]:
    """What each piece of evidence says, with the pk of its row where it is being gathered."""
    if gathering:
        rows = Evidence.objects.filter(case_study=case_study).order_by("position")
        rows = rows.prefetch_related("outcome_areas", "groups")
        return [(row.pk, evidence_as_it_stands(row)) for row in rows]
    version = case_study.versions.order_by("number").last()
    return [(None, item) for item in version.content["evidence"]] if version else []


def parts_of(
    review: Review, user, standing: Standing
) -> list[tuple[CaseStudy, list[tuple[int | None, dict]]]]:
    """Every case study of the review that this person may read, with what its evidence says to them."""
    rows = (
        CaseStudy.objects.visible_to(user).filter(review=review).select_related("domain").order_by("number")
    )
    rows = list(rows.prefetch_related("evidence__outcome_areas", "evidence__groups"))
    written = set(user.case_studies.filter(review=review).values_list("pk", flat=True))
    newest = Version.objects.filter(case_study=OuterRef("case_study")).order_by("-number").values("pk")[:1]
    versions = Version.objects.filter(case_study__in=rows, pk=Subquery(newest))
    ready = {version.case_study_id: version for version in versions}
    parts = []
    for row in rows:
        if standing.is_lead or (standing.is_author and row.pk in written):
            said = [(item.pk, evidence_as_it_stands(item)) for item in row.evidence.all()]
        else:
            said = [(None, item) for item in ready[row.pk].content["evidence"]] if row.pk in ready else []
        parts.append((row, said))
    return parts


def shown(case_study: CaseStudy, said: Iterable[tuple[int | None, Mapping]]) -> list[ShownEvidence]:
    """The evidence in words; a file that was deleted for good has no address."""
    names = dict(Group.objects.of(case_study.review.organisation).values_list("code", "name"))
    files = EvidenceFile.objects.filter(case_study=case_study).held()
    here = {str(pk) for pk in files.values_list("pk", flat=True)}
    return [_shown(item, names, here, pk) for pk, item in said]


def _shown(item: Mapping, names: Mapping[str, str], here: set[str], pk: int | None) -> ShownEvidence:
    file = item.get("file") or {}
    return ShownEvidence(
        pk=pk,
        kind=labels.KINDS[item["kind"]],
        name=item["title"] or file.get("name", "") or ("" if item["text"] else item["url"]),
        text=item["text"],
        url=item["url"],
        source=labels.source_words(item.get("source_kind"), item["source"]),
        date=labels.day(item["date"]),
        strength=labels.STRENGTHS.get(item.get("strength", ""), ""),
        outcomes=tuple(item["outcomes"]),
        groups=tuple(names.get(code) or labels.name_of(code) for code in item["groups"]),
        file=file.get("name", ""),
        size=filesizeformat(file["size"]) if file else "",
        file_at=file["id"] if file and file["id"] in here else None,
    )


def map_content(
    review: Review, parts: Iterable[tuple[CaseStudy, Iterable[tuple[int | None, Mapping]]]]
) -> content.ReportContent:
    """What the evidence map is made of: the evidence of these case studies, and nothing that anybody scored."""
    framework = Framework.objects.with_outcomes().get(pk=review.framework_id)
    organisation: Organisation = review.organisation
    return content.ReportContent(
        edition=framework.as_edition(),
        organisation=content.Organisation(name=organisation.name),
        year=review.year,
        groups=known_groups(organisation),
        case_studies=tuple(
            content.CaseStudy(
                number=row.number,
                domain=row.domain.number,
                title=row.title,
                evidence=tuple(_of_content(item) for _, item in said),
            )
            for row, said in parts
        ),
    )


def _of_content(item: Mapping) -> content.Evidence:
    return content.Evidence(
        kind=item["kind"],
        title=item["title"] or None,
        text=item["text"] or None,
        date=item["date"] or None,
        strength=item.get("strength") or None,
        outcomes=tuple(item["outcomes"]),
        groups=tuple(item["groups"]),
    )
