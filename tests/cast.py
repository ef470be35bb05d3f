"""The fixed cast of the tests: one organisation, one review with three services, and a person for each role."""

from dataclasses import dataclass, field
from datetime import date
from unittest.mock import patch
from uuid import uuid4

from django.utils import timezone

from casestudies.evidence.actions import Upload, add_evidence
from casestudies.models import (
    CaseStudy,
    Domain,
    Evidence,
    EvidenceFile,
    Framework,
    Group,
    Objective,
    Organisation,
    OutcomeArea,
    PanelMember,
    ReportUpload,
    Review,
    Role,
    SharedCaseStudy,
    Succession,
    Version,
)
from casestudies.objectives.actions import add_objective
from casestudies.reviews.actions import mark_ready
from casestudies.reviews.locks import at_any_stage
from casestudies.succession.actions import record_succession
from casestudies.uploads.actions import keep_upload
from eds import stages
from eds.scores.answers import Answer
from edsportal.accounts.models import User
from reports.case_study_docx import to_docx
from reports.formats import FORMATS
from scoring.models import DomainChoice, ScoringPreference, Workshop
from scoring.moderation.actions import record_agreed_score
from scoring.publishing.actions import record_approval
from scoring.publishing.findings import accept_warning, review_findings
from scoring.review.sharing import accept_case_study, offer_case_study
from scoring.review.stages.case_studies import fix_panel, move_case_study
from scoring.review.stages.reviews import move_review
from scoring.scores.actions import rescore, save_draft, submit_scores
from scoring.workshops.actions import confirm_joinings, join_workshop, open_workshop

STAGES = (*stages.CASE_STUDY, *stages.APPROVED)  # through which `Cast.move` leads, in their order


def here(stage: str) -> set[str]:
    """The stages of case studies and review after `Cast.move` to this one."""
    return {stage, stages.OPEN} if stage in stages.CASE_STUDY else {stages.AGREED, stage}


def put(review: Review, stage: str) -> None:
    """Put all case studies of a review at a stage, or the review with all of them agreed, without any moves."""
    at = stage if stage in stages.CASE_STUDY else stages.AGREED
    review.stage = stage if stage in stages.REVIEW else stages.OPEN
    review.save()
    review.case_studies.update(stage=at)
    for case_study in review.case_studies.all() if at in stages.REVEALED else ():
        fix_panel(case_study)


TITLES = ("Falls clinic", "Eye screening", "Young carers")
PASSWORD = "a long enough password"


def person(name: str) -> User:
    return User.objects.create_user(
        email=f"{name.lower().replace(' ', '.')}@example.org", name=name, password=PASSWORD
    )


@dataclass
class Cast:
    """Everybody and everything that a test may need; made once by `make_cast`."""

    organisation: Organisation
    review: Review
    case_studies: list[CaseStudy]
    lead: User
    author: User
    reader: User
    chair: User
    member: User
    other: User  # another member of the panel
    stranger: User  # equality lead of another organisation
    administrator: User
    members: dict[User, PanelMember] = field(default_factory=dict)
    guest: User | None = None  # who joined a workshop, where a test opened one

    @property
    def people(self) -> dict[str, User | None]:
        names = ("lead", "author", "reader", "chair", "member", "other", "stranger", "administrator")
        return {name: getattr(self, name) for name in names} | {"public": None, "guest": self.guest}

    @property
    def address(self) -> tuple[str, str]:
        return self.organisation.slug, self.review.year

    def move(self, stage: str) -> None:
        """Put all case studies at a stage, or the review with all agreed, without going through the moves."""
        put(self.review, stage)
        for case_study in self.case_studies:
            case_study.review = self.review
            case_study.stage = stage if stage in stages.CASE_STUDY else stages.AGREED

    def seat(self, user: User) -> PanelMember:
        return self.members.get(user) or user.panel_members.get(review=self.review)

    def ask_reasons(self, reasons: str) -> None:
        """The lead asks members for these reasons: see REASONS in eds/scores/answers.py."""
        self.review.reasons = reasons
        self.review.save()
        for case_study in self.case_studies:
            case_study.review = self.review

    def like_one_page(self, *users: User) -> None:
        """These people score on the page that has all questions."""
        for user in users:
            ScoringPreference.objects.choose(user, one_page=True)

    def publish(self, *, formats: tuple[str, ...] = ("json",), note: str = "") -> None:
        """Publish what is agreed, from the meeting or approval: write what errors ask for, accept every warning.

        Of the files only those of these formats are made, for a PDF takes a while.
        """
        self.write_evidence()
        self.choose()
        with patch.dict(FORMATS, {name: FORMATS[name] for name in formats}, clear=True):
            for case_study in self.review.case_studies.filter(stage=stages.MEETING):
                move_case_study(case_study=case_study, to=stages.AGREED, moved_by=self.lead)
            for stage in (stages.APPROVAL, stages.PUBLISHED):
                if stage in stages.REVIEW_MOVES[self.review.stage]:
                    if stage == stages.PUBLISHED:
                        self.approve()
                    self.accept_warnings()
                    move_review(review=self.review, to=stage, moved_by=self.lead, note=note)

    def choose(self) -> None:
        """Record that the first service is used for its domain, where that is for a person to say."""
        said = {"chosen_by": "Lena Lead", "reason": "most people use it"}
        first = self.case_studies[0]
        if self.review.case_studies.filter(domain=first.domain).count() > 1:
            DomainChoice.objects.get_or_create(
                review=self.review, domain=first.domain, defaults={"case_study": first} | said
            )

    def approve(self) -> None:
        """Record that the board approved the report as it stands."""
        day = date(2026, 11, 2)
        record_approval(
            review=self.review,
            approved_by="Bea Board",
            committee="The board",
            approved_on=day,
            recorded_by=self.lead,
        )

    @at_any_stage()
    def write_evidence(self) -> None:
        """A section for each outcome area that has none, accepted for the panel."""
        for case_study in self.case_studies:
            areas = case_study.domain.outcome_areas.exclude(sections__case_study=case_study)
            for position, area in enumerate(areas, start=case_study.sections.count() + 1):
                case_study.sections.create(
                    position=position,
                    heading=area.code,
                    outcome_area=area,
                    body=f"What we do for {area.code}.",
                )
            mark_ready(case_study=case_study, made_by=self.lead)

    def accept_warnings(self) -> None:
        for point in review_findings(self.review):
            if not point.is_error:
                accept_warning(review=self.review, point=point, reason="As it was", accepted_by=self.lead)

    @staticmethod
    def _answers(case_study: CaseStudy, user: User, values) -> tuple[list[OutcomeArea], dict[str, Answer]]:
        areas = list(case_study.domain.outcome_areas.all())
        pairs = zip(areas, values, strict=True)
        return areas, {
            area.code: Answer(
                value=value, abstained=value is None, rationale=f"Reason of {user.name} {area.code}"
            )
            for area, value in pairs
        }

    def score(self, user: User, number: int, *values: int | None) -> None:
        """Submit scores of a member for a case study; None abstains. The rationale names who gave it."""
        case_study = self.case_studies[number - 1]
        areas, answers = self._answers(case_study, user, values)
        version = case_study.versions.latest("number")
        save_draft(member=self.seat(user), version=version, areas=areas, answers=answers)
        submit_scores(member=self.seat(user), version=version, areas=areas, submitted_by=user)

    def rescore(self, user: User, number: int, *values: int | None, reason: str = "I read it again") -> None:
        """Change scores that were submitted; those whose value stays the same keep their row."""
        case_study = self.case_studies[number - 1]
        areas, answers = self._answers(case_study, user, values)
        rescore(
            member=self.seat(user),
            version=case_study.versions.latest("number"),
            areas=areas,
            answers=answers,
            reason=reason,
            submitted_by=user,
        )

    @at_any_stage()
    def change_text(self, number: int, body: str) -> Version:
        """Write something else under "1A" and accept the case study again."""
        case_study = self.case_studies[number - 1]
        case_study.sections.filter(heading="1A").update(body=body)
        return mark_ready(case_study=case_study, made_by=self.lead)


@at_any_stage()
def make_cast(*, stage: str = stages.SCORING, services: int = 3) -> Cast:
    organisation = Organisation.objects.create(
        name="NHS Ambleford", slug="nhs-ambleford", ods_code="QZZ", kind="icb"
    )
    elsewhere = Organisation.objects.create(name="Withy Trust", slug="withy-trust")
    framework = Framework.objects.get(name="EDS 2022")
    review = Review.objects.create(
        organisation=organisation, framework=framework, year="2026", title="EDS 2026"
    )
    cast = Cast(
        organisation=organisation,
        review=review,
        case_studies=[],
        lead=person("Lena Lead"),
        author=person("Arthur Author"),
        reader=person("Rita Reader"),
        chair=person("Charles Chair"),
        member=person("Mona Member"),
        other=person("Oscar Other"),
        stranger=person("Stella Stranger"),
        administrator=User.objects.create_superuser(
            email="ada.admin@example.org", name="Ada Admin", password=PASSWORD
        ),
    )
    Role.objects.create(user=cast.lead, organisation=organisation, kind=Role.Kind.EQUALITY_LEAD)
    Role.objects.create(user=cast.author, organisation=organisation, kind=Role.Kind.AUTHOR)
    Role.objects.create(user=cast.reader, organisation=organisation, kind=Role.Kind.READER)
    Role.objects.create(user=cast.stranger, organisation=elsewhere, kind=Role.Kind.EQUALITY_LEAD)
    domain = framework.domains.get(number=1)
    _give_places(cast, domain)
    cast.case_studies = [_case_study(cast, domain, number) for number in range(1, services + 1)]
    cast.move(stage)
    return cast


def _give_places(cast: Cast, domain: Domain) -> None:
    """The chair and two members are on the panel for the domain."""
    for user in (cast.chair, cast.member, cast.other):
        row = PanelMember.objects.create(
            review=cast.review,
            user=user,
            name=user.name,
            interest="vcse",
            is_chair=user == cast.chair,
            named_as="name",
        )
        row.domains.set([domain])
        cast.members[user] = row


def objective_of(cast: Cast) -> Objective:
    """An equality objective of the organisation, the same each time."""
    found = cast.organisation.objectives.first()
    days = {"starts_on": date(2026, 4, 1), "ends_on": date(2030, 3, 31)}
    return found or add_objective(
        organisation=cast.organisation,
        title="Everybody is understood",
        measure="",
        added_by=cast.lead,
        **days,
    )


def succession_of(cast: Cast) -> Succession:
    """The organisation follows an older one, which has no reviews: the same each time."""
    older, _ = Organisation.objects.get_or_create(name="Old Amble", slug="old-amble")
    given = {"starts_on": date(2026, 4, 1), "takes": ["objectives"], "recorded_by": cast.lead}
    found = Succession.objects.filter(predecessor=older).first()
    return found or record_succession(organisation=cast.organisation, predecessors=[older], **given)[0]


@at_any_stage()
def share_with(cast: Cast) -> SharedCaseStudy:
    """A case study of the stranger's body, agreed by its panel, that stands in the cast's review too."""
    if found := SharedCaseStudy.objects.filter(organisation=cast.organisation).first():
        return found
    body = cast.stranger.roles.get().organisation
    home = Review.objects.create(
        organisation=body, framework=cast.review.framework, year="2026", stage=stages.APPROVAL
    )
    row = home.case_studies.create(
        number=1, domain=home.framework.domains.get(number=1), title="Withy physiotherapy"
    )
    mark_ready(case_study=row, made_by=cast.stranger)
    for area in row.domain.outcome_areas.all():
        record_agreed_score(
            case_study=row, outcome_area=area, value=2, rationale="Agreed there", recorded_by=cast.stranger
        )
    offer = offer_case_study(case_study=row, organisation=cast.organisation, offered_by=cast.stranger)
    row.review.case_studies.update(stage=stages.AGREED)
    stage = cast.review.stage  # accepted before any that is approved
    Review.objects.filter(pk=cast.review.pk).update(stage=stages.OPEN)
    shared = accept_case_study(shared=offer, accepted_by=cast.lead)
    Review.objects.filter(pk=cast.review.pk).update(stage=stage)
    return shared


@at_any_stage()
def upload_of(user: User, organisation: Organisation, case_study: CaseStudy | None = None) -> ReportUpload:
    """A report, or a case study as Word, that this person uploaded and has not confirmed."""
    if found := ReportUpload.objects.filter(user=user, case_study=case_study).first():
        return found
    if case_study is not None:
        data = to_docx(title="Case study 1: Falls clinic", about="Body, 2026", sections=())
        return keep_upload(
            user=user, organisation=organisation, name="a.docx", data=data, case_study=case_study
        )
    text = "EDS report 2024\nCase study 1: Eye clinic\nBackground\nOpen.\n"
    return keep_upload(user=user, organisation=organisation, name="report.txt", data=text.encode())


def group_of(cast: Cast) -> Group:
    """A local group of the cast's body."""
    row, _ = Group.objects.get_or_create(
        code="boat-dwellers", organisation=cast.organisation, kind="local", name="People who live on boats"
    )
    return row


@at_any_stage()
def quote_of(cast: Cast) -> Evidence:
    """A quote among the evidence of the first case study."""
    case_study = cast.case_studies[0]
    values = {"text": "They rang me back.", "source": "Carer, survey"}
    return case_study.evidence.filter(kind="quote").first() or add_evidence(
        case_study=case_study, kind="quote", values=values, added_by=cast.author
    )


@at_any_stage()
def file_of(cast: Cast, *, ready: bool = True) -> EvidenceFile:
    """A file among the evidence of the first case study; `ready` as if a version named it."""
    case_study = cast.case_studies[0]
    row = case_study.evidence.filter(kind="file").first() or add_evidence(
        case_study=case_study,
        kind="file",
        values={"title": "Waits by group", "source": "Clinic"},
        upload=Upload(data=b"Group,Waits\n", name="waits.csv", kind="csv"),
        added_by=cast.author,
    )
    if ready:
        EvidenceFile.objects.filter(pk=row.file.pk, ready_at=None).update(ready_at=timezone.now())
    return row.file


def open_a_workshop(cast: Cast) -> Workshop:
    return open_workshop(review=cast.review, hours=4, opened_by=cast.lead)


def join(workshop: Workshop, name: str = "Greta Guest", *, confirmed_by: User | None = None, **seat) -> User:
    """Somebody who joined the workshop with its code, confirmed by that person or waiting."""
    given = {"interest": "service_user", "is_table": False, "page": uuid4()} | seat
    joining = join_workshop(code=workshop.code, name=name, **given)
    if confirmed_by is not None:
        confirm_joinings(workshop=workshop, confirmed_by=confirmed_by, joinings=[joining.pk])
    return joining.member.user


def _case_study(cast: Cast, domain, number: int) -> CaseStudy:
    title = TITLES[number - 1] if number <= len(TITLES) else f"Service {number}"
    row = CaseStudy.objects.create(review=cast.review, number=number, domain=domain, title=title)
    row.authors.set([cast.author])
    area = domain.outcome_areas.get(code="1A")
    row.sections.create(position=1, heading="Background", body=f"Why we chose {title}.")
    row.sections.create(
        position=2, heading="1A", outcome_area=area, body="- Open on Saturdays\n- Interpreters"
    )
    mark_ready(case_study=row, made_by=cast.lead)
    return row
