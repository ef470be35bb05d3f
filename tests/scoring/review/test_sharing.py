"""One case study in the reports of two bodies, with one set of scores: offered, accepted, scored once, read in both."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from casestudies.evidence.actions import publish_files
from casestudies.models import Change, EvidenceFile, PanelMember, Review, Role, SharedCaseStudy
from casestudies.reviews.actions import remove_case_study
from eds import stages
from eds.content import Organisation
from eds.normal_form import without_origin
from eds.totals import results
from edsportal.web.refusals import NotPossible
from reports.writing.data.json_report import from_json, to_json
from scoring.importing.store import import_report
from scoring.models import AgreedScore, DomainChoice, Publication
from scoring.moderation.domain_choice import choose_case_study
from scoring.recommendations.actions import Wording
from scoring.review.content import report_content, scored_content
from scoring.review.readiness import missing_before
from scoring.review.sharing import accept_case_study, end_sharing, offer_case_study
from tests.cast import STAGES, file_of, person, put
from tests.prepare import add_case_study, mark_ready, recommend, record_agreed_score, record_commentary

VALUES = (3, 2, 0, 1)
SECRET = "Nobody but the panel knows this yet"
HOME_STAGES_BEFORE = (stages.WRITING, stages.SCORING, stages.MEETING)


@pytest.fixture
def bodies(cast):
    """The cast's review shares its first case study with the review of another body, which has one of its own."""
    cast.there = Review.objects.create(
        organisation=cast.stranger.roles.get().organisation, framework=cast.review.framework, year="2026"
    )
    domain = cast.review.framework.domains.get(number=1)
    cast.there.case_studies.create(number=1, domain=domain, title="Withy physiotherapy")
    cast.there_reader, cast.there_author, cast.there_member = map(
        person, ("Rex Reader", "Ava Author", "Max Member")
    )
    for user, kind in ((cast.there_reader, Role.Kind.READER), (cast.there_author, Role.Kind.AUTHOR)):
        Role.objects.create(user=user, organisation=cast.there.organisation, kind=kind)
    seat = PanelMember.objects.create(review=cast.there, user=cast.there_member, name="Max", interest="vcse")
    seat.domains.set([domain])
    return cast


@pytest.fixture
def shared(bodies):
    offer = offer_case_study(
        case_study=bodies.case_studies[0], organisation=bodies.there.organisation, offered_by=bodies.lead
    )
    return accept_case_study(shared=offer, accepted_by=bodies.stranger)


def agree(cast, case_study=None, values=VALUES):
    case_study = case_study or cast.case_studies[0]
    for area, value in zip(case_study.domain.outcome_areas.all(), values, strict=True):
        record_agreed_score(
            case_study=case_study, outcome_area=area, value=value, rationale=SECRET, recorded_by=cast.lead
        )
    record_commentary(case_study=case_study, text=f"Commentary: {SECRET}", recorded_by=cast.lead)


def told(review, number):
    return next(part for part in report_content(review).case_studies if part.number == number)


def test_it_stands_in_both_reports_with_the_same_total(bodies, shared):
    agree(bodies)
    bodies.move(stages.APPROVAL)
    home, there = results(report_content(bodies.review)), results(report_content(bodies.there))
    assert shared.number == 2
    assert [one.title for one in there.case_studies] == ["Withy physiotherapy", "Falls clinic"]
    assert home.case_studies[0].total == there.case_studies[1].total
    assert there.case_studies[1].total.words == "6/12"
    assert results(scored_content(bodies.there)) == there
    assert told(bodies.there, 2).scored_by == "NHS Ambleford"
    assert told(bodies.there, 2).scores == told(bodies.review, 1).scores
    assert told(bodies.there, 2).sections == told(bodies.review, 1).sections
    assert told(bodies.review, 1).scored_by is None


@pytest.mark.slow
@pytest.mark.sqlite  # what pages show is no question of the database
@pytest.mark.parametrize("there", STAGES)
def test_nothing_of_it_is_told_there_before_home_approves(bodies, shared, client, there):
    agree(bodies)
    for stage in HOME_STAGES_BEFORE:
        bodies.move(stage)
        read_there(bodies, shared, client, there)


def read_there(bodies, shared, client, there):
    put(bodies.there, there)
    part = told(bodies.there, 2)
    assert (part.scores, part.commentary, part.sections, part.self_assessment) == ({}, None, (), {})
    assert results(scored_content(bodies.there)).case_studies[1].total.points is None
    for user in (bodies.stranger, bodies.there_reader, bodies.there_author, bodies.there_member):
        assert not AgreedScore.objects.visible_to(user).exists()
        client.force_login(user)
        for address in (
            reverse("shared_case_study", args=[shared.pk]),
            reverse("review", args=["withy-trust", "2026"]),
            reverse("offers", args=["withy-trust", "2026"]),
            reverse("moderation", args=["withy-trust", "2026"]),
            reverse("preview", args=["withy-trust", "2026"]),
            reverse("checks", args=["withy-trust", "2026"]),
            reverse("stage", args=["withy-trust", "2026"]),
        ):
            said = client.get(address).content.decode()
            assert SECRET not in said
            assert "6/12" not in said


@pytest.mark.parametrize("stage", [stages.APPROVAL, stages.PUBLISHED])
def test_from_approval_at_home_its_scores_are_read_there(bodies, shared, client, stage):
    agree(bodies)
    bodies.move(stage)
    for user in (bodies.stranger, bodies.there_reader, bodies.there_member):
        client.force_login(user)
        said = client.get(reverse("shared_case_study", args=[shared.pk])).content.decode()
        assert "Scored by the panel of NHS Ambleford" in said
        assert "6/12" in said
        assert said.count(SECRET) == 5
        assert len(AgreedScore.objects.visible_to(user)) == 4
    client.force_login(bodies.there_author)
    assert client.get(reverse("shared_case_study", args=[shared.pk])).status_code == 404


def test_only_its_own_panel_scores_and_agrees_it(bodies, shared, client):
    """The other body has no address on which it could."""
    client.force_login(bodies.stranger)
    for name in ("case_study", "score", "moderate", "write", "case_study_change", "share_case_study"):
        assert client.post(reverse(name, args=["withy-trust", "2026", 2])).status_code in (404, 405)
        assert client.post(reverse(name, args=["nhs-ambleford", "2026", 1])).status_code in (404, 405)


def test_the_two_leads_offer_and_accept_on_pages(bodies, client):
    page = reverse("share_case_study", args=[*bodies.address, 1])
    client.force_login(bodies.lead)
    said = client.post(page, {"organisation": bodies.there.organisation.pk}, follow=True).content.decode()
    assert "not accepted" in said
    offer = SharedCaseStudy.objects.get()
    assert (offer.organisation, offer.is_accepted) == (bodies.there.organisation, False)
    assert "Falls clinic" not in [part.title for part in report_content(bodies.there).case_studies]
    assert client.post(reverse("accept_shared", args=[offer.pk])).status_code == 403
    client.force_login(bodies.stranger)
    assert (
        "offers a case study" in client.get(reverse("review", args=["withy-trust", "2026"])).content.decode()
    )
    assert "Falls clinic" in client.get(reverse("offers", args=["withy-trust", "2026"])).content.decode()
    assert client.get(reverse("shared_case_study", args=[offer.pk])).status_code == 200
    said = client.post(reverse("accept_shared", args=[offer.pk]), follow=True).content.decode()
    assert "Case study 2: Falls clinic" in said
    client.post(reverse("accept_shared", args=[offer.pk]))  # a second click
    assert SharedCaseStudy.objects.get().number == 2
    assert [row.what for row in Change.objects.filter(review=bodies.there)] == [
        "Took case study “Falls clinic” of NHS Ambleford into the report"
    ]
    assert Change.objects.filter(review=bodies.review).count() == 2
    client.force_login(bodies.lead)
    client.post(reverse("end_shared", args=[offer.pk]))
    assert not SharedCaseStudy.objects.exists()
    assert [part.number for part in report_content(bodies.there).case_studies] == [1]


def test_an_offer_is_known_only_to_the_two_leads(bodies, client):
    offer = offer_case_study(
        case_study=bodies.case_studies[0], organisation=bodies.there.organisation, offered_by=bodies.lead
    )
    for user in (bodies.lead, bodies.stranger):
        assert SharedCaseStudy.objects.visible_to(user).get() == offer
    for user in (
        *(bodies.author, bodies.reader, bodies.member, bodies.chair, bodies.administrator),
        *(bodies.there_reader, bodies.there_author, bodies.there_member),
    ):
        assert not SharedCaseStudy.objects.visible_to(user).exists()


def test_the_other_report_waits_until_home_has_agreed(bodies, shared):
    agree(bodies, bodies.there.case_studies.get())
    bodies.there.stage = stages.MEETING
    texts = [one.text for one in missing_before(bodies.there, stages.APPROVAL)]
    waits = "Case study 2: Falls clinic: the panel of NHS Ambleford has not agreed its scores yet."
    assert waits in texts
    assert not any("no agreed score" in text for text in texts)
    agree(bodies)
    bodies.move(stages.MEETING)
    assert waits in [one.text for one in missing_before(bodies.there, stages.APPROVAL)]
    bodies.move(stages.APPROVAL)
    assert waits not in [one.text for one in missing_before(bodies.there, stages.APPROVAL)]


def test_home_sent_back_stops_the_other_reports_publication(bodies, shared):
    agree(bodies)
    agree(bodies, bodies.there.case_studies.get())
    bodies.move(stages.MEETING)
    bodies.there.stage = stages.APPROVAL
    points = missing_before(bodies.there, stages.PUBLISHED)
    assert reverse("shared_case_study", args=[shared.pk]) in [one.address for one in points]
    bodies.move(stages.APPROVAL)
    points = missing_before(bodies.there, stages.PUBLISHED)
    assert not any("not scored" in one.text for one in points)


def test_what_the_other_review_says_of_it_goes_by_its_own_number(bodies, shared):
    agree(bodies)
    agree(bodies, bodies.there.case_studies.get(), (1, 1, 1, 1))
    bodies.move(stages.APPROVAL)
    wording = Wording(theme="Access", action="Open on Saturdays", case_studies=[bodies.case_studies[0]])
    put(bodies.there, stages.MEETING)
    action = recommend(review=bodies.there, wording=wording)
    choose_case_study(
        review=bodies.there,
        domain=bodies.case_studies[0].domain,
        case_study=2,
        chosen_by="Wendy",
        reason="it is larger",
        seen="",
        recorded_by=bodies.stranger,
    )
    content = report_content(bodies.there)
    assert content.recommendations[0].actions[0].case_studies == (2,)
    assert content.choices[0].case_study == 2
    assert results(content).domains[0].case_study == 2
    end_sharing(shared=shared, ended_by=bodies.stranger)
    assert not DomainChoice.objects.exists()
    assert not action.case_studies.exists()
    assert report_content(bodies.there).choices == ()


def test_its_report_goes_round_through_json(bodies, shared):
    agree(bodies)
    bodies.move(stages.APPROVAL)
    content = report_content(bodies.there)
    editions = {content.edition.name: content.edition}
    assert from_json(to_json(content).encode(), editions) == content
    elsewhere = replace(content, organisation=Organisation(name="NHS Elsewhere"))
    again, stored = import_report(report=elsewhere)
    assert stored
    assert without_origin(report_content(again)) == without_origin(elsewhere)


def test_it_stays_once_the_other_report_is_approved(bodies, shared, client):
    Review.objects.filter(pk=bodies.there.pk).update(stage=stages.APPROVAL)
    shared.refresh_from_db()
    with pytest.raises(NotPossible, match="Withy Trust is approved"):
        end_sharing(shared=shared, ended_by=bodies.lead)
    for user in (bodies.lead, bodies.stranger):
        client.force_login(user)
        assert client.post(reverse("end_shared", args=[shared.pk])).status_code == 403
    assert SharedCaseStudy.objects.count() == 1


def test_nothing_is_added_once_a_report_is_approved(bodies):
    offer = offer_case_study(
        case_study=bodies.case_studies[0], organisation=bodies.there.organisation, offered_by=bodies.lead
    )
    Review.objects.filter(pk=bodies.there.pk).update(stage=stages.PUBLISHED)
    with pytest.raises(NotPossible):
        accept_case_study(shared=offer, accepted_by=bodies.stranger)
    Review.objects.filter(pk=bodies.there.pk).update(year="2025")
    with pytest.raises(NotPossible, match="no review of 2026"):
        accept_case_study(shared=offer, accepted_by=bodies.stranger)
    assert not SharedCaseStudy.objects.accepted().exists()


def test_a_case_study_in_another_report_is_not_removed(bodies, shared):
    bodies.move(stages.WRITING)
    with pytest.raises(NotPossible, match="Withy Trust"):
        remove_case_study(case_study=bodies.case_studies[0], removed_by=bodies.lead)


def test_a_case_study_added_there_is_numbered_by_domain(bodies, shared):
    domain = bodies.review.framework.domains.get(number=2)
    added = [
        add_case_study(review=bodies.there, domain=each, title=title, authors=(), added_by=bodies.stranger)
        for each, title in ((domain, "Workforce"), (bodies.case_studies[0].domain, "Audiology"))
    ]
    titles = [(part.number, part.title) for part in report_content(bodies.there).case_studies]
    assert titles == [(1, "Withy physiotherapy"), (2, "Falls clinic"), (3, "Audiology"), (4, "Workforce")]
    assert added[1].number == 3
    bodies.case_studies[0].refresh_from_db()
    assert bodies.case_studies[0].number == 1


def test_two_worlds_of_scores_look_the_same_there(bodies, shared, client):
    said = []
    for value in (0, 3):
        agree(bodies, values=[value] * 4)
        client.force_login(bodies.stranger)
        said.append(client.get(reverse("shared_case_study", args=[shared.pk])).content)
    assert said[0].split(b"<main")[1].split(b"</main>")[0] == said[1].split(b"<main")[1].split(b"</main>")[0]


def test_its_files_are_fetched_there_once_it_is_ready_and_public_with_either_report(bodies, shared, client):
    file = file_of(bodies)
    mark_ready(case_study=bodies.case_studies[0], made_by=bodies.lead)
    address = reverse("evidence_file", args=[file.pk])
    people = (bodies.stranger, bodies.there_reader, bodies.there_member)

    def fetched(*users) -> list[int]:
        found = []
        for user in users:
            client.force_login(user)
            found.append(client.get(address).status_code)
        return found

    EvidenceFile.objects.update(ready_at=None)
    assert fetched(*people, bodies.there_author) == [404] * 4
    EvidenceFile.objects.update(ready_at=timezone.now())
    assert fetched(*people, bodies.there_author) == [200, 200, 200, 404]
    agree(bodies)
    bodies.move(stages.APPROVAL)
    client.logout()
    assert client.get(address).status_code == 302
    text = to_json(report_content(bodies.there))
    publish_files(review=bodies.there, hashes=[file.sha256])
    assert b"".join(client.get(address).streaming_content) == b"Group,Waits\n"
    publication = Publication(review=bodies.there, content=text)
    assert publication.evidence_files() == [file]
    assert Publication(review=bodies.review, content=text).evidence_files() == [file]


@pytest.mark.parametrize("stage", [stages.OPEN, stages.PUBLISHED])
def test_the_other_organisation_is_told_that_the_meeting_is_open_again(
    client, bodies, shared, stage, mailoutbox, django_capture_on_commit_callbacks
):
    """By e-mail, with no reason and no score; what it published stays as it is."""
    agree(bodies)
    bodies.move(stages.AGREED)
    Review.objects.filter(pk=bodies.there.pk).update(stage=stage)
    client.force_login(bodies.lead)
    address = reverse("reopen_meeting", args=[*bodies.address, 1])
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"note": f"1A was misread: {SECRET}"}).status_code == 302
    (message,) = mailoutbox
    assert message.to == [bodies.stranger.email]
    assert "NHS Ambleford has opened the panel’s meeting of Case study 2: Falls clinic again" in message.body
    assert SECRET not in message.body
    assert ("Your published report does not change." in message.body) == (stage == stages.PUBLISHED)
    assert Review.objects.get(pk=bodies.there.pk).stage == stage
    assert bodies.there.changes.filter(what__contains="opened the meeting of “Falls clinic” again").exists()
    assert shared.get_absolute_url() in message.body
