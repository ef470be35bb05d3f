"""Every action, by every person, at every stage: who may do what stands in one table.

An action is a POST with nothing in it: who may do it is answered by the page or sent on, who may not is refused, and
nobody outside learns that there is such a review. What it changes is undone before the next person tries.
"""

import pytest
from django.db import transaction

from casestudies import stages
from tests.test_addresses import (
    INSIDE,
    PANEL,
    PEOPLE,
    address_of,
    everything,  # noqa: F401 (a fixture)
)

SETTING_UP = (stages.SETUP, stages.EVIDENCE)
TO_SCORING = (*SETTING_UP, stages.SCORING)
TO_MODERATION = (*TO_SCORING, stages.MODERATION)
TO_APPROVAL = (*TO_MODERATION, stages.APPROVAL)
# Name of the address: (who may send something there, at which stages). Everybody else inside is told 403, outside 404.
ACTIONS = {
    "stage": ({"lead"}, stages.STAGES),
    "review_header": ({"lead"}, TO_APPROVAL),
    "case_study_add": ({"lead"}, SETTING_UP),
    "case_study_change": ({"lead"}, SETTING_UP),
    "case_study_remove": ({"lead"}, SETTING_UP),
    "section_add": ({"lead", "author"}, SETTING_UP),
    "paste": ({"lead", "author"}, SETTING_UP),
    "section_change": ({"lead", "author"}, SETTING_UP),
    "section_move": ({"lead", "author"}, SETTING_UP),
    "section_remove": ({"lead", "author"}, SETTING_UP),
    "mark_ready": ({"lead", "author"}, SETTING_UP),
    "panel_add": ({"lead"}, TO_MODERATION),
    "panel_member": ({"lead"}, TO_MODERATION),
    "panel_remove": ({"lead"}, TO_MODERATION),
    "panel_put_back": ({"lead"}, TO_MODERATION),
    "panel_leave": (set(PANEL), TO_MODERATION),
    "moderate": ({"lead", "chair"}, (stages.MODERATION,)),
}
KNOWING = {"administrator", "lead", "author", "reader", "guest"}  # of the body: others learn nothing of it
# Actions about an organisation, whatever the stage of a review: {name: (who may, who is told 403)}; all others: 404.
OF_ORGANISATION = {
    "review_new": ({"lead", "stranger"}, set(PEOPLE)),
    "organisation_add": ({"administrator"}, set(PEOPLE)),
    "organisation": ({"administrator"}, KNOWING),
    "invite_person": ({"administrator", "lead"}, KNOWING),
    "roles": ({"administrator", "lead"}, KNOWING),
    "invite_again": ({"administrator", "lead"}, KNOWING),
    "objective": ({"lead"}, KNOWING),
    "objective_add": ({"lead"}, KNOWING),
    "objective_change": ({"lead"}, KNOWING),
    "objective_end": ({"lead"}, KNOWING),
    "duty_publication": ({"lead"}, KNOWING),
    "administrators": ({"administrator"}, set(PEOPLE)),
    "administrator_remove": ({"administrator"}, set(PEOPLE)),
}


def answered(client, cast, who: str, name: str) -> int | str:
    """The status, or "allowed" where the action was done or asked for more. Nothing stays changed."""
    client.logout()
    if cast.people[who] is not None:
        client.force_login(cast.people[who])
    with transaction.atomic():
        response = client.post(address_of(cast, name))
        transaction.set_rollback(True)
    if response.status_code == 302 and response.url.startswith("/account/login/"):
        return "sign in"
    return "allowed" if response.status_code in (200, 302) else response.status_code


def expected(who: str, name: str, stage: str) -> int | str:
    people, at = ACTIONS[name]
    if who == "public":
        return "sign in"
    if who in people and stage in at:
        return "allowed"
    return 403 if who in (*INSIDE, "guest") else 404


@pytest.mark.parametrize("stage", stages.STAGES)
def test_each_person_may_do_what_the_table_says(client, everything, stage):  # noqa: F811
    everything.move(stage)
    wrong = [
        (name, who, got, expected(who, name, stage))
        for name in ACTIONS
        for who in PEOPLE
        if (got := answered(client, everything, who, name)) != expected(who, name, stage)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", OF_ORGANISATION)
def test_each_person_may_do_for_an_organisation_what_the_table_says(client, everything, name):  # noqa: F811
    got = {who: answered(client, everything, who, name) for who in PEOPLE}
    may, refused = OF_ORGANISATION[name]
    wanted = {who: "allowed" if who in may else 403 if who in refused else 404 for who in PEOPLE}
    assert got == wanted | {"public": "sign in"}
