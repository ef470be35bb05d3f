"""Every write looks at the stage itself: a page that was opened before the review moved on stores nothing."""

from pathlib import Path

import pytest
from django.apps import apps

from casestudies.reviews.locks import MovedOn
from eds import policy
from edsportal.web.refusals import NotPossible
from tests.action_entries import ENTRIES, OF_NO_REVIEW, WITHOUT_STAGE
from tests.action_stage import Stage
from tests.cast import STAGES, here
from tests.every_action import begin
from tests.finding_actions import actions

ROOT = Path(__file__).resolve().parent.parent
REFUSED = [
    (name, entry, more, stage)
    for name, entries in ENTRIES.items()
    for entry, more in entries
    for stage in STAGES
    if not policy.RULES[entry].is_open_at(here(stage))
]

# Actions that refuse with an error of their own, of which a page says what to do.
IN_OTHER_WORDS = {
    "workshops.join_workshop": NotPossible,
    "review.accept_case_study": NotPossible,
    "review.end_sharing": NotPossible,
}


def everything() -> dict[str, list]:
    """Every row of what is assessed and judged."""
    models = [model for app in ("casestudies", "scoring") for model in apps.get_app_config(app).get_models()]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


def test_each_action_is_held_by_an_entry_of_the_policy_or_has_a_reason():
    others = {name for name in actions() if name.startswith(OF_NO_REVIEW)}
    assert set(actions()) == set(ENTRIES) | set(WITHOUT_STAGE) | others


@pytest.mark.sqlite  # the lock is tried on both where many write at once
@pytest.mark.parametrize(("name", "entry", "more", "stage"), REFUSED)
def test_at_another_stage_nothing_is_stored(cast, name, entry, more, stage):
    action = actions()[name]
    given = begin(name, action, Stage(cast), at=stage) | more
    if more.get("taken_back_by"):
        given["taken_back_by"] = cast.member
    before = everything()
    with pytest.raises(IN_OTHER_WORDS.get(name, MovedOn)):
        action(**given)
    assert everything() == before


def test_only_the_store_of_imported_reports_writes_at_any_stage():
    users = {
        path.relative_to(ROOT).as_posix()
        for folder in ("casestudies", "scoring", "edsportal")
        for path in (ROOT / folder).rglob("*.py")
        if "at_any_stage" in path.read_text()
    }
    assert users == {"casestudies/reviews/locks.py", "scoring/importing/store.py"}
