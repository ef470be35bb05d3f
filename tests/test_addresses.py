"""Every address, for every person: the expected answer stands in one table, and a new address without a row fails."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from casestudies import stages
from casestudies.actions.handovers import Remark, hand_over, return_to_authors
from casestudies.models import Group, IntegratedCareSystem
from scoring.actions.agreed import record_agreed_score
from scoring.actions.recommendations import Wording, recommend
from scoring.mending import points_to_mend
from tests.cast import (
    Cast,
    file_of,
    group_of,
    join,
    make_cast,
    objective_of,
    open_a_workshop,
    quote_of,
    share_with,
    upload_of,
)
from tests.clients import client_with, cookies_of

pytestmark = pytest.mark.sqlite  # who may do what is no question of the database
PEOPLE = (
    "public",
    "administrator",
    "lead",
    "author",
    "reader",
    "chair",
    "member",
    "other",
    "stranger",
    "guest",
)
PANEL = ("chair", "member", "other")
INSIDE = ("lead", "author", "reader", *PANEL)
SIGN_IN = 302  # to the sign-in page


def answers(default: int, **changes: int) -> dict[str, int]:
    """A guest of a workshop is told that a page is not for them, unless it is one on which they score."""
    return dict.fromkeys(PEOPLE, default) | {"public": SIGN_IN, "guest": 403} | changes


def allowed(*names: str, inside: int = 403) -> dict[str, int]:
    """200 for these people, 403 for the rest of the review's people, 404 for everybody else."""
    return answers(404) | dict.fromkeys((*INSIDE, "guest"), inside) | dict.fromkeys(names, 200)


EVERYBODY = dict.fromkeys(PEOPLE, 200)
SIGNED_IN = answers(200)
SEATED = (*PANEL, "guest")
# Those who hold a role in the body know of it; its lead and administrators look after it.
OF_BODY = answers(404, administrator=200, lead=200, author=403, reader=403)
SET_UP = {stages.SETUP: allowed("lead"), stages.EVIDENCE: allowed("lead"), stages.SCORING: allowed()}
WRITTEN = {
    stages.SETUP: allowed("lead", "author"),
    stages.EVIDENCE: allowed("lead", "author"),
    stages.SCORING: allowed(),
}
IMPORTS = ("import_preview", "import_about", "import_case_study", "import_lines", "import_mend")  # one's own
# Name of the address: {stage: what each person is answered}; None stands for every stage.
TABLE = {
    "health": {None: EVERYBODY},
    "health_live": {None: EVERYBODY},
    "health_ready": {None: EVERYBODY},
    "metrics": {
        None: dict.fromkeys(PEOPLE, 404)
    },  # for who knows METRICS_TOKEN: tests/running/test_metrics.py
    "accessibility": {None: EVERYBODY},
    "privacy": {None: EVERYBODY},
    "home": {None: answers(302, public=200, guest=302)},
    "reports": {None: EVERYBODY},
    "search": {None: EVERYBODY},
    "open_data": {None: EVERYBODY},
    "results_csv": {None: EVERYBODY},
    "results_json": {None: EVERYBODY},
    "feed": {None: EVERYBODY},
    "report": {stages.SCORING: dict.fromkeys(PEOPLE, 404), stages.PUBLISHED: EVERYBODY},
    "report_file": {stages.SCORING: dict.fromkeys(PEOPLE, 404), stages.PUBLISHED: EVERYBODY},
    "report_edition": {stages.SCORING: dict.fromkeys(PEOPLE, 404), stages.PUBLISHED: EVERYBODY},
    "report_edition_file": {stages.SCORING: dict.fromkeys(PEOPLE, 404), stages.PUBLISHED: EVERYBODY},
    "organisation_years": {
        stages.SCORING: dict.fromkeys(PEOPLE, 404),
        stages.PUBLISHED: EVERYBODY,
    },
    "system": {stages.SCORING: dict.fromkeys(PEOPLE, 404), stages.PUBLISHED: EVERYBODY},
    "my_work": {None: SIGNED_IN | {"guest": 302}},
    "reviews": {None: SIGNED_IN},
    "frameworks": {None: SIGNED_IN},
    "framework": {
        None: SIGNED_IN
    },  # of an edition in use; a draft's addresses: tests/casestudies/test_frameworks.py
    "framework_preview": {None: SIGNED_IN},
    "framework_differences": {None: SIGNED_IN},
    "copy_framework": {None: answers(403, administrator=200)},
    "put_in_use": {None: answers(403)},
    "delete_draft": {None: answers(403)},
    "outcome_area": {None: answers(403)},
    "outcome_area_add": {None: answers(403)},
    "outcome_area_remove": {None: answers(403)},
    "grades": {None: answers(403)},
    "bands": {None: answers(403)},
    "review": {None: allowed(*INSIDE)},
    "stage": {None: allowed("lead")},
    "trail": {None: answers(403, administrator=200, lead=200, stranger=200)},
    "trail_file": {None: answers(403, administrator=200, lead=200, stranger=200)},
    "organisations": {None: answers(403, administrator=200, lead=200, stranger=200)},
    "organisation_add": {None: answers(403, administrator=200)},
    "organisation": {None: OF_BODY | {"lead": 403}},
    "people": {None: OF_BODY},
    "objectives": {None: OF_BODY | {"author": 200, "reader": 200}},
    "objective": {None: OF_BODY | {"author": 200, "reader": 200}},
    "objective_add": {None: OF_BODY | {"administrator": 403}},
    "objective_change": {None: OF_BODY | {"administrator": 403}},
    "objective_end": {None: OF_BODY | {"administrator": 403}},
    "duty_publication": {None: OF_BODY | {"administrator": 403}},
    "groups": {None: OF_BODY},
    "group_add": {None: OF_BODY},
    "group_change": {None: OF_BODY},
    "group_remove": {None: OF_BODY},
    "national_groups": {None: answers(403, administrator=200)},
    "national_group_add": {None: answers(403, administrator=200)},
    "national_group_change": {None: answers(403, administrator=200)},
    "national_group_remove": {None: answers(403, administrator=200)},
    "invite_person": {None: OF_BODY},
    "roles": {None: OF_BODY},
    "abbreviations": {None: OF_BODY},
    "abbreviation": {None: OF_BODY},
    "administrators": {None: answers(403, administrator=200)},
    "review_new": {None: answers(403, lead=200, stranger=200)},
    "import_report": {None: answers(403, lead=200, stranger=200)},
    **{name: {None: answers(404, lead=200)} for name in IMPORTS},
    "review_header": {stages.APPROVAL: allowed("lead"), stages.PUBLISHED: allowed()},
    "case_study_add": SET_UP,
    "case_study_change": SET_UP,
    "case_study_remove": SET_UP,
    "write": WRITTEN,
    "decide": {stages.EVIDENCE: allowed("lead"), stages.SCORING: allowed()},
    "personal": WRITTEN,
    "explain": {  # of words that are not there (any more)
        stages.EVIDENCE: allowed() | {"lead": 302, "author": 302},
        stages.SCORING: allowed(),
    },
    "comment_answer": WRITTEN,
    "section_add": WRITTEN,
    "section_change": WRITTEN,
    "section_remove": WRITTEN,
    "evidence": {None: allowed(*INSIDE, "guest")},
    "evidence_map": {None: allowed(*INSIDE, "guest")},
    "review_evidence_map": {None: allowed(*INSIDE)},
    "evidence_add": WRITTEN,
    "evidence_add_details": WRITTEN,
    "evidence_item": WRITTEN,
    "evidence_details": WRITTEN,
    "evidence_outcomes": WRITTEN,
    "evidence_groups": WRITTEN,
    "evidence_remove": WRITTEN,
    "evidence_file": {
        stages.SCORING: answers(404) | dict.fromkeys((*INSIDE, "guest"), 200),
        stages.PUBLISHED: EVERYBODY,
    },
    "closing_date": {
        stages.SETUP: allowed("lead"),
        stages.SCORING: allowed("lead"),
        stages.MODERATION: allowed(),
    },
    "case_study": {None: allowed(*INSIDE, "guest")},
    "word_out": {None: allowed(*INSIDE)},
    "word_in": WRITTEN,
    "word_changes": {stages.EVIDENCE: allowed("lead") | {"author": 404}, stages.SCORING: allowed()},
    "versions": {None: allowed(*INSIDE, "guest")},
    "panel": {None: allowed("lead")},
    "panel_add": {stages.SCORING: allowed("lead"), stages.APPROVAL: allowed()},
    "panel_member": {stages.SCORING: allowed("lead"), stages.APPROVAL: allowed()},
    "panel_remove": {stages.SCORING: allowed("lead"), stages.APPROVAL: allowed()},
    "panel_leave": {stages.SCORING: allowed(*PANEL), stages.APPROVAL: allowed()},
    "self_assessment": {
        stages.EVIDENCE: allowed("lead", "author"),
        stages.SCORING: allowed(),
    },
    "share_case_study": {None: allowed("lead")},
    "offers": {None: allowed("lead")},
    # shared by the stranger's body with the review
    "shared_case_study": {
        None: answers(404, guest=403) | dict.fromkeys(("lead", "reader", *PANEL, "stranger"), 200)
    },
    "end_shared": {
        stages.SCORING: answers(404, guest=403, lead=200, stranger=200)
        | dict.fromkeys(("reader", *PANEL), 403),
        stages.APPROVAL: answers(404, guest=403) | dict.fromkeys(("lead", "reader", *PANEL, "stranger"), 403),
    },
    "self_assessment_shown": {stages.EVIDENCE: allowed("lead"), stages.SCORING: allowed()},
    "declare_interest": {stages.SCORING: allowed(*SEATED), stages.APPROVAL: allowed()},
    "score": {stages.EVIDENCE: allowed(), stages.SCORING: allowed(*SEATED), stages.MODERATION: allowed()},
    "check_scores": {
        stages.EVIDENCE: allowed(),
        stages.SCORING: allowed() | dict.fromkeys(SEATED, 302),
        stages.MODERATION: allowed(),
    },
    "change_scores": {
        stages.EVIDENCE: allowed() | dict.fromkeys(SEATED, 302),
        stages.SCORING: allowed() | dict.fromkeys(SEATED, 302),
        stages.MODERATION: allowed() | dict.fromkeys(SEATED, 302),
    },
    "moderation": {
        stages.SCORING: allowed(),
        stages.MODERATION: allowed("lead", *SEATED),
        stages.PUBLISHED: allowed("lead", *SEATED),
    },
    "moderate": {
        stages.SCORING: allowed(),
        stages.MODERATION: allowed("lead", *SEATED),
        stages.PUBLISHED: allowed("lead", *SEATED),
    },
    "moderate_now": {
        stages.SCORING: allowed(),
        stages.MODERATION: allowed("lead", *SEATED),
        stages.PUBLISHED: allowed("lead", *SEATED),
    },
    "recommendations": {
        stages.SCORING: allowed("lead"),
        stages.MODERATION: allowed("lead", *PANEL),
        stages.APPROVAL: allowed(*INSIDE),
    },
    "recommendation": {
        stages.SCORING: allowed("lead"),
        stages.MODERATION: allowed("lead", *PANEL),
        stages.APPROVAL: allowed(*INSIDE),
    },
    "recommendation_add": {stages.SCORING: allowed("lead"), stages.PUBLISHED: allowed()},
    "recommendation_change": {stages.APPROVAL: allowed("lead"), stages.PUBLISHED: allowed()},
    "recommendation_owner": {stages.SCORING: allowed("lead"), stages.PUBLISHED: allowed("lead")},
    "owned_recommendation": {None: dict.fromkeys(PEOPLE, 404)},  # its owner: tests/scoring/test_owners.py
    "owner_link": {None: dict.fromkeys(PEOPLE, 404)},
    "interest_take_back": {
        stages.SCORING: allowed() | dict.fromkeys(SEATED, 404),  # nobody has declared one
        stages.MODERATION: allowed(),
    },
    "panel_interest": {stages.SCORING: allowed() | {"lead": 404}, stages.APPROVAL: allowed()},
    "recommendation_remove": {stages.APPROVAL: allowed("lead"), stages.PUBLISHED: allowed()},
    "accept_warning": {stages.MODERATION: allowed("lead"), stages.SCORING: allowed()},
    "checks": {
        stages.SCORING: allowed(),
        stages.MODERATION: allowed("lead"),
        stages.APPROVAL: allowed("lead"),
    },
    "domain_choice": {
        stages.SCORING: allowed(),
        stages.MODERATION: allowed("lead"),
        stages.APPROVAL: allowed(),
    },
    "preview": {
        stages.SCORING: allowed(),
        stages.MODERATION: allowed("lead", *PANEL),
        stages.APPROVAL: allowed(*INSIDE),
    },
    "preview_file": {
        stages.SCORING: allowed(),
        stages.MODERATION: allowed("lead", *PANEL),
        stages.APPROVAL: allowed(*INSIDE),
    },
    "report_words": {
        stages.SETUP: allowed("lead"),
        stages.APPROVAL: allowed("lead"),
        stages.PUBLISHED: allowed(),
    },
    "approval": {
        stages.MODERATION: allowed(),
        stages.APPROVAL: allowed("lead"),
        stages.PUBLISHED: allowed(),
    },
    "publishing": {None: allowed() | {"lead": 302}},  # nothing is being published: back to the stage
    "paper_sheet": {None: allowed("lead", *SEATED)},
    "paper": {None: allowed("lead", *PANEL)},
    "enter_sheet": {stages.SCORING: allowed("lead"), stages.MODERATION: allowed()},
    "join": {None: EVERYBODY | {"guest": 302}},
    "join_code": {None: EVERYBODY | {"guest": 302}},
    "workshop": {
        stages.EVIDENCE: allowed(),
        stages.SCORING: allowed("lead"),
        stages.PUBLISHED: allowed("lead"),
    },
    "workshop_screen": {
        stages.EVIDENCE: allowed(),
        stages.SCORING: allowed("lead"),
        stages.MODERATION: allowed("lead"),
    },
    "remove_person": {stages.SCORING: allowed("lead"), stages.MODERATION: allowed()},
    "reveal": {stages.SCORING: allowed("lead"), stages.MODERATION: allowed()},
    "workshop_now": {None: allowed(*SEATED)},
    "workshop_state": {None: allowed(*SEATED)},
}
ONLY_POST = {  # shown in tests of their own
    "import_confirm",
    "import_discard",
    "ask_owner",
    "confirm_scores",
    "accept_shared",
    "administrator_remove",
    "invite_again",
    "mark_ready",
    "section_move",
    "abbreviation_remove",
    "paste",
    "evidence_move",
    "panel_put_back",
    "panel_send",
    "submit_scores",
    "close_workshop",
    "confirm_people",
    "move_workshop_on",
    "move_outcome_area",
}
OTHERS = {"account", "mfa", "admin", "static"}  # pages of packages, under these first parts of the address
ARGUMENTS = {
    "number": 1,
    "area": "1A",
    "edition": 1,
    "sort": "file",
    "format": "json",
    "code": "CFHJ3479",
    "token": "none",
    "digest": "0" * 64,
    "size": "standard",
    "kind": "invitation",
}


def own_patterns(patterns=None, prefix: str = "") -> dict[str, list[str]]:
    """The project's own addresses: name and the names of their arguments."""
    found = {}
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if route.split("/")[0] in OTHERS:
            continue
        if isinstance(pattern, URLResolver):
            found |= own_patterns(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            found[pattern.name] = list(pattern.pattern.converters)
    return found


def test_every_address_has_a_row():
    assert set(own_patterns()) == set(TABLE) | ONLY_POST


@pytest.fixture
def everything(db):
    return make_everything()


def make_everything() -> Cast:
    """A review with all agreed, so that it can be published."""
    cast = make_cast()
    cast.guest = join(open_a_workshop(cast), confirmed_by=cast.lead)
    file_of(cast)
    cast.move(stages.MODERATION)
    for case_study in cast.case_studies:
        for area in case_study.domain.outcome_areas.all():
            record_agreed_score(
                case_study=case_study, outcome_area=area, value=2, rationale="Agreed", recorded_by=cast.lead
            )
    return cast


OF_FRAMEWORK = {
    *("framework", "framework_preview", "framework_differences", "copy_framework"),
    *("put_in_use", "delete_draft", "outcome_area", "outcome_area_add", "outcome_area_remove"),
    *("grades", "bands"),
}


def _pk_of_body(name: str, cast) -> int | None:
    """The row of an organisation that an address of this name is about."""
    if name in ("roles", "invite_again"):
        return cast.author.pk
    if name.startswith("abbreviation"):
        return cast.organisation.abbreviations.get_or_create(short="ICB", meaning="Board")[0].pk
    if name.startswith("objective"):
        return objective_of(cast).pk
    if name.startswith("group"):
        return group_of(cast).pk
    if name.startswith("national_group"):
        return Group.objects.get(code="sex-workers").pk
    if name == "system":
        cast.organisation.ics, _ = IntegratedCareSystem.objects.get_or_create(name="Ambleford System")
        cast.organisation.save()
        return cast.organisation.ics_id
    return None


def _pk(name: str, cast) -> int:
    """The row that an address of this name is about."""
    if name in OF_FRAMEWORK:
        return cast.review.framework_id
    if (found := _pk_of_body(name, cast)) is not None:
        return found
    if "shared" in name and name != "self_assessment_shown":
        return share_with(cast).pk
    if name == "administrator_remove":
        return cast.administrator.pk
    if name.startswith("recommendation") or name in ("ask_owner", "owned_recommendation"):
        return recommend(review=cast.review, wording=Wording(theme="Access", action="Open on Saturdays")).pk
    return cast.members[cast.chair].pk


def a_comment(cast):
    """A comment with which the first case study was returned; a newer text of it waits to be accepted."""
    given = {"case_study": cast.case_studies[0], "marked_by": cast.author}
    cast.case_studies[0].sections.update(body="Thin")
    comment = Remark(heading="", section=None, text="More, please")
    (made,) = return_to_authors(
        handover=hand_over(**given),
        remarks=[comment],
        returned_by=cast.lead,
        site="https://eds.example.nhs.uk",
    )
    hand_over(**given)
    return made


def address_of(cast, name: str) -> str:
    """The address of that name, about the cast's own review."""
    organisation, year = cast.address
    known = ARGUMENTS | {
        "organisation": organisation,
        "year": year,
        "member": cast.members[cast.member].pk,
        "joining": cast.people["guest"].panel_members.get().joining.pk,
        "pk": _pk(name, cast),
        "section": cast.case_studies[0].sections.first().pk,
    }
    arguments = own_patterns()[name]
    if "waiting" in arguments:
        of = cast.case_studies[0] if name == "word_changes" else None
        known["waiting"] = upload_of(cast.lead, cast.organisation, of).pk
    if "item" in arguments:
        known["item"] = quote_of(cast).pk
    if "file" in arguments:
        known["file"] = file_of(cast).pk
    if name in ("decide", "comment_answer"):
        known["comment"] = a_comment(cast).pk
    if "key" in arguments:
        known["key"] = next(point.key for point in points_to_mend(cast.review) if not point.is_error)
    return reverse(name, kwargs={argument: known[argument] for argument in arguments})


@pytest.mark.parametrize("stage", [None, *stages.STAGES], ids=str)
def test_each_person_is_answered_as_the_table_says(everything, stage):
    """One world for each stage; None stands for whatever stage, where the answer is always the same."""
    if stage == stages.PUBLISHED:
        everything.publish()
    elif stage is not None:
        everything.move(stage)
    sessions = {who: cookies_of(person) for who, person in everything.people.items()}
    expected = {name: rows[stage] for name, rows in TABLE.items() if stage in rows}
    got = {name: answered(everything, sessions, name) for name in expected}
    assert [name for name in expected if set(expected[name]) != set(PEOPLE)] == []
    assert {name: said for name, said in got.items() if said != expected[name]} == {}


def answered(cast, sessions, name: str) -> dict[str, int]:
    """The status that each person gets at the address of that name; undone afterwards."""
    got = {}
    with transaction.atomic():
        address = address_of(cast, name)
        for who in PEOPLE:
            got[who] = client_with(sessions[who]).get(address).status_code
        transaction.set_rollback(True)
    cache.clear()  # where it is counted how often somebody tried
    for row in (cast.organisation, cast.review):
        row.refresh_from_db()
    return got
