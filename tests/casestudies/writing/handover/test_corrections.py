"""The lead corrects a text after scoring opened: scores stay with the version read; the report says what and when."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from casestudies.models import EvidenceFile, Section, Version
from casestudies.reviews.actions import mark_ready
from casestudies.reviews.locks import at_any_stage
from casestudies.writing.handover.corrections import correct_text
from eds import stages
from eds.content import Correction
from eds.normal_form import without_origin
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
from tests.cast import file_of, quote_of
from tests.scoring.review.stages.test_stages import agree_all

ADDRESS = "/reviews/nhs-ambleford/2026/case-studies/1/correct/"
WHAT = "The clinic opens on Sundays."


def correct(client, cast, **more):
    """Send the lead's correction of the first section; the text is new unless said."""
    client.force_login(cast.lead)
    sections = list(cast.case_studies[0].sections.all())
    sent = {f"text_{each.pk}": each.body for each in sections}
    sent |= {f"text_{sections[0].pk}": "Open on Sundays.", "kind": "fact", "what": WHAT}
    sent["title"] = cast.case_studies[0].title
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


def test_title_and_evidence_are_corrected_and_personal_data_is_shown_no_more(client, cast):
    first, quote, file = cast.case_studies[0], quote_of(cast), file_of(cast)
    first.sections.filter(position=1).update(body="Mary Planted came.")
    with at_any_stage():
        mark_ready(case_study=first, made_by=cast.lead)
    cast.score(cast.member, 1, 2, 2, 2, 2)
    table = first.evidence.get(file=file)
    fields = {f"evidence_{quote.pk}_text": "They rang.", f"evidence_{quote.pk}_source": quote.source}
    fields |= {f"evidence_{table.pk}_title": table.title, f"evidence_{table.pk}_source": table.source}
    more = {"title": "Falls and balance", "kind": "personal_data", "what": "A name", "removed": [table.pk]}
    assert correct(client, cast, **fields, **more).status_code == 302
    part = report_content(cast.review).case_studies[0]
    assert (part.title, [each.text for each in part.evidence]) == ("Falls and balance", ["They rang."])
    assert not EvidenceFile.objects.filter(pk=file.pk).exists()
    assert first.versions.get(number=2).content["sections"][0]["body"] == "Mary Planted came."
    base = ADDRESS.removesuffix("correct/")
    for who in (cast.lead, cast.author, cast.member, cast.reader):
        client.force_login(who)
        pages = [client.get(f"{base}{page}") for page in ("", "versions/", "score/", "score/1A/")]
        pages.append(client.get(f"{base}versions/?older=1&newer=2"))
        assert pages[0].status_code == pages[1].status_code == 200
        assert not [page for page in pages if "Planted" in page.content.decode()]
    assert "it held personal data" in pages[1].content.decode()
    assert scoring_tasks(cast.member)[0].status == CHANGED
