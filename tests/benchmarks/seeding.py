"""A country of organisations with reviews, panels, scores and publications, made in bulk.

The rows go in by `bulk_create`, through every trigger of the database, so that the audit log and its chain hold them
as well. What a form or an action would check is not checked again: the shapes here are the ones that they make.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.db import models, transaction

from casestudies.models import (
    CaseStudy,
    FixedPlace,
    Framework,
    Organisation,
    PanelMember,
    Review,
    Role,
    Section,
    Version,
)
from eds import stages
from eds.editions import edition_to_dict
from edsportal.accounts.models import User
from reports.writing.data.json_report import to_json
from scoring.models import AgreedScore, Draft, Publication, Recommendation, Score, ScoreSheet, Theme
from scoring.review.content import report_content

A_CHUNK = 10  # organisations in one transaction
FIRST_YEAR = 2023
TEXT = "We asked people who use the service what gets in their way, and changed opening times. " * 4
LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many organisations, years of each, case studies of a year (the last one of Domain 2) and members of a
    panel. Of each organisation's years the last is being scored, the one before is at its meeting, and earlier ones
    are published."""

    organisations: int = 250
    years: int = 4
    services: int = 5
    members: int = 12

    @property
    def scores(self) -> int:
        """Each case study has four outcome areas."""
        return self.organisations * self.years * self.services * self.members * 4


def seed(size: Size) -> int:
    """Make them all; gives how many scores there are of them. Needs a database without them."""
    domains = list(
        Framework.objects.get(name="EDS 2022").domains.filter(number__in=[1, 2]).order_by("number")
    )
    for first in range(0, size.organisations, A_CHUNK):
        with transaction.atomic():
            _Chunk(size, domains, range(first, min(first + A_CHUNK, size.organisations))).make()
    return size.scores


def _stored(rows: Iterable[models.Model]) -> list:
    rows = list(rows)
    return type(rows[0])._base_manager.bulk_create(rows, batch_size=2_000) if rows else []


def _stage(year: int, years: int) -> tuple[str, str]:
    """The stages of a review and of its case studies, in the `year`th of so many."""
    if year == years - 1:
        return stages.OPEN, stages.SCORING
    if year == years - 2:
        return stages.OPEN, stages.MEETING
    return stages.PUBLISHED, stages.AGREED


class _Chunk:
    """Some of the organisations, with everything of theirs."""

    def __init__(self, size: Size, domains: Sequence, numbers: Sequence[int]):
        self.size, self.domains, self.numbers = size, domains, numbers
        self.areas = {domain.pk: list(domain.outcome_areas.all()) for domain in domains}

    def make(self) -> None:
        self.organisations = _stored(
            Organisation(name=f"Trust number {number:04}", slug=f"trust-number-{number:04}", kind="trust")
            for number in self.numbers
        )
        self.people = {body.pk: self._people(body) for body in self.organisations}
        self.reviews = _stored(self._reviews())
        self.case_studies = _stored(self._case_studies())
        versions = _stored(self._versions())
        self.versions = {row.case_study_id: row for row in versions}
        self.members = self._panels()
        self._texts()
        self._scores()
        self._agreed()
        _stored(self._publications())

    def _people(self, body: Organisation) -> list[User]:
        """Its lead, its author, and who sits on its panels."""
        names = ["lead", "author", *(f"member-{number}" for number in range(self.size.members))]
        people = _stored(
            User(email=f"{name}@{body.slug}.example.org", name=f"{name} of {body.name}", password="!")
            for name in names
        )
        kinds = (Role.Kind.EQUALITY_LEAD, Role.Kind.AUTHOR)
        _stored(
            Role(user=user, organisation=body, kind=kind) for user, kind in zip(people, kinds, strict=False)
        )
        return people

    def _reviews(self) -> Iterator[Review]:
        for body in self.organisations:
            for year in range(self.size.years):
                stage, _ = _stage(year, self.size.years)
                yield Review(
                    organisation=body,
                    framework_id=self.domains[0].framework_id,
                    year=str(FIRST_YEAR + year),
                    title="Equality Delivery System",
                    stage=stage,
                )

    def _case_studies(self) -> Iterator[CaseStudy]:
        for review in self.reviews:
            _, stage = _stage(int(review.year) - FIRST_YEAR, self.size.years)
            for number in range(1, self.size.services + 1):
                domain = self.domains[1] if number == self.size.services > 1 else self.domains[0]
                yield CaseStudy(
                    review=review, number=number, domain=domain, title=f"Service {number}", stage=stage
                )

    def _sections(self, row: CaseStudy) -> list[dict]:
        return [
            {"heading": area.code, "outcome": area.code, "body": TEXT} for area in self.areas[row.domain_id]
        ]

    def _versions(self) -> Iterator[Version]:
        for row in self.case_studies:
            lead = self.people[row.review.organisation_id][0]
            text = {"title": row.title, "sections": self._sections(row), "evidence": []}
            yield Version(case_study=row, number=1, content=text, made_by=lead)

    def _texts(self) -> None:
        """Sections and authors of case studies, recommendations of reviews."""
        _stored(
            Section(case_study=row, position=position, heading=area.code, outcome_area=area, body=TEXT)
            for row in self.case_studies
            for position, area in enumerate(self.areas[row.domain_id], start=1)
        )
        _stored(
            CaseStudy.authors.through(
                casestudy_id=row.pk, user_id=self.people[row.review.organisation_id][1].pk
            )
            for row in self.case_studies
        )
        themes = _stored(Theme(review=review, position=1, title="Access") for review in self.reviews)
        _stored(
            Recommendation(
                theme=theme, position=position, action=f"Do the {position}. thing", due="2026-03-31"
            )
            for theme in themes
            for position in range(1, 4)
        )

    def _panels(self) -> dict[int, list[PanelMember]]:
        """The members of each review's panel, for both domains; on each revealed case study's panel for good."""
        rows = _stored(
            PanelMember(
                review=review, user=user, name=user.name, interest="vcse", is_chair=not place, position=place
            )
            for review in self.reviews
            for place, user in enumerate(self.people[review.organisation_id][2:])
        )
        _stored(
            PanelMember.domains.through(panelmember_id=row.pk, domain_id=domain.pk)
            for row in rows
            for domain in self.domains
        )
        members: dict[int, list[PanelMember]] = {}
        for row in rows:
            members.setdefault(row.review_id, []).append(row)
        _stored(
            FixedPlace(member=member, case_study=row)
            for row in self.case_studies
            if row.stage in stages.REVEALED
            for member in members[row.review_id]
        )
        return members

    def _scores(self) -> None:
        """Every member's submitted scores, the sheets that they filled in, and a draft of each."""
        judged = [(row, member) for row in self.case_studies for member in self.members[row.review_id]]
        sheets = _stored(
            ScoreSheet(member=member, case_study=row, version=self.versions[row.pk], revision=2)
            for row, member in judged
        )
        _stored(
            Draft(sheet=sheet, outcome_area=self.areas[sheet.case_study.domain_id][0], value=1)
            for sheet in sheets
        )
        _stored(
            Score(
                member=member,
                version=self.versions[row.pk],
                outcome_area=area,
                value=(member.pk + place + row.number) % 4,
                rationale=f"We heard that {area.code} works for most people.",
                submitted_at=LONG_AGO,
                submitted_by_id=member.user_id,
            )
            for row, member in judged
            for place, area in enumerate(self.areas[row.domain_id])
        )

    def _agreed(self) -> None:
        _stored(
            AgreedScore(
                case_study=row,
                outcome_area=area,
                value=2,
                rationale="Agreed by all",
                recorded_by=self.people[row.review.organisation_id][0],
            )
            for row in self.case_studies
            if row.stage in stages.REVEALED
            for area in self.areas[row.domain_id]
        )

    def _publications(self) -> Iterator[Publication]:
        """Of each published review, what one of them says in the name and the year of each."""
        rows = [review for review in self.reviews if review.stage == stages.PUBLISHED]
        content = report_content(rows[0]) if rows else None
        for review in rows:
            name = replace(content.organisation, name=review.organisation.name)
            text = to_json(replace(content, organisation=name, year=review.year))
            yield Publication(
                review=review,
                number=1,
                content=text,
                edition=edition_to_dict(content.edition),
                sha256=hashlib.sha256(text.encode()).hexdigest(),
                published_at=LONG_AGO + timedelta(minutes=review.pk),
                published_by=self.people[review.organisation_id][0],
            )
