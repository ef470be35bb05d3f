"""A person's own data: downloaded, erased while their scores stay, and erased by itself when no longer needed."""

import os
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casestudies.models import PanelMember
from casestudies.organisations.actions import set_roles
from casestudies.uploads import models as uploads
from eds import stages
from eds.scores.answers import Answer
from edsportal.accounts.administrators import LastAdministrator
from edsportal.accounts.models import User
from edsportal.accounts.sign_in.guessing import CODES, PASSWORDS
from edsportal.privacy.erase import GONE, erase_person
from edsportal.privacy.export import own_data
from edsportal.privacy.notice import held
from scoring.models import Draft, Score
from scoring.panel.actions import declare_interest
from scoring.review.content import report_content
from scoring.scores.actions import save_draft
from tests.cast import PASSWORD, join, open_a_workshop
from tests.edsportal.nhsuk.htmltree import texts

NAME, ADDRESS = "Mona Member", "mona.member@example.org"
WRITTEN = {"scoring_score"}  # what she wrote herself as the reason of a score: the tests put her name there


@pytest.fixture
def scored(cast):
    """Mona has scored, begun another, declared an interest, held a role, and is on the report."""
    cast.score(cast.member, 1, 3, 2, 1, 0)
    cast.score(cast.other, 1, 1, 1, 1, 1)
    declare_interest(
        member=cast.members[cast.member],
        case_study=cast.case_studies[2],
        category="other",
        reason="My aunt works there",
    )
    set_roles(organisation=cast.organisation, user=cast.member, kinds=["author"], set_by=cast.lead)
    areas = list(cast.case_studies[1].domain.outcome_areas.all())
    version = cast.case_studies[1].versions.get()
    begun = {areas[0].code: Answer(value=2, rationale="Only begun")}
    save_draft(member=cast.members[cast.member], version=version, areas=areas[:1], answers=begun)
    cast.move(stages.MEETING)
    return cast


def holding(*words: str) -> list[tuple[str, str]]:
    """Every table and column of the database that holds one of these words, but for reasons of scores."""
    found = []
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - WRITTEN:
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found += [
                    (table, name)
                    for name, value in zip(names, row, strict=True)
                    if any(word.casefold() in str(value).casefold() for word in words)
                ]
    return sorted(set(found))


def test_the_download_holds_everything_that_is_theirs_and_nothing_of_others(client, scored):
    client.force_login(scored.member)
    response = client.get("/account/data/")
    assert response.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    told = response.json()
    assert (told["account"]["name"], told["account"]["e-mail address"]) == (NAME, ADDRESS)
    assert [role["role"] for role in told["roles"]] == ["Author, NHS Ambleford"]
    (seat,) = told["places on panels"]
    assert (seat["review"], seat["domains"]) == ("NHS Ambleford 2026", [1])
    assert [each["reason"] for each in seat["declared interests"]] == ["My aunt works there"]
    assert [(each["outcome area"], each["score out of 3"]) for each in told["scores"]] == [
        ("1A", 3),
        ("1B", 2),
        ("1C", 1),
        ("1D", 0),
    ]
    assert told["traces of what you did"]["score: submitted by"] == 4
    assert [each["why"] for each in told["drafts of scores"]] == ["Only begun"]
    assert "Oscar" not in response.content.decode()


def test_what_nobody_scored_is_told_as_nothing(cast):
    told = own_data(cast.reader)
    assert (told["scores"], told["places on panels"], told["drafts of scores"]) == ([], [], [])


def test_erased_nothing_in_the_database_says_who_it_was(client, scored):
    client.force_login(scored.member)
    assert {table for table, _ in holding(NAME, ADDRESS)} >= {"accounts_user", "scoring_panelmember"}
    before = list(Score.objects.order_by("pk").values())
    assert erase_person(user=scored.member) == "Former panel member 1"
    assert holding(NAME, ADDRESS, "My aunt works there") == []
    assert list(Score.objects.order_by("pk").values()) == before
    assert not get_user(client).is_authenticated
    assert client.post("/account/login/", {"login": ADDRESS, "password": PASSWORD}).status_code == 200
    assert not Draft.objects.exists()


def test_erasing_leaves_no_name_in_the_log_of_the_admin_site(scored):
    def log(text: str, message: str = "") -> LogEntry:
        kind = ContentType.objects.get_for_model(PanelMember)
        given = {"user": scored.administrator, "content_type": kind, "action_flag": 2, "object_id": "1"}
        return LogEntry.objects.create(object_repr=text, change_message=message, **given)

    seat, address, other = log(NAME), log("a seat", f'["{ADDRESS}"]'), log("Mona Membership")
    erase_person(user=scored.member)
    texts_left = dict(LogEntry.objects.values_list("pk", "object_repr"))
    assert texts_left == {seat.pk: GONE, address.pk: GONE, other.pk: "Mona Membership"}
    assert not LogEntry.objects.filter(change_message__contains=ADDRESS).exists()


def test_erasing_loads_no_other_person(scored):
    User.objects.bulk_create(User(email=f"{n}@example.org", name=f"P{n}") for n in range(300))
    with CaptureQueriesContext(connection) as captured:
        erase_person(user=scored.member)
    users = [
        each["sql"]
        for each in captured
        if each["sql"].startswith("SELECT") and 'FROM "accounts_user"' in each["sql"]
    ]
    assert users
    assert all("COUNT(" in sql or "LIMIT" in sql or f"= {scored.member.pk}" in sql for sql in users), users


def pages(cast) -> str:
    """What the lead and an administrator read where Mona stood."""
    base = f"/reviews/{cast.organisation.slug}/2026/"
    read = [
        base,
        f"{base}panel/",
        f"{base}moderation/1/",
        f"{base}report/",
        f"{base}report/json/",
        f"{base}report/csv/",
    ]
    read += [f"/organisations/{cast.organisation.slug}/people/", "/changes/", "/changes/changes.csv"]
    found = []
    for who, paths in ((cast.lead, read), (cast.administrator, ["/changes/"])):
        client = Client()
        client.force_login(who)
        for path in paths:
            response = client.get(path)
            if response.status_code == 200:
                found.append(response.getvalue().decode())
    assert len(found) == 10
    return " ".join(found).replace("Reason of Mona Member", "")


def test_every_page_file_and_the_audit_log_name_a_former_panel_member(scored):
    assert NAME in pages(scored)
    erase_person(user=scored.member)
    shown = pages(scored)
    assert NAME not in shown
    assert ADDRESS not in shown
    assert shown.count("Former panel member 1") > 4
    content = report_content(scored.review)
    assert "Former panel member 1" in str(content)
    assert NAME not in str(content)


def test_people_who_are_erased_can_be_told_apart(scored):
    names = [erase_person(user=user) for user in (scored.other, scored.author, scored.member)]
    assert names == ["Former panel member 1", "Former user 2", "Former panel member 3"]
    scored.member.refresh_from_db()
    assert erase_person(user=scored.member) == "Former panel member 3"  # once more changes nothing


def test_the_last_administrator_stays(client, cast):
    with pytest.raises(LastAdministrator):
        erase_person(user=cast.administrator)
    client.force_login(cast.administrator)
    client.post("/account/again/", {"password": PASSWORD})
    page = client.post("/account/erase/", {"sure": "on"})
    assert "This is the last administrator. Make someone else an administrator first." in texts(
        page.content.decode()
    )
    cast.administrator.refresh_from_db()
    assert cast.administrator.is_active


def test_a_person_erases_their_own_account(client, scored):
    client.force_login(scored.member)
    assert client.get("/account/erase/").url == "/account/again/?next=%2Faccount%2Ferase%2F"
    client.post("/account/again/", {"password": PASSWORD})
    assert "Former panel member" in texts(client.get("/account/erase/").content.decode())
    page = client.post("/account/erase/", {"csrfmiddlewaretoken": "x"})
    assert "Tick the box to erase your account" in texts(page.content.decode())
    assert User.objects.get(pk=scored.member.pk).name == NAME
    done = client.post("/account/erase/", {"sure": "on"}, follow=True)
    assert "Your account is erased." in texts(done.content.decode())
    assert User.objects.get(pk=scored.member.pk).name == "Former panel member 1"
    assert not get_user(client).is_authenticated


def test_only_who_is_signed_in_reads_and_erases(client, db):
    for path in ("/account/data/", "/account/erase/"):
        assert client.get(path).url == f"/account/login/?next={path}"


def test_the_command_erases_whom_it_is_told(scored, capsys):
    call_command("erase_person", ADDRESS.upper())
    assert capsys.readouterr().out == "Erased. What stays is shown as that of Former panel member 1.\n"
    with pytest.raises(CommandError, match="No one has this address"):
        call_command("erase_person", ADDRESS)
    with pytest.raises(CommandError, match="last administrator"):
        call_command("erase_person", "ada.admin@example.org")


def long_ago(user: User, days: int) -> None:
    since = timezone.now() - timedelta(days=days)
    User.objects.filter(pk=user.pk).update(last_login=since, joined_at=since)


def test_retention_erases_who_is_no_longer_needed_and_nobody_else(cast, capsys):
    guest = join(open_a_workshop(cast), confirmed_by=cast.lead)
    User.objects.filter(pk=guest.pk).update(guest_until=timezone.now() - timedelta(days=181))
    for user in cast.people.values():
        if user is not None:
            long_ago(user, 1100)
    never_in = User.objects.create_user(email="never@example.org", name="Nell Never")
    long_ago(never_in, 1100)
    User.objects.filter(pk=never_in.pk).update(last_login=None)
    recent = User.objects.create_user(email="recent@example.org", name="Rae Recent")
    long_ago(recent, 1000)
    call_command("retention", dry_run=True)
    assert capsys.readouterr().out == "3 accounts would be erased. Nothing was changed.\n"
    assert not User.objects.exclude(erased_at=None).exists()
    call_command("retention")
    assert capsys.readouterr().out == "Erased 3 accounts, and sessions that are over.\n"
    erased = set(User.objects.exclude(erased_at=None).values_list("pk", flat=True))
    assert erased == {
        cast.author.pk,
        cast.reader.pk,
        never_in.pk,
    }  # leads, administrators and the panel at work stay
    cast.move(stages.PUBLISHED)
    call_command("retention")
    assert capsys.readouterr().out == "Erased 4 accounts, and sessions that are over.\n"
    erased |= {cast.chair.pk, cast.member.pk, cast.other.pk, guest.pk}
    assert set(User.objects.exclude(erased_at=None).values_list("pk", flat=True)) == erased


def test_retention_can_be_left_off_for_all_but_guests(cast, settings, capsys):
    settings.RETENTION_MONTHS = 0
    long_ago(cast.author, 4000)
    call_command("retention")
    assert capsys.readouterr().out == "Erased 0 accounts, and sessions that are over.\n"


def test_the_notice_says_how_long_things_are_kept_here(client, db, settings):
    settings.RETENTION_MONTHS, settings.GUEST_RETENTION_DAYS = 24, 90
    page = texts(client.get("/privacy/").content.decode())
    assert "24 months after you last signed in" in page
    assert "90 days after the workshop" in page


def test_what_the_notice_promises_happens_every_day(cast, settings, tmp_path):
    """Each time of the notice is kept by a task of `manage.py daily`, and by the number that the notice names."""
    settings.BACKUP_DIR, settings.SITE_ADDRESS = str(tmp_path), "https://eds.example.nhs.uk"
    settings.BACKUP_DAYS, settings.GUEST_RETENTION_DAYS, settings.RETENTION_MONTHS = 10, 20, 30
    promised = " ".join(long for _, _, long in held())
    for words in ("after 10 days", "20 days after the workshop", "30 months after", "Two days", "A day"):
        assert words in promised
    assert timedelta(days=1) >= uploads.LASTS  # deleted by the next day's task
    assert max(each.seconds for limits in (PASSWORDS, CODES) for each in vars(limits).values()) <= 86_400
    guest = User.objects.create_guest(name="Greta", until=timezone.now() - timedelta(days=21))
    stays = User.objects.create_guest(name="Gus", until=timezone.now() - timedelta(days=19))
    unused = User.objects.create_user(email="nell@example.org", name="Nell")
    long_ago(unused, 31 * 31)
    old = tmp_path / "2026-01-01T053000.zip"
    old.touch()
    os.utime(old, (0, 0))
    call_command("daily", verbosity=0)
    erased = set(User.objects.exclude(erased_at=None))
    assert (erased >= {guest, unused}, stays in erased, old.exists()) == (True, False, False)


def test_the_notice_says_who_else_saw_a_paper_sheet(client, db):
    page = texts(client.get("/privacy/").content.decode())
    assert "the person who entered your sheet saw them too" in page


def test_the_notice_names_every_cookie(client, cast):
    client.get("/account/login/")
    client.post("/account/login/", {"login": ADDRESS, "password": PASSWORD})
    assert set(client.cookies) == {"csrftoken", "sessionid", "eds_device"}
    page = texts(client.get("/privacy/").content.decode())
    assert "one cookie to keep you signed in and one to protect the forms" in page
    assert "a third remembers this browser for 90 days" in page
