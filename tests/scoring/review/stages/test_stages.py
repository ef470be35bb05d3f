"""Moving a review from stage to stage, and publishing it."""

import pytest

from casestudies.models import CaseStudy, CaseStudyMove, StageMove
from casestudies.reviews.locks import MovedOn
from eds import stages
from scoring.models import AcceptedWarning, Publication
from scoring.publishing.findings import review_findings
from scoring.review.content import report_content
from scoring.review.readiness import missing_before
from scoring.review.stages.case_studies import move_case_study
from scoring.review.stages.reviews import MoveRefused, move_review
from tests.prepare import mark_ready, record_agreed_score


def agree_all(cast, value: int = 2, *, but: tuple[int, str] = (0, ""), chosen: bool = True) -> None:
    """`but` is a case study's number and an outcome area's code for which nothing is recorded.

    All have the same total, so that somebody chooses the one used for the domain; not where `chosen` is False.
    """
    if chosen:
        cast.choose()
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


@pytest.mark.parametrize("current", stages.REVIEW)
@pytest.mark.parametrize("target", stages.ALL)
def test_only_the_moves_of_the_table_are_possible(cast, current, target):
    agree_all(cast)
    cast.move(stages.AGREED if current == stages.OPEN else current)
    if (current, target) == (stages.APPROVAL, stages.PUBLISHED):
        cast.write_evidence()
        cast.approve()
        cast.accept_warnings()
    if target in stages.REVIEW_MOVES[current]:
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


@pytest.mark.parametrize("current", stages.CASE_STUDY)
@pytest.mark.parametrize("target", stages.ALL)
def test_only_the_moves_of_a_case_study_are_possible(cast, current, target):
    """Of one; the others stay where they are."""
    first, second, _ = cast.case_studies
    agree_all(cast)
    cast.move(current)
    if target in stages.CASE_STUDY_MOVES[current]:
        move_case_study(case_study=first, to=target, moved_by=cast.lead, note="because")
        row = CaseStudyMove.objects.get()
        assert (row.from_stage, row.to_stage, row.moved_by, row.note, row.case_study) == (
            *(current, target, cast.lead, "because"),
            first,
        )
    else:
        with pytest.raises(MoveRefused):
            move_case_study(case_study=first, to=target, moved_by=cast.lead, note="because")
        assert CaseStudyMove.objects.count() == 0
        target = current
    assert [CaseStudy.objects.get(pk=row.pk).stage for row in (first, second)] == [target, current]


@pytest.mark.parametrize("stage", stages.APPROVED)
def test_no_case_study_moves_while_the_report_is_approved(cast, stage):
    cast.move(stage)
    with pytest.raises(MovedOn):
        move_case_study(
            case_study=cast.case_studies[0], to=stages.MEETING, moved_by=cast.lead, note="because"
        )


def refused(cast, target: str) -> list[str]:
    with pytest.raises(MoveRefused) as said:
        move_review(review=cast.review, to=target, moved_by=cast.lead)
    return [missing.text for missing in said.value.missing]


def refused_for(cast, number: int, target: str, **more) -> str:
    """Why the case study of that number can't move there."""
    row = CaseStudy.objects.get(review=cast.review, number=number)
    with pytest.raises(MoveRefused) as said:
        move_case_study(case_study=row, to=target, moved_by=cast.lead, **more)
    return str(said.value)


def test_scoring_of_one_waits_for_its_text_and_its_panel(cast):
    cast.move(stages.WRITING)
    domain = cast.review.framework.domains.get(number=2)
    row = CaseStudy.objects.create(review=cast.review, number=4, domain=domain, title="Our workforce")
    assert refused_for(cast, 4, stages.SCORING) == "Case study 4: Our workforce is not accepted."
    mark_ready(case_study=row, made_by=cast.lead)
    assert refused_for(cast, 4, stages.SCORING) == "You have not added a panel member for domain 2."
    move_case_study(case_study=cast.case_studies[0], to=stages.SCORING, moved_by=cast.lead)


def test_a_review_without_case_studies_is_not_approved(cast):
    cast.review.case_studies.all().delete()
    assert refused(cast, stages.APPROVAL) == ["You have not added any case studies."]


def test_approval_waits_for_every_case_study(cast):
    """One is being written, one is scored, one lacks an agreed score; then its meeting has to end."""
    agree_all(cast, but=(3, "1C"))
    for case_study, stage in zip(cast.case_studies, stages.NOT_AGREED, strict=True):
        CaseStudy.objects.filter(pk=case_study.pk).update(stage=stage)
    assert refused(cast, stages.APPROVAL) == [
        "Case study 1: Falls clinic: it is still being written.",
        "Case study 2: Eye screening: its scoring is still open.",
        "Case study 3: no agreed score for 1C.",
    ]
    assert refused_for(cast, 3, stages.AGREED) == "Case study 3: no agreed score for 1C."
    agree_all(cast)
    cast.move(stages.AGREED)
    CaseStudy.objects.filter(number=3).update(stage=stages.MEETING)
    assert refused(cast, stages.APPROVAL) == ["Case study 3: Young carers: its meeting has not ended."]


def test_what_was_submitted_keeps_a_case_study_from_being_written_again(cast):
    cast.score(cast.member, 1, 1, 1, 1, 1)
    said = refused_for(cast, 1, stages.WRITING)
    assert said.startswith("A panel member has submitted scores for Case study 1: Falls clinic")
    move_case_study(case_study=cast.case_studies[1], to=stages.WRITING, moved_by=cast.lead)


@pytest.mark.parametrize("stage", stages.REVEALED)
def test_what_was_revealed_is_never_hidden_again(cast, stage):
    cast.move(stage)
    for target in stages.BEFORE_REVEAL:
        assert "can’t move there" in refused_for(cast, 1, target, note="because")


def test_a_meeting_opens_again_with_a_reason(cast):
    cast.move(stages.AGREED)
    assert refused_for(cast, 1, stages.MEETING, note=" ") == "Enter why you are opening the meeting again."
    move_case_study(
        case_study=cast.case_studies[0], to=stages.MEETING, moved_by=cast.lead, note="A wrong score"
    )


def test_publishing_keeps_what_was_said_and_a_correction_is_a_new_publication(cast):
    agree_all(cast, 2)
    cast.move(stages.APPROVAL)
    cast.publish()
    first = Publication.objects.get()
    before = (first.content, first.sha256)
    assert first.as_content() == report_content(cast.review)

    move_review(review=cast.review, to=stages.OPEN, moved_by=cast.lead)
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


def test_the_lead_moves_a_review_on_its_page_once_nothing_is_missing(client, cast):
    cast.move(stages.AGREED)
    agree_all(cast, but=(1, "1A"))
    CaseStudy.objects.filter(number=1).update(stage=stages.MEETING)
    client.force_login(cast.lead)
    address = f"/reviews/{cast.organisation.slug}/2026/stage/"
    page = client.get(address)
    assert "Case study 1: no agreed score for 1A." in page.content.decode()
    assert page.context["form"] is None  # no move is offered that would be refused
    client.post(address, {"to": stages.APPROVAL})
    cast.review.refresh_from_db()
    assert cast.review.stage == stages.OPEN
    agree_all(cast)
    cast.move(stages.AGREED)
    assert client.post(address, {"to": stages.APPROVAL, "note": ""}).status_code == 302
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
    move_review(review=cast.review, to=stages.OPEN, moved_by=cast.lead)
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
