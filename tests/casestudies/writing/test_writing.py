"""Authors and the equality lead write a case study and send it for review."""

import pytest

from casestudies.models import Role
from casestudies.writing.sections import move_section
from eds import stages
from edsportal.web.refusals import ChangedMeanwhile
from tests.prepare import add_section, change_section


@pytest.fixture
def author(client, cast):
    cast.move(stages.WRITING)
    client.force_login(cast.author)
    return client


@pytest.fixture
def address(cast) -> str:
    return f"/reviews/{cast.organisation.slug}/2026/case-studies/1/write/"


def headings(cast) -> list[tuple[int, str]]:
    return list(cast.case_studies[0].sections.order_by("position").values_list("position", "heading"))


def test_an_author_adds_a_section_and_marks_the_case_study_ready(author, cast, address):
    row = cast.case_studies[0]
    area = row.domain.outcome_areas.get(code="1B")
    given = {"heading": "1B", "outcome_area": area.pk, "body": "- Asked\r\n- Heard"}
    answer = author.post(address + "add/", given)
    section = row.sections.get(position=3)
    assert answer.url == f"{address}{section.pk}/"
    assert (section.heading, section.outcome_area, section.body) == ("1B", area, "- Asked\n- Heard")
    assert "Version 1 is ready" not in author.get(address).content.decode()
    assert author.post(address + "send/").status_code == 302
    handover = row.handovers.get()
    assert handover.content["sections"][2] == {"heading": "1B", "outcome": "1B", "body": "- Asked\n- Heard"}
    assert (handover.state, handover.marked_by) == ("waiting", cast.author)
    assert len(row.versions.get(number=1).content["sections"]) == 2  # as it was


def test_an_outcome_area_of_another_domain_is_refused(author, cast, address):
    area = cast.review.framework.domains.get(number=2).outcome_areas.first()
    page = author.post(address + "add/", {"heading": "2A", "outcome_area": area.pk, "body": "Kept text"})
    assert list(page.context["form"].errors) == ["outcome_area"]
    assert "Kept text" in page.content.decode()


def test_sections_move_and_the_ends_stay(cast):
    cast.move(stages.WRITING)
    row = cast.case_studies[0]
    add_section(case_study=row, heading="Last", outcome_area=None, body="")
    first, _, last = row.sections.order_by("position")
    move_section(section=last, up=True)
    assert headings(cast) == [(1, "Background"), (2, "Last"), (3, "1A")]
    move_section(section=first, up=True)
    assert headings(cast) == [(1, "Background"), (2, "Last"), (3, "1A")]
    move_section(section=first, up=False)
    assert headings(cast) == [(1, "Last"), (2, "Background"), (3, "1A")]


def test_the_second_of_two_people_is_shown_both_texts(author, cast, address):
    section = cast.case_studies[0].sections.get(position=1)
    seen = section.mark
    change_section(section=section, heading="Background", outcome_area=None, body="Theirs", seen=seen)
    given = {"heading": "Background", "outcome_area": "", "body": "Mine", "revision": seen}
    page = author.post(f"{address}{section.pk}/", given)
    text = page.content.decode()
    assert "Theirs" in text
    assert "Mine" in text
    section.refresh_from_db()
    assert section.body == "Theirs"
    given |= {"body": "Both", "revision": page.context["form"]["revision"].value()}
    assert author.post(f"{address}{section.pk}/", given).status_code == 302
    section.refresh_from_db()
    assert section.body == "Both"
    with pytest.raises(ChangedMeanwhile):
        change_section(section=section, heading="x", outcome_area=None, body="", seen=seen)


def test_removing_asks_first_and_closes_the_gap(author, cast, address):
    section = cast.case_studies[0].sections.get(position=1)
    assert "Remove the section" in author.get(f"{address}{section.pk}/remove/").content.decode()
    assert len(headings(cast)) == 2
    author.post(f"{address}{section.pk}/remove/")
    assert headings(cast) == [(1, "1A")]


def test_a_section_of_another_case_study_is_not_reached(author, cast, address):
    section = cast.case_studies[1].sections.first()
    assert author.get(f"{address}{section.pk}/").status_code == 404
    assert author.post(f"{address}{section.pk}/remove/").status_code == 404
    assert cast.case_studies[1].sections.count() == 2


def test_nothing_is_marked_ready_without_a_section(author, cast, address):
    cast.case_studies[0].sections.all().delete()
    author.post(address + "send/")
    assert cast.case_studies[0].handovers.count() == 0


def test_an_author_writes_their_own_alone_and_finds_it_in_their_work(author, cast, address):
    cast.case_studies[1].authors.clear()
    assert author.get(address.replace("/1/", "/2/")).status_code == 404
    work = author.get("/my-work/").context["writing"]
    assert [task.text for task in work] == [
        "Write case study 1: Falls clinic",
        "Write case study 3: Young carers",
    ]
    Role.objects.filter(user=cast.author).delete()
    assert author.get(address).status_code == 404
    assert author.get("/my-work/").context["writing"] == []


def test_a_reader_who_is_named_as_author_without_the_role_writes_nothing(client, cast, address):
    cast.move(stages.WRITING)
    cast.case_studies[0].authors.add(cast.reader)
    client.force_login(cast.reader)
    assert client.get(address).status_code == 403
