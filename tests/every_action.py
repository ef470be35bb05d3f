"""What each action in tests/finding_actions.py is given so that it writes something, for tests that walk all."""

import inspect
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from casestudies.evidence import actions as evidence_actions
from casestudies.models import Organisation, Review, Section, SharedCaseStudy
from casestudies.objectives import actions as objectives_actions
from casestudies.reviews.locks import at_any_stage
from casestudies.writing.handover import actions as handovers
from casestudies.writing.personal_data import Found
from casestudies.writing.suggestions import Suggestion
from eds import content, policy, stages
from eds.equality_duty import Quarter
from edsportal.accounts import administrators
from edsportal.accounts import changes as account_changes
from reports.case_study_docx import Change
from scoring.moderation import actions as moderation_actions
from scoring.panel.actions import NewMember, add_member, declare_interest, leave_panel
from scoring.publishing.actions import MadeFile, publish
from scoring.publishing.findings import review_findings
from scoring.recommendations import actions as recommendations_actions
from scoring.review.content import report_content
from scoring.scores.actions import save_draft
from tests.action_entries import ENTRIES
from tests.action_stage import (
    OF_ADMINISTRATORS,
    Stage,
    draft_domain,
    easy,
    edited,
    met,
    moved,
    moved_domain,
    submitted,
    used,
)
from tests.cast import STAGES, file_of, here, join, open_a_workshop, person, share_with, upload_of
from tests.prepare import add_case_study
from tests.reports.samples import FULL


def begin(name: str, action: Callable, stage: Stage, at: str | None = None) -> dict:
    """What the action is given; the review is brought to a stage at which it may be done, or to the stage `at`."""
    with at_any_stage():
        given = arguments(name, action, stage)
    now = Review.objects.get(pk=stage.review.pk).all_stages()
    if name in ENTRIES:
        rule = policy.RULES[ENTRIES[name][0][0]]
        possible = next(each for each in STAGES if rule.is_open_at(here(each)))
        at = at or (None if rule.is_open_at(now) else possible)
    if at:
        stage.cast.move(at)
    return given


class Unknown(Exception):
    """Nothing here says what an action takes under that name."""


def warned(stage: Stage) -> dict:
    return {"point": next(point for point in review_findings(stage.review) if not point.is_error)}


def published(stage: Stage) -> dict:
    file = MadeFile(format="json", name="a.json", content_type="application/json", data=b"{}")
    return {"content": report_content(stage.review), "files": [file]}


def to_withdraw(stage: Stage) -> dict:
    """A publication, and a file of evidence that was published with it."""
    file = file_of(stage.cast)
    type(file).objects.filter(pk=file.pk).update(published_at=timezone.now())
    publication = publish(review=stage.review, **published(stage), published_by=stage.cast.lead)
    return {"file": type(file).objects.get(pk=file.pk), "publication": publication}


def sent(stage: Stage) -> dict:
    publication = publish(review=stage.review, **published(stage), published_by=stage.cast.lead)
    return {"file": publication.files.get(), "address": "eds@example.org", "sent_on": date(2026, 10, 1)}


def confirmed(stage: Stage) -> dict:
    submitted(stage)
    stage.cast.change_text(1, "Another text")
    return {}


def joined(stage: Stage) -> dict:
    workshop = open_a_workshop(stage.cast)
    return {"workshop": workshop, "joining": join(workshop).panel_members.get().joining}


OBJECTIVE = {
    "title": "Fewer long waits",
    "measure": "Waits",
    "starts_on": date(2026, 1, 1),
    "ends_on": date(2029, 1, 1),
}


def objective(stage: Stage) -> dict:
    made = objectives_actions.add_objective(
        organisation=stage.cast.organisation, added_by=stage.cast.lead, **OBJECTIVE
    )
    return {"objective": made}


QUOTE = {"kind": "quote", "values": {"text": "They listened"}}


def quote(stage: Stage, text: str = "They listened"):
    given = {"case_study": stage.case_study, "added_by": stage.cast.lead, "kind": "quote"}
    return evidence_actions.add_evidence(**given, values={"text": text})


def changed_evidence(stage: Stage) -> dict:
    evidence = quote(stage)
    seen = (("text",), evidence_actions.mark_of_evidence(evidence, ("text",)))
    return {"evidence": evidence, "values": {"text": "They rang back"}, "seen": seen}


def from_docx(stage: Stage) -> dict:
    """A changed heading of the first section, in a file that came back."""
    said = Section.objects.filter(case_study=stage.case_study).order_by("position")
    new = content.Section(heading="New", outcome=None, body="New")
    change = Change(kind="changed", heading="New", pieces=(), place=0, section=new)
    upload = upload_of(stage.cast.lead, stage.cast.organisation, stage.case_study)
    return {"upload": upload, "changes": [change], "seen": [row.mark for row in said]}


def offered(stage: Stage) -> dict:
    """What another organisation offers for the review, not accepted yet."""
    none = dict.fromkeys(("review", "number", "accepted_at", "accepted_by"))
    SharedCaseStudy.objects.filter(pk=share_with(stage.cast).pk).update(**none)
    return {"shared": SharedCaseStudy.objects.get()}


def rewritten(stage: Stage) -> dict:
    Section.objects.filter(pk=stage.section.pk).update(body="New")
    return {}


def second_administrator(stage: Stage) -> dict:
    administrators.make_administrator(user=person("Second Administrator"))
    return {"user": stage.cast.administrator}


def closed_account(stage: Stage) -> dict:
    account_changes.end_account(user=stage.cast.reader)
    return {}


def thin(stage: Stage) -> dict:
    stage.case_study.sections.update(body="Thin")
    return {}


def handed_over(stage: Stage) -> dict:
    thin(stage)
    handover = handovers.hand_over(case_study=stage.case_study, marked_by=stage.cast.author)
    return {
        "handover": handover,
        "remarks": [handovers.Remark(heading="", section=None, text="More, please")],
    }


def new_member(stage: Stage) -> dict:
    known = stage.by_name()
    names = ("review", "name", "email", "interest", "domains", "is_chair")
    return {"member": add_member(**{name: known[name] for name in names})}


def invited(stage: Stage) -> dict:
    """The lead was invited to the panel of their own review, at their address."""
    member = new_member(stage)["member"]
    type(member).objects.filter(pk=member.pk).update(email=stage.cast.lead.email)
    given = {"kind": "invitation", "asked_by": stage.cast.lead, "sent_at": timezone.now()}
    invitation = member.messages.create(address=stage.cast.lead.email, **given)
    return {"invitation": type(invitation).objects.get(pk=invitation.pk), "user": stage.cast.lead}


def left(stage: Stage) -> dict:
    leave_panel(member=stage.cast.members[stage.cast.member])
    return {}


def drafted(stage: Stage) -> dict:
    known = stage.by_name()
    save_draft(**{name: known[name] for name in ("member", "version", "areas", "answers")})
    return {}


def new_case_study(stage: Stage) -> dict:
    domain = stage.case_study.domain
    return {
        "case_study": add_case_study(
            review=stage.review, domain=domain, title="New", authors=[], added_by=stage.cast.lead
        )
    }


def owned(stage: Stage) -> dict:
    wording = recommendations_actions.Wording(
        theme="Access", action="Ask", owner="Olive", owner_email="o@example.org"
    )
    return {
        "recommendation": recommendations_actions.recommend(review=stage.review, wording=wording),
        "kind": "request",
    }


def overdue(stage: Stage) -> dict:
    """An action whose owner was reminded twice, of a review with an address of the board sponsor."""
    row = owned(stage)["recommendation"]
    type(row).objects.filter(pk=row.pk).update(due="2020-01")
    stage.review.board_sponsor_email = "board@example.org"
    stage.review.save()
    for days in (20, 10):
        sent_at = timezone.now() - timedelta(days=days)
        row.owner_messages.create(kind="reminder", address=row.owner_email, sent_at=sent_at)
    return {"recommendation": type(row).objects.get(pk=row.pk)}


def declared(stage: Stage) -> dict:
    member = stage.cast.members[stage.cast.member]
    row = declare_interest(member=member, case_study=stage.case_study, category="uses", reason="Me")
    return {"interest": row, "why": "A mistake"}


def all_agreed(stage: Stage) -> dict:
    for case_study in stage.cast.case_studies[1:]:
        case_study.delete()
    del stage.cast.case_studies[1:]
    for area in stage.areas:
        moderation_actions.record_agreed_score(
            case_study=stage.case_study,
            outcome_area=area,
            value=2,
            rationale="r",
            recorded_by=stage.cast.lead,
        )
    stage.cast.move(stages.AGREED)
    return {"to": stages.APPROVAL}


def to_be_opened(stage: Stage) -> dict:
    stage.cast.move(stages.WRITING)
    return {"case_studies": [stage.case_study], "closes_on": date(2026, 12, 1), "site": "https://eds.example"}


def with_recommendation(stage: Stage) -> dict:
    return {"recommendation": stage.recommendation()}


# What an action needs besides `Stage.by_name`, by its name: it makes what must be there first, and gives values.
NEEDS: dict[str, Callable[[Stage], dict]] = {
    "reviews.mark_ready": rewritten,
    "evidence.add_evidence": lambda stage: QUOTE,
    "evidence.change_evidence": changed_evidence,
    "evidence.remove_evidence": lambda stage: {"evidence": quote(stage), "for_good": True},
    "evidence.withdraw_file": to_withdraw,
    "publishing.withdraw_publication": to_withdraw,
    "evidence.move_evidence": lambda stage: {"evidence": (quote(stage), quote(stage, "They rang"))[0]},
    "frameworks.change_domain": draft_domain,
    "frameworks.move_domain": moved_domain,
    **OF_ADMINISTRATORS,
    "frameworks.edit_easy_words": easy,
    "frameworks.edit_outcome_area": edited,
    "frameworks.move_outcome_area": moved,
    "frameworks.put_in_use": used,
    "frameworks.delete_draft": lambda stage: {"framework": stage.draft()},
    "objectives.add_objective": lambda stage: OBJECTIVE,
    "objectives.change_objective": lambda stage: objective(stage) | {"values": {"title": "Other"}},
    "objectives.end_objective": lambda stage: objective(stage) | {"on": date(2027, 1, 1), "why": "Met"},
    "objectives.note_quarter": lambda stage: objective(stage) | {"quarter": Quarter(date(2026, 10, 1))},
    "objectives.record_publication": lambda stage: {
        "kind": "objectives",
        "published_on": date(2026, 10, 1),
        "address": "",
    },
    "organisations.save_organisation": lambda stage: {"organisation": Organisation(name="New Trust")},
    "reviews.change_header": lambda stage: {"values": {"title": "Another title"}},
    "organisations.explain_abbreviation": lambda stage: {"short": "ICB", "meaning": "Board"},
    "organisations.save_colour": lambda stage: {"colour": "#330072"},
    "organisations.save_logo": lambda stage: {"logo": b"PNG"},
    "organisations.remove_abbreviation": lambda stage: {
        "abbreviation": stage.cast.organisation.abbreviations.create(short="ICB", meaning="Board")
    },
    "uploads.keep_upload": lambda stage: {"name": "a.docx", "data": b"PK"},
    "workshops.enter_paper_sheet": lambda stage: {},
    "writing.hand_over": thin,
    "writing.take_changes": from_docx,
    "writing.accept": handed_over,
    "writing.return_to_authors": handed_over,
    "writing.withdraw": handed_over,
    "writing.answer_comment": lambda stage: {
        "comment": handovers.return_to_authors(**handed_over(stage), returned_by=stage.cast.lead, site="")[0],
        "answer": "Done",
    },
    "writing.correct_text": lambda stage: {
        "texts": {stage.section.pk: "Corrected"},
        "kind": "spelling",
        "seen": stage.case_study.versions.latest("number").number,
    },
    "writing.explain": lambda stage: {
        "found": Found(kind="telephone number", before="", words="07700 900123", after="", digest="0" * 64)
    },
    "writing.add_suggested": lambda stage: {"suggestions": [Suggestion(key="a", heading="Why")]},
    "writing.change_section": lambda stage: {"seen": stage.section.mark},
    "accounts.restore_account": closed_account,
    "accounts.unmake_administrator": second_administrator,
    "moderation.record_meeting": met,
    "publishing.record_approval": lambda stage: {
        "approved_by": "Ann Other",
        "committee": "Board",
        "approved_on": date(2026, 10, 1),
    },
    "publishing.accept_warning": warned,
    "publishing.record_sending": sent,
    "panel.add_members": lambda stage: {
        "members": [NewMember(name="Ann Other", email="", interest="carer", domains=())]
    },
    "moderation.choose_case_study": Stage.tie,
    "importing.import_report": lambda stage: {"report": FULL},
    "messages.change_messages": lambda stage: {
        "switched_off": {"opened"},
        "board_sponsor_email": "board@example.org",
    },
    "accounts.choose_daily_email": lambda stage: {"daily_email": True},
    "panel.choose_naming": lambda stage: {"named_as": "group"},
    "panel.accept_place": invited,
    "panel.remove_member": new_member,
    "panel.return_to_panel": left,
    "publishing.publish": published,
    "recommendations.reword": lambda stage: (
        with_recommendation(stage)
        | {"wording": recommendations_actions.Wording(theme="Trust", action="Ask people")}
    ),
    "recommendations.withdraw": with_recommendation,
    "recommendations.note_progress": with_recommendation,
    "recommendations.name_owner": lambda stage: (
        with_recommendation(stage) | {"owner": "Olive Owner", "owner_email": "olive@example.org"}
    ),
    "recommendations.write_to_owner": owned,
    "recommendations.escalate": overdue,
    "panel.take_back_interest": declared,
    "reviews.remove_case_study": new_case_study,
    "scores.submit_scores": drafted,
    "scores.rescore": submitted,
    "scores.confirm_scores": confirmed,
    "scores.discard_change": submitted,
    "scores.record_self_assessment": lambda stage: {"answers": {stage.areas[0]: (2, "A reason")}},
    "scores.decide_reasons": lambda stage: {"reasons": "every_score"},
    "scores.show_self_assessment": lambda stage: {"before_scoring": True},
    "review.accept_case_study": offered,
    "review.end_sharing": lambda stage: {"shared": share_with(stage.cast)},
    "review.offer_case_study": lambda stage: {"organisation": Organisation.objects.get(name="Withy Trust")},
    "review.include_domain": lambda stage: {
        "row": stage.review.left_out_domains.create(domain=stage.case_study.domain, reason="No time")
    },
    "review.move_review": all_agreed,
    "review.move_case_study": lambda stage: submitted(stage) | {"to": stages.MEETING},
    "review.close_scoring": lambda stage: submitted(stage) | {"case_studies": [stage.case_study]},
    "review.open_scoring": to_be_opened,
    "review.reopen_meeting": lambda stage: (
        all_agreed(stage) | {"reason": "A wrong score", "site": "https://eds.example"}
    ),
    "review.set_closing_date": lambda stage: {"day": date(2026, 12, 1)},
    "workshops.open_workshop": lambda stage: {"hours": 4},
    "workshops.join_workshop": lambda stage: {
        "code": open_a_workshop(stage.cast).code,
        "is_table": False,
        "page": uuid4(),
    },
    "workshops.confirm_joinings": joined,
    "workshops.remove_joining": joined,
    "workshops.move_on": joined,
    "workshops.close_code": joined,
}


def arguments(name: str, action: Callable, stage: Stage) -> dict:
    own = NEEDS.get(name, lambda stage: {})(stage)
    known = stage.by_name() | own
    found = {}
    for parameter in inspect.signature(action).parameters.values():
        if parameter.name.endswith("_by") and parameter.name not in own:
            found[parameter.name] = stage.cast.lead
        elif parameter.name in known:
            found[parameter.name] = known[parameter.name]
        else:
            if parameter.default is parameter.empty:
                raise Unknown(parameter.name)
    return found
