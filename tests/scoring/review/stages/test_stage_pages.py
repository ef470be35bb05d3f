"""The pages on which scoring is opened and closed, meetings end, and domains are left out."""

from datetime import date as day

import pytest
from django.utils import timezone

from casestudies.models import CaseStudy, PanelMember
from casestudies.reviews.actions import remove_case_study
from eds import stages
from edsportal.web.refusals import NotPossible
from reports.writing.data.json_report import from_json, to_json
from reports.writing.methods import methods
from scoring.models import Score
from scoring.panel.actions import leave_panel
from scoring.review.content import report_content
from scoring.review.stages.case_studies import move_case_study
from scoring.review.stages.reviews import move_review
from tests.cast import person
from tests.scoring.review.stages.test_stages import agree_all, refused


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
