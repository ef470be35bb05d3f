"""The reviews of the demo: each is read from a file and brought to its stage by the portal's own actions.

`reports/` holds what a review says (eds-report/1), `scores/` what the members of its panel gave and why.
"""

import json
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from casestudies.messages.sending import telling_nobody
from casestudies.models import (
    CaseStudy,
    DeclaredInterest,
    Framework,
    Organisation,
    PanelMember,
    PanelMessage,
    Review,
    Section,
)
from casestudies.writing.suggestions import first_sections
from eds import stages
from eds.content import ReportContent
from eds.scores.answers import Answer, problems
from edsportal.accounts.models import User
from edsportal.audit.actor import Actor, acting
from edsportal.demo.evidence import FILES, add_evidence_of
from edsportal.demo.following_up import name_owners
from edsportal.demo.neighbours import make_neighbours, publish_as_told
from edsportal.demo.objectives import make_objectives
from edsportal.demo.people import (
    ADMINISTRATOR,
    AUTHOR,
    CHAIR,
    ICB,
    ICB_LEAD,
    TRUST,
    TRUST_LEAD,
    give_roles,
    make_people,
)
from edsportal.demo.story_time import moved, years_on
from reports.writing.data.json_report import from_json
from scoring.importing.store import import_report
from scoring.moderation.actions import record_agreed_score, record_commentary
from scoring.review.sharing import accept_case_study, offer_case_study
from scoring.review.stages.case_studies import move_case_study
from scoring.review.stages.reviews import move_review
from scoring.scores.actions import save_draft, submit_scores

FOLDER = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Story:
    """One review: its file, how far it has come, and what neither a report nor an action says yet.

    One from before the portal was imported with its agreed scores; the others were scored here. `unfinished` and
    `authored` are numbers of case studies; `declared` holds a member, a case study, the category
    and the reason.
    """

    file: str
    stage: str  # of its case studies, or of the review once they are agreed
    at: dict[int, str] = field(default_factory=dict)  # of case studies, by number, that are at another stage
    lead: str = ICB_LEAD
    before_portal: bool = False
    unfinished: tuple[int, ...] = ()
    authored: tuple[int, ...] = ()
    declared: tuple[tuple[str, int, str, str], ...] = ()


STORIES = (
    Story(file="fenbridge-2023", stage=stages.PUBLISHED, before_portal=True),
    Story(file="fenbridge-2024", stage=stages.APPROVAL),
    Story(
        file="fenbridge-2025",
        stage=stages.MEETING,
        at={2: stages.SCORING, 3: stages.WRITING, 4: stages.AGREED},
        declared=(
            (
                "Bronwen Pugh",
                1,
                "family_or_friend",
                "My daughter is one of the visitors who wrote about the health checks.",
            ),
        ),
    ),
    Story(
        file="fenbridge-2026",
        stage=stages.SCORING,
        authored=(1,),
        declared=(("Sunita Rao", 3, "family_or_friend", "My grandson is seen by this service."),),
    ),
    Story(file="fenbridge-2027", stage=stages.WRITING, unfinished=(2,), authored=(1, 2, 3)),
    Story(file="trust-2025", stage=stages.PUBLISHED, lead=TRUST_LEAD, before_portal=True),
    Story(file="trust-2026", stage=stages.WRITING, lead=TRUST_LEAD),
)


def is_built() -> bool:
    return User.objects.filter(is_demo=True).exists()


@transaction.atomic
def build(today: date) -> None:
    """Make the whole demo as of today, or nothing of it. Call it once: see `is_built`."""
    years = years_on(today)
    users = make_people(years)
    with telling_nobody():
        for story in STORIES:
            _tell(story, users, years)
        make_neighbours(users[ADMINISTRATOR], years)
    give_roles(users)
    name_owners(users, years)
    _share(users, years)


def _tell(story: Story, users: dict[str, User], years: int) -> None:
    report = _read(story.file, years)
    imported = report if story.before_portal else _before_scoring(report, story.unfinished)
    review, _ = import_report(report=imported, imported_by=users[story.lead])
    _fill_in(review, report, story, users)
    gathered = {"is_gathered": not story.before_portal, "years": years}
    add_evidence_of(review, FILES.get(story.file, {}), users[story.lead], **gathered)
    if review.organisation.slug == ICB and not review.organisation.objectives.exists():
        make_objectives(review.organisation, users[ICB_LEAD], years)  # later reports answer them
    for stage in WAY[: max(map(WAY.index, (story.stage, *story.at.values()))) + 1]:
        _go_on(review, report, story, users, stage, years)


WAY = (*stages.CASE_STUDY, *stages.APPROVED)


def _go_on(
    review: Review, report: ReportContent, story: Story, users: dict[str, User], stage: str, years: int
) -> None:
    """Bring all case studies to this stage, or the review, with what people do there."""
    lead = users[story.lead]
    if stage in stages.REVIEW:
        if not story.before_portal:
            move_review(review=review, to=stage, moved_by=lead)
        elif stage == stages.PUBLISHED:
            publish_as_told(review, lead)
        return
    before = WAY[max(WAY.index(stage) - 1, 0)]
    rows = [row for row in review.case_studies.all() if row.stage == before != stage]
    rows = [row for row in rows if WAY.index(stage) <= WAY.index(story.at.get(row.number, story.stage))]
    for row in rows:
        move_case_study(case_study=row, to=stage, moved_by=lead)
    if rows and stage == stages.SCORING:
        _members_score(rows, story.file, years)
    elif rows and stage == stages.MEETING:
        _panel_agrees(rows, report, users[CHAIR])


def _share(users: dict[str, User], years: int) -> None:
    """The first service of the board's running review stands in the trust's report too."""
    rows = CaseStudy.objects.filter(review__year=moved("2026", years), number=1)
    offer = offer_case_study(
        case_study=rows.get(review__organisation__slug=ICB),
        organisation=Organisation.objects.get(slug=TRUST),
        offered_by=users[ICB_LEAD],
    )
    accept_case_study(shared=offer, accepted_by=users[TRUST_LEAD])


def _read(file: str, years: int) -> ReportContent:
    editions = {row.name: row.as_edition() for row in Framework.objects.whole()}
    return from_json(moved((FOLDER / f"reports/{file}.json").read_text(encoding="utf-8"), years), editions)


def _before_scoring(report: ReportContent, unfinished: tuple[int, ...]) -> ReportContent:
    """The report without what the panel is still to say; unfinished case studies have only their title."""
    bare = [replace(part, scores={}, commentary=None) for part in report.case_studies]
    return replace(
        report,
        case_studies=tuple(
            replace(part, sections=()) if part.number in unfinished else part for part in bare
        ),
    )


def _fill_in(review: Review, report: ReportContent, story: Story, users: dict[str, User]) -> None:
    """Rows for which there is no action: accounts of the panel, authors, interests, text that is not ready."""
    members = {member.name: member for member in review.panel_members.all()}
    for name in members.keys() & users.keys():
        _take_place(members[name], users[name], asked_by=users[ICB_LEAD])
    case_studies = {row.number: row for row in review.case_studies.all()}
    for number in story.authored:
        case_studies[number].authors.add(users[AUTHOR])
    for name, number, category, reason in story.declared:
        given = {"category": category, "reason": reason}
        DeclaredInterest.objects.create(member=members[name], case_study=case_studies[number], **given)
    for part in report.case_studies:
        if part.number in story.unfinished:
            _write_sections(case_studies[part.number], part.sections)
        elif not part.sections and story.stage == stages.WRITING:
            Section.objects.bulk_create(first_sections(case_studies[part.number]))


def _take_place(member: PanelMember, user: User, asked_by: User) -> None:
    """As if the person had accepted an invitation: there is no other way to a place on the panel."""
    invitation = {"kind": PanelMessage.Kind.INVITATION, "address": user.email, "asked_by": asked_by}
    PanelMessage.objects.create(member=member, sent_at=timezone.now(), **invitation)
    with acting(lambda: Actor(by=user.pk, source="demo")):
        PanelMember.objects.filter(pk=member.pk).update(user=user)


def _write_sections(case_study, sections) -> None:
    areas = {area.code: area for area in case_study.domain.outcome_areas.all()}
    for position, section in enumerate(sections, start=1):
        case_study.sections.create(
            position=position,
            heading=section.heading,
            outcome_area=areas.get(section.outcome),
            body=section.body,
        )


def _members_score(rows: list[CaseStudy], file: str, years: int) -> None:
    """What each member has written so far. Whole answers for a case study are submitted, others stay a draft."""
    members = {member.name: member for member in rows[0].review.panel_members.select_related("user")}
    case_studies = {row.number: row for row in rows}
    written = json.loads(moved((FOLDER / f"scores/{file}.json").read_text(encoding="utf-8"), years))
    for name, sheets in written.items():
        for number, answers in sheets.items():
            if int(number) in case_studies:
                _member_scores(members[name], case_studies[int(number)], answers)


def _member_scores(member: PanelMember, case_study, written: dict) -> None:
    areas = list(case_study.domain.outcome_areas.all())
    version = case_study.versions.latest("number")
    answers = {code: _answer(**answer) for code, answer in written.items()}
    save_draft(member=member, version=version, areas=areas, answers=answers)
    if not problems([area.code for area in areas], answers):
        submit_scores(member=member, version=version, areas=areas, submitted_by=member.user)


def _answer(score: int | str | None, rationale: str) -> Answer:
    abstained = score == "abstained"
    return Answer(value=None if abstained else score, abstained=abstained, rationale=rationale)


def _panel_agrees(rows: list[CaseStudy], report: ReportContent, chair: User) -> None:
    """The chair records what the file says: everything, or as far as the panel has come."""
    parts = {part.number: part for part in report.case_studies}
    for row in rows:
        part = parts[row.number]
        for area in row.domain.outcome_areas.all():
            if judgement := part.scores.get(area.code):
                record_agreed_score(
                    case_study=row,
                    outcome_area=area,
                    value=judgement.score,
                    rationale=judgement.rationale,
                    recorded_by=chair,
                )
        record_commentary(case_study=row, text=part.commentary or "", recorded_by=chair)
