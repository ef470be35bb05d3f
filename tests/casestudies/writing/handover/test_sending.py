"""Before a case study is sent for review, every gap is named with a link to the very field; it can be withdrawn."""

import re

import pytest
from django.test import Client

from casestudies.models import Evidence, Group
from casestudies.writing.handover.actions import NotWaiting, withdraw
from eds import stages
from tests.cast import quote_of
from tests.prepare import hand_over, return_to_authors


@pytest.fixture
def author(client, cast):
    cast.move(stages.WRITING)
    client.force_login(cast.author)
    return client


@pytest.fixture
def address(cast) -> str:
    return f"/reviews/{cast.organisation.slug}/2026/case-studies/1/"


def gaps(client, address) -> list[tuple[str, str]]:
    """The words and the address of each gap that the page names."""
    page = client.get(f"{address}write/send/").content.decode()
    part = page.split("What is missing</h2>")[1].split("Details that may identify someone</h2>")[0]
    return [(text, href) for href, text in re.findall(r'<a class="app-link" href="([^"]+)">(.*?)</a>', part)]


def test_every_gap_leads_to_the_field_that_fills_it(author, cast, address):
    row = cast.case_studies[0]
    row.sections.filter(heading="Background").update(body=" \n")
    background = row.sections.get(heading="Background")
    quote = quote_of(cast)
    quote.outcome_areas.set(row.domain.outcome_areas.filter(code="1B"))
    quote.groups.clear()
    Evidence.objects.filter(pk=quote.pk).update(strength="", date="", source="")
    file = row.evidence.create(
        position=2, kind="file", title="Waits", source="Us", date="2026-03", strength="figures"
    )
    file.groups.set(Group.objects.filter(code="age"))
    of_quote, of_file = (f"{address}evidence/{item.pk}/" for item in (quote, file))
    said = "“They rang me back.”"
    assert gaps(author, address) == [
        ("Write “Background”", f"{address}write/{background.pk}/#id_body"),
        *(
            (f"Add a section about {code}", f"{address}write/add/#id_suggested")
            for code in ("1B", "1C", "1D")
        ),
        *(
            (f"Add evidence for {code}", f"{address}evidence/add/?outcome={code}")
            for code in ("1A", "1C", "1D")
        ),
        (f"Enter where {said} is from", f"{of_quote}#id_source"),
        (f"Enter when {said} is from", f"{of_quote}#id_date"),
        (f"Choose what type of evidence {said} is", f"{of_quote}#id_strength"),
        (f"Choose which groups {said} is about", f"{of_quote}#id_protected"),
        ("Choose the file of “Waits”", f"{of_file}#id_file"),
        ("Choose which outcome areas “Waits” supports", f"{of_file}#id_outcome_areas"),
    ]


def test_the_field_of_each_gap_is_on_the_page_that_it_leads_to(author, cast, address):
    row = cast.case_studies[0]
    row.sections.update(body="")
    quote = quote_of(cast)
    quote.outcome_areas.clear()
    quote.groups.clear()
    Evidence.objects.filter(pk=quote.pk).update(strength="", date="", source="")
    row.evidence.create(position=2, kind="file", title="Waits")
    found = gaps(author, address)
    assert len(found) == 5 + 4 + 5 + 6
    for text, where in found:
        page, _, field = where.partition("#")
        answer = author.get(page)
        assert answer.status_code == 200, text
        assert not field or f'id="{field}"' in answer.content.decode(), text


def test_it_can_be_sent_with_gaps_but_not_without_any_text(author, cast, address):
    row = cast.case_studies[0]
    row.sections.update(body="")
    page = author.get(f"{address}write/send/").content.decode()
    assert "You can send it once a section has text." in page
    assert "Send for review</button>" not in " ".join(page.split())
    author.post(f"{address}write/send/")
    assert row.handovers.count() == 0
    row.sections.filter(heading="1A").update(body="We asked.")
    page = author.get(f"{address}write/send/").content.decode()
    assert "You can do this although something is missing." in page
    assert author.post(f"{address}write/send/").url == f"{address}write/"
    assert row.handovers.get().state == "waiting"


def test_a_comment_without_a_reply_is_a_gap_until_it_is_answered_or_the_text_changes(author, cast, address):
    row = cast.case_studies[0]
    row.sections.filter(heading="1A").update(body="Thin")
    hand_over(case_study=row, marked_by=cast.author)
    author.force_login(cast.lead)
    given = {
        "handover": row.handovers.get().pk,
        "comment_1": "Which groups?",
        "whole": "Good",
        "return": "yes",
    }
    author.post(f"{address}accept/", given)
    author.force_login(cast.author)
    whole, one = row.handovers.get().comments.order_by("pk")
    comments = [gap for gap in gaps(author, address) if gap[0].startswith("Reply")]
    assert comments == [
        ("Reply to the comment on the whole case study", f"{address}write/comments/{whole.pk}/#id_answer"),
        ("Reply to the comment on “1A”", f"{address}write/{one.section_id}/#id_answer_{one.pk}"),
    ]
    author.post(f"{address}write/comments/{whole.pk}/", {"answer": "Thank you"})
    row.sections.filter(heading="1A").update(body="Women over 65")
    assert [gap for gap in gaps(author, address) if gap[0].startswith("Reply")] == []


def test_evidence_that_may_identify_someone_is_named_with_its_field(author, cast, address):
    item = quote_of(cast)
    Evidence.objects.filter(pk=item.pk).update(source="Ring 07700 900123")
    page = author.post(f"{address}write/send/").content.decode()
    assert f'<a href="{address}evidence/{item.pk}/#id_source">Remove it' in page
    assert cast.case_studies[0].handovers.count() == 0


def test_an_author_withdraws_what_waits_and_then_the_lead_can_not_accept_it(author, cast, address):
    row = cast.case_studies[0]
    row.sections.filter(heading="1A").update(body="Too early")
    author.post(f"{address}write/send/")
    assert "Withdraw from review" in author.get(f"{address}write/").content.decode()
    lead = Client()
    lead.force_login(cast.lead)
    waiting = row.handovers.get()
    answer = author.post(f"{address}write/withdraw/", follow=True)
    assert "You withdrew it from review." in answer.content.decode()
    assert "Withdraw from review" not in answer.content.decode()
    assert lead.get("/my-work/").context["accepting"] == []
    lead.post(f"{address}accept/", {"handover": waiting.pk, "accept": "yes"})
    assert [handover.state for handover in row.handovers.all()] == ["withdrawn"]
    assert row.versions.count() == 1
    assert author.get("/my-work/").context["writing"][0].status == "Accepted"  # version 1, before
    author.post(f"{address}write/send/")
    assert [handover.state for handover in row.handovers.all()] == ["withdrawn", "waiting"]


def test_what_was_decided_can_not_be_withdrawn(author, cast, address):
    row = cast.case_studies[0]
    row.sections.filter(heading="1A").update(body="New")
    handover = hand_over(case_study=row, marked_by=cast.author)
    return_to_authors(handover=handover, remarks=[], returned_by=cast.lead, site="")
    with pytest.raises(NotWaiting):
        withdraw(handover=handover, withdrawn_by=cast.author)
    answer = author.post(f"{address}write/withdraw/", follow=True)
    assert "It is not waiting for review" in answer.content.decode()
    assert row.handovers.get().state == "returned"


def test_comments_come_back_when_the_answer_to_them_is_withdrawn(author, cast, address):
    row = cast.case_studies[0]
    row.sections.filter(heading="1A").update(body="New")
    hand_over(case_study=row, marked_by=cast.author)
    author.force_login(cast.lead)
    author.post(f"{address}accept/", {"handover": row.handovers.get().pk, "whole": "More", "return": "yes"})
    author.force_login(cast.author)
    author.post(f"{address}write/send/")
    assert "More" not in author.get(f"{address}write/").content.decode().split("<main")[1]
    author.post(f"{address}write/withdraw/")
    page = author.get(f"{address}write/").content.decode().split("<main")[1]
    assert "Lena Lead returned it with comments" in page
    assert '<p class="app-typed">More</p>' in page
