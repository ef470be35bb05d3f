"""Organisations as administrators keep them: imported, archived, under a new address; and who must stay their lead."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casestudies.administration.csv_import import NotReadable, candidates, decoded, guess, read_rows
from casestudies.models import FormerAddress, IntegratedCareSystem, Organisation, Role
from casestudies.organisations.actions import archive_organisation, change_address, set_roles
from edsportal.web.refusals import NotPossible
from tests.page_addresses import make_everything

OURS = "Name,ODS code,Kind,Integrated care system\nElm Trust,rxw,NHS trust,Elm System\nHospice,,Charity,\n"
ODS = 'QZZ,NHS AMBLEFORD,Y1\nRXW,"ELM, OAK NHS FOUNDATION TRUST",Y1\n!!! ??,ASH TRUST,Y2\nRXW,YEW TRUST,Y2\nR1,,\n'


def read(text: str, *, names=(), codes=()) -> list[tuple]:
    rows = read_rows(text)
    meanings, has_headings = guess(rows)
    found = candidates(rows, meanings, has_headings=has_headings, names=names, codes=codes)
    return [(row.name, row.ods_code, row.kind, row.system, row.problem, row.is_there) for row in found]


def test_a_file_of_ours_and_one_of_nhs_ods_are_understood():
    assert read(OURS) == [
        ("Elm Trust", "RXW", "trust", "Elm System", "", False),
        ("Hospice", "", "other", "", "", False),
    ]
    assert guess(read_rows(ODS.replace("!!! ??", "RX2"))) == (["ods_code", "name", ""], False)
    assert guess(read_rows("Elm Trust;RXW\n")) == (["name", ""], False)
    rows = read_rows(ODS)
    found = candidates(
        rows, ["ods_code", "name", ""], has_headings=False, names={"nhs ambleford"}, codes={"QZZ"}
    )
    assert [(row.line, row.kind, row.problem, row.is_there) for row in found] == [
        (1, "", "", True),
        (2, "trust", "", False),
        (3, "trust", "“!!! ??” is not an ODS code: use 3 to 10 letters and digits", False),
        (4, "trust", "Line 2 has the same ODS code", False),
        (5, "", "It has no name", False),
    ]
    assert decoded("\ufeffTrust Môn".encode()) == decoded("Trust Môn".encode("cp1252")) == "Trust Môn"
    for bad in ("", "\n,,\n", "Name\n" * 2001):
        with pytest.raises(NotReadable):
            read_rows(bad)


def test_a_file_is_previewed_and_then_added(client, cast):
    client.force_login(cast.administrator)
    address = "/administration/import-organisations/"
    before = Organisation.objects.count()
    page = client.post(
        address, {"file": SimpleUploadedFile("etr.csv", ODS.replace("!!! ??", "RX2").encode())}
    )
    assert page.status_code == 200
    assert [row.name for row in page.context["new"]] == ["ELM, OAK NHS FOUNDATION TRUST", "ASH TRUST"]
    assert page.context["there"] == 1
    assert Organisation.objects.count() == before  # nothing is saved yet
    form = page.context["form"]
    sent = {name: form.data.get(name, "") for name in ("text", *form.columns)}
    wrong = client.post(address, sent | {"column_1": "ods_code", "do": "add"})
    assert "Say which column holds the name" in wrong.content.decode()
    answer = client.post(address, sent | {"column_2": "system", "do": "add"})
    assert answer.url == "/organisations/"
    rows = Organisation.objects.filter(ods_code__in=("RXW", "RX2")).order_by("name")
    assert [(row.name, row.slug, row.kind, row.ics.name) for row in rows] == [
        ("ASH TRUST", "ash-trust", "trust", "Y2"),
        ("ELM, OAK NHS FOUNDATION TRUST", "elm-oak-nhs-foundation-trust", "trust", "Y1"),
    ]
    assert client.post(address, sent | {"do": "add"}).url == "/organisations/"
    assert Organisation.objects.count() == before + 2  # twice is once


def test_an_old_address_leads_to_the_new_one_for_those_who_may_know(client, db):
    cast = make_everything()
    cast.publish()
    change_address(organisation=cast.organisation, slug="ambleford", changed_by=cast.administrator)
    change_address(organisation=cast.organisation, slug="nhs-amble", changed_by=cast.administrator)
    for old in ("nhs-ambleford", "ambleford"):
        for path in ("/2026/", "/2026.json", "/"):
            moved = client.get(f"/reports/{old}{path}?a=1")
            assert (moved.status_code, moved.headers["Location"]) == (301, f"/reports/nhs-amble{path}?a=1")
            assert client.get(moved.headers["Location"]).status_code == 200
    private = "/reviews/nhs-ambleford/2026/"
    client.force_login(cast.stranger)
    assert client.get(private).status_code == 404
    client.force_login(cast.member)
    assert client.get(private).headers["Location"] == "/reviews/nhs-amble/2026/"
    taken = Organisation.objects.get(name="Withy Trust")
    with pytest.raises(NotPossible):
        change_address(organisation=taken, slug="ambleford", changed_by=cast.administrator)
    change_address(organisation=cast.organisation, slug="ambleford", changed_by=cast.administrator)
    assert set(FormerAddress.objects.values_list("slug", flat=True)) == {"nhs-ambleford", "nhs-amble"}


def test_the_last_lead_who_can_sign_in_stays_and_an_administrator_appoints_another(client, cast):
    given = {"organisation": cast.organisation, "user": cast.lead}
    for person, words in ((cast.administrator, "only equality lead"), (cast.lead, "your own equality lead")):
        with pytest.raises(NotPossible, match=words):
            set_roles(**given, kinds=[], set_by=person)
    leads = Role.objects.filter(organisation=cast.organisation, kind="equality_lead")
    assert [row.user for row in leads] == [cast.lead]
    client.force_login(cast.administrator)
    people = "/organisations/nhs-ambleford/people/"
    client.post(f"{people}{cast.author.pk}/", {"kinds": ["author", "equality_lead"]})
    set_roles(**given, kinds=[], set_by=cast.administrator)
    assert [row.user for row in leads.all()] == [cast.author]
    cast.author.is_active = False
    cast.author.save()
    assert "Account closed" in client.get(people).content.decode()


def test_an_archived_organisation_starts_no_review_and_a_code_must_be_one(client, cast):
    archive_organisation(organisation=cast.organisation, archived_by=cast.administrator)
    client.force_login(cast.lead)
    assert [client.get(f"/reviews/{page}/").status_code for page in ("new", "import")] == [403, 403]
    assert client.get("/reviews/nhs-ambleford/2026/").status_code == 200
    client.force_login(cast.administrator)
    assert "Archived" in client.get("/organisations/").content.decode()
    client.post("/organisations/nhs-ambleford/restore/")
    cast.organisation.refresh_from_db()
    assert cast.organisation.archived_at is None
    IntegratedCareSystem.objects.create(name="Elm System")
    sent = {"name": "Elm Trust", "ods_code": "!!! ??", "kind": "trust", "system": "Elm System"}
    page = client.post("/organisations/add/", sent).content.decode()
    assert "Use 3 to 10 letters and digits, like QOC" in page
    client.post("/organisations/add/", sent | {"ods_code": "r1a"})
    made = Organisation.objects.get(name="Elm Trust")
    assert (made.ods_code, made.ics.name) == ("R1A", "Elm System")
