"""Any two versions of a case study can be compared, word by word."""

import pytest

from eds import stages


@pytest.fixture
def address(cast) -> str:
    cast.change_text(1, "- Open on Sundays\n- Interpreters")
    cast.change_text(1, "- Open on Sundays\n- Interpreters and signers")
    return f"/reviews/{cast.organisation.slug}/2026/case-studies/1/versions/"


def said(page) -> list[tuple[str, list[tuple[str, str]]]]:
    """The parts that changed, with the pieces that are not the same."""
    return [
        (part.heading, [(piece.kind, piece.text.strip()) for piece in part.pieces if piece.kind != "same"])
        for part in page.context["parts"]
    ]


def test_the_last_two_are_compared_unless_others_are_chosen(client, cast, address):
    client.force_login(cast.member)
    page = client.get(address)
    assert said(page) == [("1A", [("added", "and signers")])]
    assert "What changed from version 2 to version 3" in page.content.decode()
    page = client.get(address, {"older": "1", "newer": "2"})
    assert said(page) == [("1A", [("removed", "Saturdays"), ("added", "Sundays")])]
    page = client.get(address, {"older": "3", "newer": "1"})  # put in order
    assert said(page) == [("1A", [("removed", "Saturdays"), ("added", "Sundays"), ("added", "and signers")])]
    page = client.get(address, {"older": "2", "newer": "2"})
    assert said(page) == []
    assert "Both versions are the same." in page.content.decode()


def test_screen_readers_hear_what_was_added_and_removed(client, cast, address):
    client.force_login(cast.reader)
    text = client.get(address, {"older": "1", "newer": "2"}).content.decode()
    assert '<del><span class="nhsuk-u-visually-hidden"> [removed:] </span> Saturdays' in text
    assert '<ins><span class="nhsuk-u-visually-hidden"> [added:] </span> Sundays' in text


def test_only_who_writes_it_compares_what_it_says_now(client, cast, address):
    cast.case_studies[0].sections.filter(heading="1A").update(body="SECRET DRAFT")
    for who, stage, sees in (
        (cast.author, stages.WRITING, True),
        (cast.lead, stages.WRITING, True),
        (cast.member, stages.SCORING, False),
        (cast.reader, stages.WRITING, False),
    ):
        cast.move(stage)
        client.force_login(who)
        page = client.get(address, {"older": "3", "newer": "now"})
        assert ("SECRET" in page.content.decode()) is sees, who
        assert ("newer" in page.context["form"].errors) is not sees, who


def test_one_version_has_nothing_to_be_compared_with(client, cast):
    client.force_login(cast.member)
    page = client.get(f"/reviews/{cast.organisation.slug}/2026/case-studies/2/versions/")
    assert page.status_code == 200
    assert "parts" not in page.context
    for wrong in ({"older": "9", "newer": "1"}, {"older": "1"}, {"older": "1", "newer": "x"}):
        assert client.get(page.request["PATH_INFO"], wrong).status_code == 200
