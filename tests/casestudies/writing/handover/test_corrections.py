"""The lead corrects a text after scoring opened: scores stay with the version read; the report says what and when."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from casestudies.models import Section, Version
from casestudies.writing.handover.corrections import correct_text
from eds import stages
from eds.content import Correction, without_origin
from eds.text import labels
from edsportal.web.refusals import NotPossible
from reports.writing.data.json_report import from_json, to_json
from reports.writing.html_report import body
from scoring.importing.store import import_report
from scoring.models import Score
from scoring.my_work.tasks import scoring_tasks
from scoring.review.content import report_content
from scoring.review.stages.reviews import move_review
from scoring.scores.own_work import CHANGED, SUBMITTED
from tests.scoring.review.stages.test_stages import agree_all

ADDRESS = "/reviews/nhs-ambleford/2026/case-studies/1/correct/"
WHAT = "The clinic opens on Sundays."


def correct(client, cast, **more):
    """Send the lead's correction of the first section; the text is new unless said."""
    client.force_login(cast.lead)
    sections = list(cast.case_studies[0].sections.all())
    sent = {f"text_{each.pk}": each.body for each in sections}
    sent |= {f"text_{sections[0].pk}": "Open on Sundays.", "kind": "fact", "what": WHAT}
    number = cast.case_studies[0].versions.latest("number").number
    return client.post(ADDRESS, sent | {"seen": number} | more)


def corrections(cast) -> list[Correction]:
    return list(report_content(cast.review).case_studies[0].corrections)


def test_before_the_reveal_members_are_asked_to_confirm_or_change(client, cast):
    cast.score(cast.member, 1, 2, 2, 2, 2)
    assert correct(client, cast).status_code == 302
    assert Section.objects.filter(case_study=cast.case_studies[0], body="Open on Sundays.").exists()
    assert set(Score.objects.values_list("version__number", flat=True)) == {1}
    assert scoring_tasks(cast.member)[0].status == CHANGED
    agree_all(cast)
    cast.move(stages.AGREED)
    cast.case_studies[0].stage_moves.create(from_stage="scoring", to_stage="meeting")
    (said,) = corrections(cast)
    assert said.what == f"A fact: {WHAT} Members who had scored were asked to confirm or change their scores."


def test_after_the_reveal_the_report_prints_the_corrected_text_and_that_the_panel_scored_the_one_before(
    client, cast
):
    cast.score(cast.member, 1, 2, 2, 2, 2)
    cast.move(stages.MEETING)
    agree_all(cast)
    assert correct(client, cast).status_code == 302
    content = report_content(cast.review)
    (said,) = content.case_studies[0].corrections
    assert said.what == f"A fact: {WHAT} The panel scored the text before this correction."
    assert said.on == timezone.localdate().isoformat()
    page = body(content)
    assert f"Corrected on {labels.day(said.on)}: A fact: {WHAT} The panel scored the text before" in page
    assert "Open on Sundays." in page
    assert [task.status for task in scoring_tasks(cast.member)] == [SUBMITTED]
    assert set(Score.objects.values_list("version__number", flat=True)) == {1}
    elsewhere = from_json(to_json(content), {content.edition.name: content.edition})
    review, _ = import_report(report=elsewhere, organisation=cast.stranger.roles.get().organisation)
    assert without_origin(report_content(review)).case_studies == without_origin(elsewhere).case_studies


def test_a_published_report_is_corrected_by_a_new_edition_and_the_old_one_stays(client, cast):
    cast.move(stages.MEETING)
    agree_all(cast)
    cast.publish()
    assert correct(client, cast).status_code == 403
    move_review(review=cast.review, to=stages.OPEN, moved_by=cast.lead, note="A wrong day")
    assert correct(client, cast).status_code == 302
    cast.publish(note="A wrong day")
    old, new = (row.as_content().case_studies[0] for row in cast.review.publications.order_by("number"))
    assert (old.corrections, [each.what for each in new.corrections]) == ((), [corrections(cast)[0].what])
    assert new.sections[0].body == "Open on Sundays." != old.sections[0].body


def test_nothing_is_corrected_twice_without_a_change_or_unseen(client, cast):
    first = cast.case_studies[0].sections.first()
    page = correct(client, cast, **{f"text_{first.pk}": first.body.replace("\n", "\r\n")})
    assert page.context["form"].errors == {"__all__": ["You have not changed the text."]}
    assert list(correct(client, cast, what=" ", kind="").context["form"].errors) == ["kind", "what"]
    correct(client, cast)
    values = {"case_study": cast.case_studies[0], "texts": {first.pk: "x"}, "kind": "fact", "what": "x"}
    with pytest.raises(NotPossible, match="Someone else corrected"):
        correct_text(**values, seen=1, corrected_by=cast.lead)
    for stage in (stages.WRITING, stages.APPROVAL):
        cast.move(stage)
        with pytest.raises(PermissionDenied):
            correct_text(**values, seen=2, corrected_by=cast.lead)
    assert Version.objects.filter(case_study=cast.case_studies[0]).count() == 2
