"""Moving a review from stage to stage, and publishing it."""

from datetime import date as day

import pytest
from django.utils import timezone

from casestudies.models import CaseStudy, CaseStudyMove, PanelMember, StageMove
from casestudies.reviews.actions import remove_case_study
from casestudies.reviews.locks import MovedOn
from eds import stages
from edsportal.web.refusals import NotPossible
from reports.writing.json_report import from_json, to_json
from reports.writing.methods import methods
from scoring.models import AcceptedWarning, Publication, Score
from scoring.panel.actions import leave_panel
from scoring.publishing.findings import review_findings
from scoring.review.case_study_stages import move_case_study
from scoring.review.content import report_content
from scoring.review.readiness import missing_before
from scoring.review.stages import MoveRefused, move_review
from tests.cast import person
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
    assert refused_for(cast, 4, stages.SCORING) == "Case study 4: Our workforce is not marked ready."
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


# The pages on which scoring is opened and closed.


def post(client, cast, name: str, **data):
    client.force_login(cast.lead)
    return client.post(f"/reviews/nhs-ambleford/2026/{name}/", data)


def stages_of(cast) -> list[str]:
    return list(cast.review.case_studies.order_by("number").values_list("stage", flat=True))


def test_closing_scoring_on_members_who_have_not_submitted_is_confirmed(client, cast):
    """The chair submitted everything, Mona Member one of three, Oscar Other left the panel."""
    for number in (1, 2, 3):
        cast.score(cast.chair, number, 1, 1, 1, 1)
    cast.score(cast.member, 1, 0, 0, 0, 0)
    cast.members[cast.other].declined_at = timezone.now()
    cast.members[cast.other].save()
    page = post(client, cast, "close-scoring", case_studies=["1", "2"])
    assert page.context["form"].errors == {
        "close": ["Tick the box to close scoring now, or wait until they have submitted"]
    }
    assert "Case study 2: Eye screening: Mona Member has not submitted." in page.content.decode()
    assert post(client, cast, "close-scoring", case_studies=["1"]).status_code == 302  # all submitted
    assert stages_of(cast) == [stages.MEETING, stages.SCORING, stages.SCORING]
    post(client, cast, "close-scoring", case_studies=["2"], close="on")
    assert stages_of(cast) == [stages.MEETING, stages.MEETING, stages.SCORING]


def test_scoring_opens_for_one_a_domain_or_all_with_a_date(client, cast):
    cast.move(stages.WRITING)
    client.force_login(cast.lead)
    page = client.get("/reviews/nhs-ambleford/2026/open-scoring/?case_study=2")
    assert page.context["form"].initial["case_studies"] == [2]
    page = client.get("/reviews/nhs-ambleford/2026/open-scoring/?domain=1")
    assert page.context["form"].initial["case_studies"] == [1, 2, 3]
    date = {"scoring_closes_on_day": "12", "scoring_closes_on_month": "3", "scoring_closes_on_year": "2027"}
    assert post(client, cast, "open-scoring", case_studies=["2", "3"], **date).status_code == 302
    assert stages_of(cast) == [stages.WRITING, stages.SCORING, stages.SCORING]
    days = cast.review.case_studies.order_by("number").values_list("scoring_closes_on", flat=True)
    assert list(days) == [None, day(2027, 3, 12), day(2027, 3, 12)]


def test_only_what_can_move_is_offered(client, cast):
    cast.move(stages.WRITING)
    cast.case_studies[0].sections.filter(position=1).update(body="Changed")
    client.force_login(cast.lead)
    page = client.get("/reviews/nhs-ambleford/2026/stage/").content.decode()
    assert "Open scoring for case study 2" in page
    assert "Open scoring for case study 1" not in page
    form = client.get("/reviews/nhs-ambleford/2026/open-scoring/").context["form"]
    assert list(form.rows) == [2, 3]


def test_nothing_says_that_all_is_there_while_nobody_has_scored(client, cast):
    client.force_login(cast.lead)
    page = client.get("/reviews/nhs-ambleford/2026/stage/").content.decode()
    assert "Case study 1: Falls clinic: no one has scored it." in page
    assert "Every panel member has submitted." not in page
    for user in cast.members:
        cast.score(user, 1, 1, 1, 1, 1)
    page = client.get("/reviews/nhs-ambleford/2026/stage/").content.decode()
    assert page.count("Every panel member has submitted.") == 1


def test_the_chair_ends_a_meeting_and_opens_it_again(client, cast):
    cast.move(stages.MEETING)
    agree_all(cast, but=(1, "1A"))
    client.force_login(cast.chair)
    address = "/reviews/nhs-ambleford/2026/case-studies/1/"
    page = client.post(f"{address}end-meeting/", {"note": ""})
    assert "Case study 1: no agreed score for 1A." in page.content.decode()
    agree_all(cast)
    assert client.post(f"{address}end-meeting/", {"note": ""}).status_code == 302
    assert stages_of(cast) == [stages.AGREED, stages.MEETING, stages.MEETING]
    page = client.post(f"{address}reopen-meeting/", {"note": ""})
    assert page.context["form"].errors == {"note": ["Enter the reason"]}
    assert client.post(f"{address}reopen-meeting/", {"note": "A wrong score"}).status_code == 302
    assert stages_of(cast)[0] == stages.MEETING


def test_authors_write_again_while_nobody_has_submitted(client, cast):
    address = "case-studies/1/write-again"
    assert post(client, cast, address, note="A wrong figure").status_code == 302
    assert stages_of(cast) == [stages.WRITING, stages.SCORING, stages.SCORING]


def test_who_was_on_the_panel_at_the_reveal_is_shown_with_it_for_good(cast):
    """Oscar Other leaves after the reveal of the first; somebody joins after it."""
    first, second, _ = cast.case_studies
    for number in (1, 2):
        cast.score(cast.other, number, 2, 2, 2, 2)
    move_case_study(case_study=first, to=stages.MEETING, moved_by=cast.lead)
    leave_panel(member=cast.members[cast.other])
    late = person("Lara Late")
    seat = PanelMember.objects.create(review=cast.review, user=late, name=late.name)
    seat.domains.set([first.domain])
    assert Score.objects.counted().filter(version__case_study=first).count() == 4
    assert Score.objects.counted().filter(version__case_study=second).count() == 0
    assert not Score.objects.visible_to(late).exists()
    assert "Oscar Other" in [each.name for each in report_content(cast.review).panel]
    move_case_study(case_study=second, to=stages.MEETING, moved_by=cast.lead)
    assert sorted(second.fixed_places.values_list("member__name", flat=True)) == [
        *("Charles Chair", "Lara Late", "Mona Member")
    ]
    cast.score(late, 3, 1, 1, 1, 1)


def test_a_domain_that_is_left_out_keeps_nothing_from_approval_and_the_report_says_why(client, cast):
    domain = cast.review.framework.domains.get(number=2)
    CaseStudy.objects.create(review=cast.review, number=4, domain=domain, title="Our workforce")
    agree_all(cast)
    cast.move(stages.AGREED)
    CaseStudy.objects.filter(number=4).update(stage=stages.WRITING)
    assert refused(cast, stages.APPROVAL) == [
        "Case study 4: Our workforce: it is still being written.",
    ]
    answer = post(client, cast, "domains/2/leave-out", reason="The survey came too late.")
    assert answer.status_code == 302
    content = report_content(cast.review)
    assert [part.number for part in content.case_studies] == [1, 2, 3]
    assert "Domain 2 was not assessed this year: The survey came too late." in methods(content)
    assert from_json(to_json(content), {content.edition.name: content.edition}) == content
    post(client, cast, "domains/2/leave-out", include="yes")
    assert [part.number for part in report_content(cast.review).case_studies] == [1, 2, 3, 4]
    post(client, cast, "domains/2/leave-out", reason="The survey came too late.")
    move_review(review=cast.review, to=stages.APPROVAL, moved_by=cast.lead)


def test_every_page_that_mentions_an_approval_says_when_the_report_changed(client, cast):
    agree_all(cast, 2)
    cast.move(stages.APPROVAL)
    cast.approve()
    client.force_login(cast.reader)
    preview = "/reviews/nhs-ambleford/2026/report/"
    assert "Approved by Bea Board for The board" in client.get(preview).content.decode()
    cast.change_text(1, "Something else")
    assert "Approved by Bea Board" not in client.get(preview).content.decode()
    client.force_login(cast.lead)
    for page, words in (
        ("approval/", "The report was changed after Bea Board approved it for The board"),
        ("stage/", "The report was changed after its approval by The board was recorded."),
        ("", "The report was changed after its approval by The board was recorded."),
    ):
        assert words in client.get(f"/reviews/nhs-ambleford/2026/{page}").content.decode(), page


def test_a_case_study_whose_scoring_was_open_is_not_removed(cast):
    row = cast.case_studies[0]
    move_case_study(case_study=row, to=stages.WRITING, moved_by=cast.lead, note="A wrong figure")
    with pytest.raises(NotPossible, match="Scoring of this case study was open"):
        remove_case_study(case_study=row, removed_by=cast.lead)
