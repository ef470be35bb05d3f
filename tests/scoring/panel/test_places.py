"""Whose place on the panel it is never changes: the database refuses it, and only an invitation gives an empty one."""

import re

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from casestudies.models import PanelMember, PanelMessage, Role
from eds import stages
from eds.scores.answers import Answer
from edsportal.accounts.models import User
from edsportal.audit.actor import Actor, acting
from scoring.models import Draft, Score, ScoreSheet
from scoring.panel.actions import accept_place, change_member, write_to_member
from scoring.panel.progress import owed
from scoring.review.stages.case_studies import move_case_study
from scoring.scores.actions import save_draft
from scoring.workshops.paper import enter_paper_sheet, why_not_enter
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


def refused(statement: str, *values, by=None) -> None:
    """The database refuses the statement of this person."""
    with pytest.raises(IntegrityError), transaction.atomic(), acting(lambda: Actor(by=by and by.pk)):
        connection.cursor().execute(statement, values)


@pytest.fixture
def empty(cast) -> PanelMember:
    """A place of somebody without an account."""
    return PanelMember.objects.create(review=cast.review, name="Nia", email="nia@example.org")


def invite(cast, member: PanelMember, capture) -> str:
    """The link that was mailed."""
    with capture(execute=True):
        write_to_member(member=member, kind="invitation", asked_by=cast.lead, site=SITE)
    return re.search(r"http://testserver(/\S+)", mail.outbox[-1].body).group(1)


@pytest.mark.parametrize("who", ["administrator", "lead", "chair", "other"])
def test_nobody_takes_anothers_place(cast, who):
    cast.score(cast.member, 1, 3, 2, 1, 0)
    person, member = getattr(cast, who), cast.members[cast.member]
    for value in (person.pk, None):
        refused("UPDATE scoring_panelmember SET user_id = %s WHERE id = %s", value, member.pk, by=person)
    refused("UPDATE scoring_panelmember SET id = 999 WHERE id = %s", member.pk, by=person)
    refused("DELETE FROM scoring_panelmember WHERE id = %s", member.pk, by=person)
    assert PanelMember.objects.get(pk=member.pk).user == cast.member


def test_scores_sheets_and_drafts_stay_with_their_member(cast):
    cast.score(cast.member, 1, 3, 2, 1, 0)
    version = cast.case_studies[1].versions.get()
    areas = list(cast.case_studies[1].domain.outcome_areas.all())
    answers = {area.code: Answer(value=2, rationale="Mine") for area in areas}
    save_draft(member=cast.members[cast.member], version=version, areas=areas, answers=answers)
    other = cast.members[cast.other].pk
    sheet = ScoreSheet.objects.create(
        member=cast.members[cast.other], case_study=cast.case_studies[2], version=version
    )
    refused("UPDATE scoring_score SET member_id = %s", other)
    refused("UPDATE scoring_scoresheet SET member_id = %s WHERE id <> %s", other, sheet.pk)
    refused("UPDATE scoring_draft SET sheet_id = %s", sheet.pk)
    assert set(Score.objects.values_list("member__user", flat=True)) == {cast.member.pk}
    assert set(Draft.objects.values_list("sheet__member__user", flat=True)) == {cast.member.pk}


def test_an_empty_place_is_given_to_nobody_without_a_mailed_invitation_to_their_address(cast, empty):
    take = "UPDATE scoring_panelmember SET user_id = %s WHERE id = %s"
    refused(take, cast.stranger.pk, empty.pk, by=cast.stranger)
    row = PanelMessage.objects.create(
        member=empty, kind="invitation", address=cast.stranger.email, asked_by=cast.lead
    )
    refused(take, cast.stranger.pk, empty.pk, by=cast.stranger)  # not sent
    PanelMessage.objects.filter(pk=row.pk).update(sent_at=timezone.now())
    refused(take, cast.stranger.pk, empty.pk, by=cast.administrator)  # by somebody else
    refused(take, cast.administrator.pk, empty.pk, by=cast.administrator)  # to another address
    refused(take, cast.stranger.pk, empty.pk)  # by nobody
    with acting(lambda: Actor(by=cast.stranger.pk)):
        connection.cursor().execute(take, [cast.stranger.pk, empty.pk])
    assert PanelMember.objects.get(pk=empty.pk).user == cast.stranger


def test_an_account_is_made_by_accepting_and_only_the_person_accepts(
    cast, empty, django_capture_on_commit_callbacks
):
    link = invite(cast, empty, django_capture_on_commit_callbacks)
    for who in (cast.lead, cast.administrator):
        other = Client()
        other.force_login(who)
        page = other.get(link, follow=True)
        assert page.status_code == 403
        assert "This invitation is for someone else" in page.content.decode()
        assert other.post("/panel-invitation/").status_code == 403
    assert PanelMember.objects.get(pk=empty.pk).user is None
    person = Client()
    person.get(link)
    person.post("/panel-invitation/", {"password1": PASSWORD, "password2": PASSWORD})
    assert PanelMember.objects.get(pk=empty.pk).user == User.objects.get(email="nia@example.org")
    assert "This link no longer works" in Client().get(link, follow=True).content.decode()


def test_people_with_an_account_sign_in_first_and_then_join(cast, empty, django_capture_on_commit_callbacks):
    PanelMember.objects.filter(pk=empty.pk).update(email=cast.stranger.email)
    link = invite(cast, empty, django_capture_on_commit_callbacks)
    client = Client()
    assert client.get(link, follow=True).redirect_chain[-1][0] == "/account/login/?next=/panel-invitation/"
    client.post("/panel-invitation/", {"password1": "another one 1", "password2": "another one 1"})
    assert User.objects.get(pk=cast.stranger.pk).check_password(PASSWORD)
    client.force_login(cast.stranger)
    client.get(link)
    assert client.post("/panel-invitation/").url == "/my-work/name/"
    assert PanelMember.objects.get(pk=empty.pk).user == cast.stranger


@pytest.mark.parametrize("change", [{"email": "other@example.org"}, {"declined_at": timezone.now()}])
def test_an_old_link_is_over(cast, empty, change, django_capture_on_commit_callbacks):
    link = invite(cast, empty, django_capture_on_commit_callbacks)
    PanelMember.objects.filter(pk=empty.pk).update(**change)
    assert "This link no longer works" in Client().get(link, follow=True).content.decode()


def test_a_second_place_on_the_same_panel_is_refused_with_a_sentence(
    cast, empty, django_capture_on_commit_callbacks
):
    PanelMember.objects.filter(pk=empty.pk).update(email=cast.other.email)
    link = invite(cast, empty, django_capture_on_commit_callbacks)
    client = Client()
    client.force_login(cast.other)
    client.get(link)
    page = client.post("/panel-invitation/", follow=True).content.decode()
    assert "You already have a place on this panel." in page
    assert PanelMember.objects.get(pk=empty.pk).user is None


def on_paper(cast, member: PanelMember) -> None:
    """The lead enters what the member wrote on paper."""
    version = cast.case_studies[0].versions.get()
    areas = list(cast.case_studies[0].domain.outcome_areas.all())
    member.domains.add(cast.case_studies[0].domain)
    answers = {area.code: Answer(value=2, rationale="On paper") for area in areas}
    enter_paper_sheet(member=member, version=version, areas=areas, answers=answers, entered_by=cast.lead)


def test_a_member_on_paper_takes_their_place_by_their_invitation(
    cast, empty, django_capture_on_commit_callbacks
):
    on_paper(cast, empty)
    link = invite(cast, empty, django_capture_on_commit_callbacks)
    person = Client()
    person.get(link)
    person.post("/panel-invitation/", {"password1": PASSWORD, "password2": PASSWORD})
    user = User.objects.get(email="nia@example.org")
    assert Score.objects.visible_to(user).count() == 4


def test_the_address_of_a_member_on_paper_stays_once_scores_are_entered(client, cast, empty):
    """Else the lead could have the invitation sent to another person, who would read the scores."""
    on_paper(cast, empty)
    client.force_login(cast.lead)
    domain = cast.review.framework.domains.get(number=1)
    sent = {"name": "Nia", "email": "evil@example.org", "interest": "carer", "domains": [domain.pk]}
    page = client.post(f"/reviews/{cast.organisation.slug}/2026/panel/{empty.pk}/", sent)
    assert page.context["form"].errors == {
        "email": ["You entered this person’s scores from paper, so you can’t change their e-mail address."]
    }
    assert PanelMember.objects.get(pk=empty.pk).email == "nia@example.org"
    change_member(
        member=empty,
        name="Nia New",
        email="nia@example.org",
        interest="carer",
        domains=[domain],
        is_chair=False,
    )
    assert PanelMember.objects.get(pk=empty.pk).name == "Nia New"


def test_the_action_itself_can_not_be_called_for_somebody_else(
    cast, empty, django_capture_on_commit_callbacks
):
    invite(cast, empty, django_capture_on_commit_callbacks)
    nia = User.objects.create_user(email="nia@example.org", name="Nia", password=PASSWORD)
    invitation = PanelMessage.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic(), acting(lambda: Actor(by=cast.lead.pk)):
        accept_place(invitation=invitation, user=nia)
    with pytest.raises(IntegrityError), transaction.atomic(), acting(lambda: Actor(by=cast.stranger.pk)):
        accept_place(invitation=invitation, user=cast.stranger)
    assert PanelMember.objects.get(pk=empty.pk).user is None


def test_an_author_on_the_panel_does_not_score_what_they_wrote(client, cast):
    first, second, _ = cast.case_studies
    first.authors.add(cast.member)
    Role.objects.create(user=cast.member, organisation=cast.organisation, kind=Role.Kind.AUTHOR)
    member, version = cast.members[cast.member], first.versions.latest("number")
    client.force_login(cast.member)
    base = f"/reviews/{cast.organisation.slug}/2026/"
    refused = client.get(f"{base}case-studies/1/score/")
    assert refused.status_code == 403
    assert "You are an author of this case study, so you do not score it." in refused.content.decode()
    assert client.get(f"{base}case-studies/2/score/").status_code in (200, 302)
    assert [row.number for row in owed(member)] == [2, 3]
    assert why_not_enter(member, version) == f"Mona Member is an author of {first}, so does not score it."
    cast.score(cast.other, 1, 3, 3, 3, 3)
    for row in (first, second):
        move_case_study(case_study=row, to=stages.MEETING, moved_by=cast.lead)
    assert list(member.fixed_places.values_list("case_study__number", flat=True)) == [2]
    assert [client.get(f"{base}moderation/{number}/").status_code for number in (1, 2)] == [403, 200]
