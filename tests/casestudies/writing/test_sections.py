"""An author writes a section: it saves by itself, is previewed, and no text is lost, whoever else writes."""

import pytest
from django.test import Client

from casestudies.models import Section
from casestudies.writing.suggestions import PROMPTS
from eds import stages
from edsportal.web import pending_forms
from edsportal.web.pending_forms import note_of
from tests.cast import PASSWORD
from tests.prepare import change_section

JSON = {"accept": "application/json"}


@pytest.fixture
def author(client, cast):
    cast.move(stages.WRITING)
    client.force_login(cast.author)
    return client


@pytest.fixture
def section(cast) -> Section:
    return cast.case_studies[0].sections.get(position=1)


@pytest.fixture
def address(cast, section) -> str:
    return f"/reviews/{cast.organisation.slug}/2026/case-studies/1/write/{section.pk}/"


def beside(address: str, place: str) -> str:
    """Another address below the page where the case study is written."""
    return address.rstrip("/").rpartition("/")[0] + f"/{place}"


def opened(client, address) -> dict:
    """What a page holds that is opened now, as it would be sent."""
    page = client.get(address)
    form = page.context["form"]
    fields = {name: form[name].value() for name in ("heading", "body", "revision", "page")}
    return fields | {"outcome_area": "", "typed_by": note_of(page.context["user"])}


def kept(section) -> str:
    section.refresh_from_db()
    return section.body


def test_a_script_saves_and_is_told_how_it_reads(author, cast, section, address):
    page = opened(author, address)
    told = author.post(address, page | {"body": "## Why\n\n**Fewer** <b>falls</b>"}, headers=JSON).json()
    assert "<h3>Why</h3>" in told["preview"]
    assert "<strong>Fewer</strong> &lt;b&gt;falls" in told["preview"]
    assert kept(section) == "## Why\n\n**Fewer** <b>falls</b>"
    assert told["revision"] == section.mark
    assert section.saved_by == cast.author
    told = author.post(address, page | {"body": "Shorter"} | {"revision": told["revision"]}, headers=JSON)
    assert told.status_code == 200
    assert kept(section) == "Shorter"


def test_a_page_whose_answer_was_lost_on_the_way_is_no_conflict_with_itself(author, section, address):
    page = opened(author, address)
    author.post(address, page | {"body": "One"}, headers=JSON)
    assert author.post(address, page | {"body": "One and more"}, headers=JSON).status_code == 200
    assert kept(section) == "One and more"


def test_a_script_of_an_older_page_is_told_of_the_conflict_and_nothing_is_overwritten(
    author, cast, section, address
):
    first, second = opened(author, address), opened(author, address)
    author.post(address, first | {"body": "Theirs"}, headers=JSON)
    refused = author.post(address, second | {"body": "Mine"}, headers=JSON)
    assert (refused.status_code, refused.json()) == (409, {"conflict": True})
    assert kept(section) == "Theirs"
    assert (
        author.post(address, second | {"body": "Theirs"}, headers=JSON).status_code == 200
    )  # both say the same


def test_the_second_author_sees_both_texts_word_by_word_and_can_keep_both(author, cast, section, address):
    mine = opened(author, address)
    lead = Client()
    lead.force_login(cast.lead)
    lead.post(address, opened(lead, address) | {"body": "We open on Saturdays"})
    page = author.post(address, mine | {"body": "We open on Sundays"})
    assert page.status_code == 409
    text = page.content.decode()
    assert "Lena Lead saved this section" in text
    assert [(piece.kind, piece.text) for piece in page.context["pieces"]] == [
        ("same", "We open on"),
        ("removed", " Saturdays"),
        ("added", " Sundays"),
    ]
    again = mine | {name: page.context["form"][name].value() for name in ("revision", "page", "body")}
    page = author.post(address, again | {"both": "yes"})
    both = page.context["form"]["body"].value()
    assert both == "We open on Sundays\n\nWe open on Saturdays"
    assert kept(section) == "We open on Saturdays"  # nothing is stored until it is saved
    again |= {"revision": page.context["form"]["revision"].value(), "body": both}
    assert author.post(address, again | {"save": "yes"}).status_code == 302
    assert kept(section) == both


def test_without_javascript_the_preview_keeps_the_text(author, section, address):
    page = opened(author, address) | {"body": "- One\r\n- Two", "preview": "yes"}
    answer = author.post(address, page)
    text = answer.content.decode()
    assert "<li>One</li>" in text
    assert answer.context["form"]["body"].value() == kept(section) == "- One\n- Two"
    # the page that is shown can go on saving
    again = {name: answer.context["form"][name].value() for name in ("heading", "body", "revision", "page")}
    assert author.post(address, again | {"body": "More"}).status_code == 302
    assert kept(section) == "More"


def test_without_javascript_pasted_text_is_made_tidy_and_saved_only_when_asked(author, section, address):
    page = opened(author, address) | {"body": "Why\n•\tOne\n•\tTwo", "tidy": "yes"}
    answer = author.post(address, page)
    assert answer.context["form"]["body"].value() == "Why\n\n- One\n- Two"
    assert kept(section) == "Why\n•\tOne\n•\tTwo"
    assert "data-unsaved" in answer.content.decode()


def test_pasted_html_is_given_back_as_markdown_and_nothing_is_stored(author, section, address):
    before = kept(section)
    paste = beside(address, "paste/")
    told = author.post(paste, {"html": "<h1>A</h1><ul><li>b<script>x</script></li></ul>"}, headers=JSON)
    assert told.json() == {"markdown": "# A\n\n- b"}
    assert kept(section) == before


def test_what_is_typed_after_signing_out_waits_for_its_writer(client, author, cast, section, address):
    page = opened(author, address)
    author.logout()
    sent = author.post(address, page | {"body": "Typed meanwhile"})
    assert sent.url.startswith("/account/login/")
    assert author.post(address, page | {"body": "x"}, headers=JSON).status_code == 302
    author.post(address, page | {"body": "Typed meanwhile"})
    author.post("/account/login/", {"login": cast.author.email, "password": PASSWORD})
    answer = author.get(address)
    assert answer.context["form"]["body"].value() == "Typed meanwhile"
    assert "data-unsaved" in answer.content.decode()
    assert kept(section) != "Typed meanwhile"


def test_nobody_saves_under_anothers_name(author, cast, section, address):
    page = opened(author, address)
    author.force_login(cast.lead)
    assert "another" in author.post(address, page | {"body": "x"}, headers=JSON).json()
    assert author.post(address, page | {"body": "x"}).status_code == 403
    assert kept(section) != "x"


def test_a_section_that_was_removed_meanwhile_can_be_added_again(author, cast, section, address):
    page = opened(author, address) | {"body": "Long\r\nwritten"}
    section.delete()
    assert "refused" in author.post(address, page, headers=JSON).json()
    answer = author.post(address, page)
    assert answer.status_code == 404
    assert "Long" in answer.content.decode()
    author.post(beside(address, "add/"), answer.context["fields"])
    assert cast.case_studies[0].sections.latest("position").body == "Long\nwritten"
    assert author.get(address).status_code == 404


def test_what_cannot_be_saved_is_said_and_kept_on_the_page(author, section, address):
    page = opened(author, address) | {"heading": "", "body": "Kept"}
    assert author.post(address, page, headers=JSON).json() == {"errors": ["Enter a heading"]}
    answer = author.post(address, page)
    assert answer.context["form"]["body"].value() == "Kept"
    assert kept(section) != "Kept"
    page |= {"heading": "x", "body": "y" * 30_001}
    told = author.post(address, page, headers=JSON)
    assert told.json()["errors"] == [
        "The text must be 30,000 characters or fewer. Put a part of it in another section"
    ]


def test_a_text_as_long_as_may_be_waits_too():
    assert pending_forms.LONGEST > 30_000 + 2_000


def test_when_scoring_opens_a_script_is_told_why_nothing_is_saved(author, cast, section, address):
    page = opened(author, address)
    cast.move(stages.SCORING)
    told = author.post(address, page | {"body": "Late"}, headers=JSON)
    assert told.status_code == 403
    assert told.json()["refused"].startswith("A case study is fixed once its scoring has opened.")
    assert kept(section) != "Late"


def test_suggested_sections_are_offered_once_and_added_in_order(author, cast, address, section):
    add = beside(address, "add/")
    row = cast.case_studies[0]
    offered = [label for _, label in author.get(add).context["form"].fields["suggested"].choices]
    statements = {area.code: area.statement for area in row.domain.outcome_areas.all()}
    assert offered == [
        "Approach",
        *(f"{code}: {statements[code]}" for code in ("1B", "1C", "1D")),
        *("Achievements", "Challenges", "Feedback from service users", "Feedback from service providers"),
        "Commissioner reflections",
    ]
    answer = author.post(add, {"suggested": ["1C", "Approach"], "heading": "Cost"})
    assert answer.url == beside(address, "")
    rows = row.sections.order_by("position")
    assert [(each.heading, each.outcome_area and each.outcome_area.code) for each in rows] == [
        ("Background", None),
        ("Approach", None),
        ("1A", "1A"),
        (f"1C: {statements['1C']}", "1C"),
        ("Cost", None),
    ]
    assert [each.position for each in rows] == [1, 2, 3, 4, 5]
    assert "Approach" not in author.get(add).context["form"].suggestions
    refused = author.post(add, {"heading": ""})
    assert list(refused.context["form"].errors) == ["heading"]
    assert row.sections.count() == 5


def test_a_prompt_says_what_a_panel_looks_for(author, cast, section, address):
    text = author.get(address).content.decode()
    assert PROMPTS["Background"] in text
    area = cast.case_studies[0].domain.outcome_areas.get(code="1A")
    for code in ("1A", "1B", "1C", "1D"):
        assert f"What a panel looks for in {code}" in text
    one = cast.case_studies[0].sections.get(heading="1A")
    text = author.get(beside(address, f"{one.pk}/")).content.decode()
    assert area.guidance in text
    assert area.descriptors.get(score=3).text in text
    assert "What a panel looks for in 1B" not in text


def test_personal_data_is_marked_beside_the_preview(author, section, address):
    page = opened(author, address) | {"body": "Ring Mrs Smith on 07700 900123 about it"}
    told = author.post(address, page, headers=JSON).json()
    assert "Ring Mrs Smith on <mark>07700 900123</mark> about it" in told["personal"]
    told = author.post(address, page | {"body": "Ring the clinic"}, headers=JSON).json()
    assert told["personal"].strip() == ""


def test_save_and_go_to_the_next_section_leads_through_all_of_them(author, cast, section, address):
    second = cast.case_studies[0].sections.get(position=2)
    page = author.get(address).content.decode()
    assert "Falls clinic, section 1 of 2" in page
    answer = author.post(address, opened(author, address) | {"body": "First", "next": "yes"}, follow=True)
    assert answer.redirect_chain == [(beside(address, f"{second.pk}/"), 302)]
    assert "“Background” is saved." in answer.content.decode()
    assert kept(section) == "First"
    assert "Save and go to the next section" not in answer.content.decode()  # it is the last
    last = beside(address, f"{second.pk}/")
    answer = author.post(last, opened(author, last) | {"body": "Last", "next": "yes"})
    assert answer.url == beside(address, "")
    assert kept(second) == "Last"


def test_the_text_box_is_the_first_thing_that_is_asked(author, address):
    page = author.get(address).content.decode().split("<form method", 1)[1]
    first, *others = (
        page.index(words) for words in ('id="id_body"', "<details", 'id="id_heading"', "<button")
    )
    assert [place > first for place in others] == [True, True, False]  # the buttons wait for their script
    assert '<div class="app-format" role="toolbar" aria-label="Format the text"' in page
    assert "data-format hidden>" in page


def test_adding_a_section_again_after_back_adds_none(author, cast, section, address):
    add = beside(address, "add/")
    row = cast.case_studies[0]
    for _ in range(2):
        answer = author.post(add, {"heading": "Cost"})
        assert answer.url == beside(address, f"{row.sections.get(heading='Cost').pk}/")
    for _ in range(2):
        assert author.post(add, {"suggested": ["1B", "1C"]}).url == beside(address, "")
    codes = row.sections.order_by("position").values_list("outcome_area__code", flat=True)
    assert list(codes) == [None, "1A", None, "1B", "1C"]


def test_a_save_costs_the_same_however_many_sections_there_are(
    author, cast, section, address, django_assert_max_num_queries
):
    page = opened(author, address)
    counts = []
    for body in ("One", "Two"):
        with django_assert_max_num_queries(18) as asked:
            author.post(address, page | {"body": body}, headers=JSON)
        counts.append(len(asked))
        for position in (10, 11, 12):
            cast.case_studies[0].sections.get_or_create(position=position, heading="More")
    assert counts[0] == counts[1]


def test_change_section_of_a_row_that_is_gone(cast, section):
    Section.objects.filter(pk=section.pk).delete()
    with pytest.raises(Section.DoesNotExist):
        change_section(section=section, heading="x", outcome_area=None, body="", seen="")
