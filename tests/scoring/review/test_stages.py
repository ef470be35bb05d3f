"""Moving a review from stage to stage, and publishing it."""

import pytest
from django.utils import timezone

from casestudies.models import CaseStudy, StageMove
from eds import stages
from scoring.models import AcceptedWarning, Publication
from scoring.publishing.findings import review_findings
from scoring.review.content import report_content
from scoring.review.readiness import missing_before
from scoring.review.stages import MoveRefused, move_review
from tests.prepare import record_agreed_score


def agree_all(cast, value: int = 2, *, but: tuple[int, str] = (0, "")) -> None:
    """`but` is a case study's number and an outcome area's code for which nothing is recorded."""
    for case_study in cast.case_studies:
        for area in case_study.domain.outcome_areas.all():
            if (case_study.number, area.code) == but:
                continue
            record_agreed_score(
                case_study=case_study,
                outcome_area=area,
                value=value,
                rationale="Agreed",
                recorded_by=cast.lead,
            )


@pytest.mark.parametrize("current", stages.STAGES)
@pytest.mark.parametrize("target", stages.STAGES)
def test_only_the_moves_of_the_table_are_possible(cast, current, target):
    agree_all(cast)
    cast.move(current)
    if (current, target) == (stages.APPROVAL, stages.PUBLISHED):
        cast.write_evidence()
        cast.approve()
        cast.accept_warnings()
    if target in stages.MOVES[current]:
        move_review(review=cast.review, to=target, moved_by=cast.lead, note="because")
        cast.review.refresh_from_db()
        assert cast.review.stage == target
        row = StageMove.objects.get()
        assert (row.from_stage, row.to_stage, row.moved_by, row.note) == (
            current,
            target,
            cast.lead,
            "because",
        )
    else:
        with pytest.raises(MoveRefused):
            move_review(review=cast.review, to=target, moved_by=cast.lead)
        cast.review.refresh_from_db()
        assert (cast.review.stage, StageMove.objects.count()) == (current, 0)


def refused(cast, target: str) -> list[str]:
    with pytest.raises(MoveRefused) as said:
        move_review(review=cast.review, to=target, moved_by=cast.lead)
    return [missing.text for missing in said.value.missing]


def test_scoring_waits_for_case_studies_that_are_ready_and_a_panel(cast):
    cast.move(stages.EVIDENCE)
    domain = cast.review.framework.domains.get(number=2)
    CaseStudy.objects.create(review=cast.review, number=4, domain=domain, title="Our workforce")
    assert refused(cast, stages.SCORING) == [
        "Case study 4: Our workforce is not marked ready.",
        "You have not added a panel member for domain 2.",
    ]


def test_a_review_without_case_studies_does_not_open_for_scoring(cast):
    cast.review.case_studies.all().delete()
    cast.move(stages.EVIDENCE)
    assert refused(cast, stages.SCORING) == ["You have not added any case studies."]


def test_approval_waits_for_every_agreed_score(cast):
    agree_all(cast, but=(2, "1C"))
    cast.move(stages.MODERATION)
    assert refused(cast, stages.APPROVAL) == ["Case study 2: no agreed score for 1C."]


def test_scoring_cannot_open_again_once_members_have_seen_each_others_scores(cast):
    cast.score(cast.member, 1, 1, 1, 1, 1)
    cast.move(stages.MODERATION)
    (text,) = refused(cast, stages.SCORING)
    assert text.startswith("Panel members have seen each other’s scores")


def test_publishing_keeps_what_was_said_and_a_correction_is_a_new_publication(cast):
    agree_all(cast, 2)
    cast.move(stages.APPROVAL)
    cast.publish()
    first = Publication.objects.get()
    before = (first.content, first.sha256)
    assert first.as_content() == report_content(cast.review)

    move_review(review=cast.review, to=stages.MODERATION, moved_by=cast.lead)
    agree_all(cast, 3)
    cast.publish()
    first.refresh_from_db()
    second = Publication.objects.current().get()
    assert (first.content, first.sha256) == before
    assert (second.number, second.as_content().case_studies[0].scores["1A"].score) == (2, 3)


def test_a_published_report_keeps_its_words_when_the_framework_changes(cast, client):
    agree_all(cast)
    cast.move(stages.APPROVAL)
    cast.publish()
    address = f"/reports/{cast.organisation.slug}/2026/"
    before = client.get(address).content
    area = cast.case_studies[0].domain.outcome_areas.get(code="1A")
    area.statement = "Something else"
    area.save()
    assert client.get(address).content == before


def test_the_lead_moves_a_review_on_its_page_and_is_told_what_is_missing(client, cast):
    cast.move(stages.MODERATION)
    client.force_login(cast.lead)
    address = f"/reviews/{cast.organisation.slug}/2026/stage/"
    page = client.post(address, {"to": stages.APPROVAL, "note": "Typed"})
    text = page.content.decode()
    assert "Case study 1: no agreed score for 1A." in text
    assert "Typed" in text
    agree_all(cast)
    assert client.post(address, {"to": stages.APPROVAL}).status_code == 302
    cast.review.refresh_from_db()
    assert cast.review.stage == stages.APPROVAL


def test_errors_stop_publication_and_a_warning_is_mended_or_accepted(cast):
    agree_all(cast, 2)
    cast.move(stages.APPROVAL)
    errors = [point.finding for point in review_findings(cast.review) if point.is_error]
    warnings = [point for point in review_findings(cast.review) if not point.is_error]
    assert {error.code for error in errors} == {"high-score-without-evidence"}
    said = refused(cast, stages.PUBLISHED)
    assert said == [
        *(error.message for error in errors),
        f"{len(warnings)} warnings are not yet fixed or accepted with a reason.",
        "You have not recorded an approval.",
    ]
    cast.write_evidence()
    cast.approve()
    cast.accept_warnings()
    assert AcceptedWarning.objects.count() == len(
        [point for point in review_findings(cast.review) if not point.is_error]
    )
    move_review(review=cast.review, to=stages.PUBLISHED, moved_by=cast.lead)
    assert Publication.objects.count() == 1


def test_a_warning_that_says_something_else_is_not_the_one_that_was_accepted(cast):
    agree_all(cast, 2)
    cast.move(stages.APPROVAL)
    cast.write_evidence()
    cast.approve()
    cast.accept_warnings()
    assert refused_or_none(cast) == []
    agree_all(cast, 1)
    assert refused_or_none(cast)[0] == "12 warnings are not yet fixed or accepted with a reason."


def test_what_was_changed_after_its_approval_is_not_published(cast):
    agree_all(cast, 2)
    cast.move(stages.APPROVAL)
    cast.write_evidence()
    cast.approve()
    cast.accept_warnings()
    cast.review.board_sponsor = "Somebody else"  # the header may change
    cast.review.save()
    assert not [said for said in refused_or_none(cast) if "approv" in said]
    cast.case_studies[0].sections.update(body="Something else")  # what no panel read is not printed
    assert refused_or_none(cast) == []
    cast.change_text(1, "Something else")
    assert refused_or_none(cast) == [
        "The report was changed after its approval by The board was recorded. Record the approval of the change too."
    ]
    cast.approve()
    assert refused_or_none(cast) == []


def test_an_approval_holds_only_until_the_review_is_sent_back(cast):
    agree_all(cast, 2)
    cast.move(stages.APPROVAL)
    cast.approve()
    assert report_content(cast.review).approval.committee == "The board"
    assert report_content(cast.review).header.authorised_on == "2026-11-02"
    move_review(review=cast.review, to=stages.MODERATION, moved_by=cast.lead)
    move_review(review=cast.review, to=stages.APPROVAL, moved_by=cast.lead)
    assert report_content(cast.review).approval is None


def test_a_summary_with_an_unknown_figure_is_not_published(cast):
    cast.review.summary = "We reached {overall tota}."
    cast.review.save()
    cast.move(stages.APPROVAL)
    said = [text for text in refused_or_none(cast) if "figure" in text]
    assert said == ["{overall tota} is not a figure of this report. Did you mean {overall total}?"]


def refused_or_none(cast) -> list[str]:
    return [missing.text for missing in missing_before(cast.review, stages.PUBLISHED)]


def close_scoring(client, cast, **more):
    client.force_login(cast.lead)
    page = client.post("/reviews/nhs-ambleford/2026/stage/", {"to": stages.MODERATION, "note": ""} | more)
    cast.review.refresh_from_db()
    return page


def test_closing_scoring_on_members_who_have_not_submitted_is_confirmed(client, cast):
    """The chair submitted everything, Mona Member one of three, Oscar Other left the panel."""
    for number in (1, 2, 3):
        cast.score(cast.chair, number, 1, 1, 1, 1)
    cast.score(cast.member, 1, 0, 0, 0, 0)
    cast.members[cast.other].declined_at = timezone.now()
    cast.members[cast.other].save()
    page = close_scoring(client, cast)
    assert cast.review.stage == stages.SCORING
    assert page.context["form"].errors == {
        "close": ["Tick the box to close scoring now, or wait until they have submitted"]
    }
    said = page.content.decode()
    assert "1 member has not submitted all their scores: Mona Member." in said
    close_scoring(client, cast, close="on")
    assert cast.review.stage == stages.MODERATION


def test_where_all_have_submitted_nothing_is_asked(client, cast):
    for user in (cast.chair, cast.member, cast.other):
        for number in (1, 2, 3):
            cast.score(user, number, 1, 1, 1, 1)
    assert close_scoring(client, cast).status_code == 302
    assert cast.review.stage == stages.MODERATION


def test_going_back_to_evidence_asks_for_no_confirmation(client, cast):
    close_scoring(client, cast, to=stages.EVIDENCE)
    assert cast.review.stage == stages.EVIDENCE
