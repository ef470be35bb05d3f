"""The policy, walked: for each row, stage and person, the queryset, the page's rule and the table of what is expected
(tests/policy_expected.py) say the same."""

from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from casestudies.evidence.actions import Upload
from casestudies.models import (
    CaseStudy,
    DeclaredInterest,
    Evidence,
    EvidenceFile,
    Framework,
    Objective,
    Organisation,
    PanelMember,
    ReportUpload,
    Review,
    Role,
    SharedCaseStudy,
)
from casestudies.organisations.roles import OrganisationStanding
from casestudies.reviews.roles import Standing
from eds import policy, stages
from eds.editions import edition_to_dict
from eds.policy.reading import READING
from eds.policy.rule import ANYBODY
from edsportal.audit_pages.rules import entries_visible_to
from reports.writing.data.json_report import to_json
from scoring.models import (
    AgreedScore,
    Commentary,
    DomainChoice,
    Publication,
    Recommendation,
    Score,
    SearchText,
    SelfAssessment,
)
from scoring.recommendations.actions import Wording
from scoring.review.content import report_content
from scoring.review.sharing import accept_case_study, offer_case_study
from tests.cast import (
    Cast,
    file_of,
    join,
    make_cast,
    objective_of,
    open_a_workshop,
    person,
    quote_of,
    upload_of,
)
from tests.policy_expected import PEOPLE, WHO_MAY, WHO_SEES
from tests.prepare import add_evidence, mark_ready, recommend, record_agreed_score, record_commentary


@dataclass
class World:
    """The cast with a person for each role of the policy, and a row for each queryset."""

    cast: Cast
    people: dict
    case_study: CaseStudy | None = None
    unready: CaseStudy | None = None
    standings: dict = field(default_factory=dict)

    def move(self, stage: str, review: str) -> None:
        """Bring its case studies and the review to these stages; what was read of them before is forgotten."""
        self.cast.move(stage)
        Review.objects.filter(pk=self.cast.review.pk).update(stage=review)
        self.cast.review.stage = review
        rows = CaseStudy.objects.select_related("review")
        self.case_study = rows.get(pk=self.cast.case_studies[0].pk)
        self.unready = rows.get(title="Not ready")
        review = Review.objects.get(pk=self.cast.review.pk)
        people = (user for user in self.people.values() if user.is_authenticated)
        self.standings = {user: Standing(user, review) for user in people}


def _role(name: str, kind: str, organisation: Organisation):
    user = person(name)
    Role.objects.create(user=user, organisation=organisation, kind=kind)
    return user


def _seat(name: str, review: Review, number: int):
    user = person(name)
    row = PanelMember.objects.create(review=review, user=user, name=name)
    row.domains.set(review.framework.domains.filter(number=number))
    return user


def _author_on_the_panel(cast: Cast):
    user = _seat("Wilma Writer", cast.review, 1)
    cast.case_studies[0].authors.add(user)
    return user


def _people(cast: Cast, there: Review) -> dict:
    """A person for each role here, in the organisation that shows a case study too, and in a third one."""
    workshop = open_a_workshop(cast)
    third = Organisation.objects.create(name="Third Trust", slug="third-trust")
    declared = _seat("Dora Declared", cast.review, 1)
    declared_and_left = _seat("Dan Declared", cast.review, 1)
    left = _seat("Lou Left", cast.review, 1)
    for user in (declared, declared_and_left):
        DeclaredInterest.objects.create(
            member=user.panel_members.get(), case_study=cast.case_studies[0], reason="My sister runs it"
        )
    Role.objects.create(user=declared_and_left, organisation=cast.organisation, kind="equality_lead")
    gone = PanelMember.objects.filter(user__in=(left, declared_and_left))
    gone.update(declined_at=timezone.now())
    return {
        "administrator": cast.administrator,
        "lead": cast.lead,
        "declared_lead": declared_and_left,
        "author": cast.author,
        "other_author": _role("Other Author", "author", cast.organisation),
        "reader": cast.reader,
        "chair": cast.chair,
        "member": cast.member,
        "other": cast.other,
        "declared": declared,
        "other_domain": _seat("Olga Domain", cast.review, 2),
        "wrote_it": _author_on_the_panel(cast),
        "left": left,
        "guest": join(workshop, "Greta Guest", confirmed_by=cast.lead),
        "unconfirmed": join(workshop, "Uli Unconfirmed"),
        "there_lead": cast.stranger,
        "there_author": _role("There Author", "author", there.organisation),
        "there_reader": _role("There Reader", "reader", there.organisation),
        "there_member": _seat("There Member", there, 1),
        "there_other_domain": _seat("There Other", there, 2),
        "stranger": _role("Third Lead", "equality_lead", third),
        "public": AnonymousUser(),
    }


@pytest.fixture
def world(db) -> World:
    cast = make_cast()
    first = cast.case_studies[0]
    body = cast.stranger.roles.get().organisation
    there = Review.objects.create(organisation=body, framework=cast.review.framework, year="2026")
    people = _people(cast, there)
    offer = offer_case_study(case_study=first, organisation=body, offered_by=cast.lead)
    accept_case_study(shared=offer, accepted_by=cast.stranger)
    quote_of(cast)
    file_of(cast)
    mark_ready(case_study=first, made_by=cast.lead)
    first.sections.filter(position=1).update(body="A draft")
    first.sections.get(position=1).save()  # so that the search knows of it
    cast.score(cast.other, 1, 1, 1, 1, 1)
    area = first.domain.outcome_areas.first()
    record_agreed_score(case_study=first, outcome_area=area, value=2, rationale="r", recorded_by=cast.lead)
    record_commentary(case_study=first, text="Well done", recorded_by=cast.lead)
    recommend(review=cast.review, wording=Wording(theme="Access", action="Open on Saturdays"))
    SelfAssessment.objects.create(case_study=first, outcome_area=area, value=2)
    choice = {"chosen_by": "Wendy", "reason": "it is larger"}
    DomainChoice.objects.create(review=cast.review, domain=first.domain, case_study=first, **choice)
    content = report_content(cast.review)
    Publication.objects.create(
        review=cast.review,
        number=1,
        content=to_json(content),
        edition=edition_to_dict(content.edition),
        sha256="0" * 64,
        published_by=cast.lead,
    )
    CaseStudy.objects.create(review=cast.review, number=9, domain=first.domain, title="Not ready")
    values = {"title": "Later"}
    later = Upload(data=b"x,y\n", name="later.csv", kind="csv")
    add_evidence(case_study=first, kind="file", values=values, upload=later, added_by=cast.author)
    Framework.objects.create(name="Draft", status="draft")
    upload_of(cast.lead, cast.organisation)
    objective_of(cast)
    return World(cast, people)


def may(world: World, user, action: str, **of) -> bool:
    """What the page's rule says: of the review, or of the case study that is given."""
    if not user.is_authenticated:
        return policy.why_not(action, {ANYBODY}, {world.cast.review.stage}) is None
    of = {"case_study": world.case_study} | of if policy.RULES[action].of == "case_study" else {}
    return world.standings[user].why_not(action, **of) is None


def may_in_organisation(world: World, user, action: str, stage: str | None = None) -> bool:
    if not user.is_authenticated:
        return policy.why_not(action, {ANYBODY}, {stage}) is None
    return OrganisationStanding(user, world.cast.organisation).why_not(action, stage) is None


def by(action: str, **of):
    return lambda world, user: may(world, user, action, **of)


def by_organisation(action: str, stage: str | None = None):
    return lambda world, user: may_in_organisation(world, user, action, stage)


def _unpublished(rule):
    """What is published is found in its publication alone."""
    return lambda world, user: world.cast.review.stage != stages.PUBLISHED and rule(world, user)


def _file(world: World, user) -> bool:
    return may(world, user, "read_file")


def _draft_file(world: World, user) -> bool:
    return may(world, user, "read_file", ready=False)


def _entry(user, **of):
    return entries_visible_to(user).filter(**of)


def _found(**of):
    return lambda user: SearchText.objects.visible_to(user).filter(**of)


def _visible(model, **of):
    return lambda user: model.objects.visible_to(user).filter(**of)


FIRST, HERE = {"case_study__number": 1}, {"organisation__slug": "nhs-ambleford"}
IN_REVIEW = {"review__organisation__slug": "nhs-ambleford"}
# Name of the row: how its queryset finds it, and what the rule of its page says.
ROWS = {
    "review": (_visible(Review, **HERE), by("see_review")),
    "case study": (_visible(CaseStudy, number=1, **IN_REVIEW), by("read_case_study")),
    "case study that is not ready": (
        _visible(CaseStudy, title="Not ready"),
        lambda world, user: may(world, user, "read_case_study", case_study=world.unready, ready=False),
    ),
    "evidence as it is gathered": (_visible(Evidence, kind="quote"), by("read_draft")),
    "file": (_visible(EvidenceFile, ready_at__isnull=False), _file),
    "file of a draft": (_visible(EvidenceFile, ready_at=None), _draft_file),
    "shared case study": (_visible(SharedCaseStudy), by("see_shared")),
    "score": (
        _visible(Score, member__name="Oscar Other"),
        lambda world, user: user == world.cast.other or may(world, user, "see_scores"),
    ),
    "agreed score": (_visible(AgreedScore), by("see_agreed_scores")),
    "commentary": (_visible(Commentary), by("see_agreed_scores")),
    "self-assessment": (_visible(SelfAssessment), by("see_self_assessment")),
    "domain choice": (_visible(DomainChoice), by("see_report")),
    "recommendation": (_visible(Recommendation), by("see_recommendations")),
    "publication": (_visible(Publication), by("see_publication")),
    "found: version": (_found(version__isnull=False, **FIRST), _unpublished(by("read_case_study"))),
    "found: draft": (_found(section__isnull=False, **FIRST), _unpublished(by("write"))),
    "found: commentary": (_found(commentary__isnull=False), _unpublished(by("find_commentary"))),
    "found: recommendation": (
        _found(recommendation__isnull=False),
        _unpublished(by("see_recommendations")),
    ),
    "found: publication": (_found(publication__isnull=False), by("see_publication")),
    "entry of the audit log": (
        lambda user: _entry(user, kind="casestudies.section", review__organisation__slug="nhs-ambleford"),
        by("see_changes"),
    ),
    "entry about a judgement": (
        lambda user: _entry(user, kind="scoring.agreedscore"),
        by("see_changes_of_judgements"),
    ),
    "upload": (
        _visible(ReportUpload, case_study=None),
        lambda world, user: user == world.cast.lead and may_in_organisation(world, user, "import_report"),
    ),
    "objective": (_visible(Objective), by_organisation("see_organisation")),
    "organisation": (_visible(Organisation, slug="nhs-ambleford"), by_organisation("see_organisation")),
    "framework in use": (
        _visible(Framework, name="EDS 2022"),
        by_organisation("see_framework", "in_use"),
    ),
    "draft framework": (_visible(Framework, name="Draft"), by_organisation("see_framework", "draft")),
}


def test_everybody_and_every_row_is_expected_of(world):
    assert list(world.people) == PEOPLE.split()
    assert list(WHO_SEES) == list(ROWS)
    of_reviews = [name for name, rule in policy.RULES.items() if rule.of in ("review", "case_study")]
    assert list(WHO_MAY) == [name for name in of_reviews if name not in READING]


@pytest.mark.sqlite  # a condition on rows means the same on both
@pytest.mark.parametrize("review", stages.REVIEW)
def test_rows_and_pages_say_what_is_expected(world, review):
    expected, in_database, on_pages = {}, {}, {}
    allowed, expected_of_actions = {}, {}
    for stage in stages.CASE_STUDY:
        world.move(stage, review)
        for name, (rows, rule) in ROWS.items():
            expected[stage, name] = set(_at(WHO_SEES[name], stage, review).split())
            in_database[stage, name] = {who for who, user in world.people.items() if rows(user).exists()}
            on_pages[stage, name] = {who for who, user in world.people.items() if rule(world, user)}
        for name, row in WHO_MAY.items():
            expected_of_actions[stage, name] = set(_at(row, stage, review).split())
            allowed[stage, name] = {who for who, user in world.people.items() if may(world, user, name)}
    assert allowed == expected_of_actions
    assert in_database == expected
    assert on_pages == expected


def _at(row: dict, stage: str, review: str) -> str:
    """Who is named for these stages, or for the newest before them."""
    for each in reversed(stages.REVIEW[1 : stages.REVIEW.index(review) + 1]):
        if isinstance(found := row.get(each, row), str):
            return found
        if found is not row:
            return _at(found, stage, stages.OPEN)
    reached = stages.CASE_STUDY[: stages.CASE_STUDY.index(stage) + 1]
    return [row[name] for name in reached if name in row][-1]


OF_FIRST = (
    "score",
    "agreed score",
    "commentary",
    "self-assessment",
    "found: commentary",
    "entry about a judgement",
)


@pytest.mark.parametrize("stage", stages.BEFORE_REVEAL)
def test_one_case_study_that_is_revealed_tells_nothing_of_another(world, stage):
    """All others are agreed: of the first, everybody still sees what they see while none is revealed."""
    world.move(stage, stages.OPEN)
    cast = world.cast
    for case_study in cast.case_studies[1:]:
        CaseStudy.objects.filter(pk=case_study.pk).update(stage=stages.AGREED)
    for name in OF_FIRST:
        rows, rule = ROWS[name]
        expected = set(_at(WHO_SEES[name], stage, stages.OPEN).split())
        assert {who for who, user in world.people.items() if rows(user).exists()} == expected, name
        assert {who for who, user in world.people.items() if rule(world, user)} == expected, name
    told = report_content(Review.objects.get(pk=cast.review.pk))
    assert told.case_studies[0].scores == {}
    assert told.case_studies[0].commentary is None
