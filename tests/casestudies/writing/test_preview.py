"""An author and the equality lead see the case study as the panel will."""

import pytest
from django.test import Client
from lxml import html

from eds import stages
from tests.cast import quote_of
from tests.prepare import mark_ready


@pytest.fixture
def address(cast) -> str:
    cast.move(stages.WRITING)
    return f"/reviews/{cast.organisation.slug}/2026/case-studies/1/"


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def what_it_says(page: str) -> str:
    (reading,) = html.fromstring(page).find_class("app-reading")
    return html.tostring(reading, encoding="unicode", with_tail=False)


def test_the_preview_is_what_the_panel_reads_once_it_is_accepted(cast, address):
    row = cast.case_studies[0]
    cast.organisation.abbreviations.create(short="ICB", meaning="integrated care board")
    row.sections.filter(heading="Background").update(body="## Why\n\nThe ICB asked.")
    row.sections.create(position=3, heading="1B", outcome_area=row.domain.outcome_areas.get(code="1B"))
    quote_of(cast).outcome_areas.set(row.domain.outcome_areas.filter(code="1A"))
    previews = [
        what_it_says(signed_in(who).get(f"{address}write/preview/").content.decode())
        for who in (cast.author, cast.lead)
    ]
    assert "This section has no text." in previews[0]
    assert '<abbr title="integrated care board">ICB</abbr>' in previews[0]
    assert "They rang me back." in previews[0]
    member = signed_in(cast.member)
    assert member.get(address).status_code == 404
    mark_ready(case_study=row, made_by=cast.lead)
    cast.move(stages.SCORING)
    assert previews == [what_it_says(member.get(address).content.decode())] * 2


def test_the_page_where_it_is_written_leads_to_the_preview_and_back(cast, address):
    author = signed_in(cast.author)
    assert f'<a href="{address}write/preview/">See it as the panel will</a>' in (
        author.get(f"{address}write/").content.decode()
    )
    assert f'<a href="{address}write/">Back to all sections</a>' in (
        author.get(f"{address}write/preview/").content.decode()
    )
