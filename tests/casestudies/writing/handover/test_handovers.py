"""An author marks a case study ready; the equality lead accepts it for the panel, or returns it with comments."""

import pytest
from django.core import mail
from django.test import Client

from casestudies.models import Handover
from casestudies.writing.handover.actions import NotWaiting
from eds import stages
from tests.cast import person
from tests.prepare import accept, hand_over

SCRIPT = {"accept": "application/json"}


@pytest.fixture
def people(cast) -> dict[str, Client]:
    cast.move(stages.WRITING)
    found = {}
    for name in ("author", "lead", "member", "reader"):
        found[name] = Client()
        found[name].force_login(cast.people[name])
    return found


@pytest.fixture
def address(cast) -> str:
    return f"/reviews/{cast.organisation.slug}/2026/case-studies/1/"


def write(cast, body: str, number: int = 1) -> None:
    cast.case_studies[number - 1].sections.filter(heading="1A").update(body=body)


def waiting(cast) -> Handover:
    return cast.case_studies[0].handovers.get(state="waiting")


def test_the_panel_reads_what_was_accepted_and_never_what_only_waits(people, cast, address):
    write(cast, "Open on Sundays")
    answer = people["author"].post(address + "write/send/", follow=True)
    assert "The equality lead will read it next" in answer.content.decode()
    assert cast.case_studies[0].versions.count() == 1
    assert people["member"].get(address).status_code == 404  # until scoring opens
    assert "Sundays" not in people["reader"].get(address).content.decode()
    page = people["lead"].get(address + "accept/")
    (part,) = page.context["parts"]
    assert "".join(piece.text for piece in part.pieces if piece.kind != "removed") == "Open on Sundays"
    people["lead"].post(address + "accept/", {"handover": waiting(cast).pk, "accept": "yes"})
    assert "Sundays" in people["reader"].get(address).content.decode()
    cast.move(stages.SCORING)
    assert "Sundays" in people["member"].get(address).content.decode()
    cast.move(stages.WRITING)
    version = cast.case_studies[0].versions.get(number=2)
    assert (version.made_by, version.handover.marked_by) == (cast.lead, cast.author)
    assert people["lead"].get(address + "accept/").status_code == 302  # nothing waits


def test_what_is_accepted_is_what_was_read_not_what_was_written_since(people, cast, address):
    write(cast, "Read by the lead")
    people["author"].post(address + "write/send/")
    write(cast, "Written since")
    people["lead"].post(address + "accept/", {"handover": waiting(cast).pk, "accept": "yes"})
    newest = cast.case_studies[0].versions.get(number=2)
    assert newest.content["sections"][1]["body"] == "Read by the lead"
    assert (
        "You changed this case study after it was accepted"
        in people["author"].get(address + "write/").content.decode()
    )


def send_and_return(people, cast, address) -> None:
    """The author sends a thin text, and the lead returns it with two comments."""
    write(cast, "Thin")
    people["author"].post(address + "write/send/")
    given = {
        "handover": waiting(cast).pk,
        "comment_1": "Which <b>groups</b>?",
        "whole": "Good start",
        "return": "yes",
    }
    people["lead"].post(address + "accept/", given)


def test_the_author_is_told_what_was_returned(people, cast, address, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send_and_return(people, cast, address)
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        ([cast.lead.email], "“Falls clinic” is ready for your review"),
        ([cast.author.email], "“Falls clinic” is returned to you with comments"),
    ]
    assert f"http://testserver{address}write/" in mail.outbox[1].body
    assert cast.case_studies[0].versions.count() == 1
    task = people["author"].get("/my-work/").context["writing"][0]
    assert task.status == "Returned to you"
    text = people["author"].get(address + "write/").content.decode()
    assert "Lena Lead returned it with comments" in text
    assert "Which &lt;b&gt;groups&lt;/b&gt;?" in text


def answer_comments(people, cast, address) -> None:
    """The author changes the section, replies to both comments, and sends it again."""
    section = cast.case_studies[0].sections.get(heading="1A")
    editor = f"{address}write/{section.pk}/"
    page = people["author"].get(editor)
    (name,) = page.context["form"].comments
    assert "Reply to Lena Lead (optional)" in page.content.decode()
    assert "Which &lt;b&gt;groups&lt;/b&gt;?" in page.content.decode()
    fields = {each: page.context["form"][each].value() for each in ("heading", "revision", "page")}
    fields |= {"body": "Women over 65", name: "Added", "outcome_area": section.outcome_area_id}
    assert people["author"].post(editor, fields, headers=SCRIPT).status_code == 200
    whole = waiting_comments(cast)[0]
    people["author"].post(f"{address}write/comments/{whole.pk}/", {"answer": "Thank you"})
    people["author"].post(address + "write/send/")


def test_what_was_returned_is_answered_and_accepted(people, cast, address):
    send_and_return(people, cast, address)
    answer_comments(people, cast, address)
    text = people["lead"].get(address + "accept/").content.decode()
    assert "Arthur Author replied:</strong> Added" in text
    assert "Arthur Author replied:</strong> Thank you" in text
    assert [task.text for task in people["lead"].get("/my-work/").context["accepting"]] == [
        "Accept or return case study 1: Falls clinic"
    ]
    people["lead"].post(address + "accept/", {"handover": waiting(cast).pk, "accept": "yes"})
    assert people["lead"].get("/my-work/").context["accepting"] == []
    cast.move(stages.SCORING)
    assert "Women over 65" in people["member"].get(address).content.decode()
    assert [row.state for row in cast.case_studies[0].handovers.all()] == ["returned", "accepted"]


def waiting_comments(cast) -> list:
    return list(cast.case_studies[0].handovers.get(state="returned").comments.order_by("pk"))


def test_a_returned_case_study_can_be_handed_over_with_an_answer_alone(people, cast, address):
    write(cast, "New")
    people["author"].post(address + "write/send/")
    people["lead"].post(
        address + "accept/", {"handover": waiting(cast).pk, "whole": "Sure?", "return": "yes"}
    )
    assert people["author"].get(address + "write/").context["handover"].can_hand_over
    people["author"].post(address + "write/send/")
    assert waiting(cast).content["sections"][1]["body"] == "New"


def test_to_return_it_a_comment_is_needed_and_what_was_typed_stays(people, cast, address):
    write(cast, "New")
    people["author"].post(address + "write/send/")
    page = people["lead"].post(address + "accept/", {"handover": waiting(cast).pk, "return": "yes"})
    assert list(page.context["form"].errors) == ["whole"]
    write(cast, "Newer")
    old = waiting(cast).pk
    people["author"].post(address + "write/send/")
    page = people["lead"].post(
        address + "accept/", {"handover": old, "whole": "Long comment", "return": "yes"}
    )
    text = page.content.decode()
    assert "The case study was sent again while you were reading." in text
    assert "Long comment" in text
    assert waiting(cast).comments.count() == 0
    assert [row.state for row in cast.case_studies[0].handovers.all()] == ["replaced", "waiting"]


def test_a_comment_finds_its_section_though_others_have_the_same_heading(people, cast, address):
    row = cast.case_studies[0]
    first = row.sections.create(position=3, heading="Note", body="one")
    second = row.sections.create(position=4, heading="Note", body="two")
    people["author"].post(address + "write/send/")
    gone = row.sections.get(heading="Background")
    gone.delete()
    given = {
        "handover": waiting(cast).pk,
        "comment_0": "a",
        "comment_2": "b",
        "comment_3": "c",
        "return": "yes",
    }
    people["lead"].post(address + "accept/", given)
    found = [(comment.heading, comment.section, comment.text) for comment in waiting_comments(cast)]
    assert found == [("Background", None, "a"), ("Note", first, "b"), ("Note", second, "c")]
    text = people["author"].get(address + "write/").content.decode()
    assert f"comments/{waiting_comments(cast)[0].pk}/" in text  # of a section that has gone


def test_nothing_is_handed_over_twice(cast):
    case_study = cast.case_studies[0]
    assert hand_over(case_study=case_study, marked_by=cast.author) is None  # version 1 says the same
    write(cast, "New")
    first = hand_over(case_study=case_study, marked_by=cast.author)
    assert hand_over(case_study=case_study, marked_by=cast.author) == first
    assert accept(handover=first, accepted_by=cast.lead).number == 2
    with pytest.raises(NotWaiting):
        accept(handover=first, accepted_by=cast.lead)


def test_what_the_lead_marks_ready_is_accepted_at_once(people, cast, address):
    write(cast, "By the lead")
    people["lead"].post(address + "write/send/")
    assert cast.case_studies[0].versions.get(number=2).made_by == cast.lead


def test_a_comment_of_another_case_study_is_not_reached(people, cast, address):
    write(cast, "New", number=2)
    other = address.replace("/case-studies/1/", "/case-studies/2/")
    people["author"].post(other + "write/send/")
    handover = cast.case_studies[1].handovers.get()
    people["lead"].post(other + "accept/", {"handover": handover.pk, "whole": "x", "return": "yes"})
    comment = handover.comments.get()
    assert people["author"].post(f"{address}write/comments/{comment.pk}/", {"answer": "y"}).status_code == 404
    assert people["author"].get(f"{other}write/comments/{comment.pk}/").status_code == 200


def test_who_returned_it_gets_no_letter_and_closed_accounts_neither(
    people, cast, address, django_capture_on_commit_callbacks
):
    closed = person("Clara Closed")
    closed.is_active = False
    closed.save()
    cast.case_studies[0].authors.add(cast.lead, closed)
    write(cast, "New")
    people["author"].post(address + "write/send/")
    with django_capture_on_commit_callbacks(execute=True):
        people["lead"].post(
            address + "accept/", {"handover": waiting(cast).pk, "whole": "x", "return": "yes"}
        )
    assert [letter.to for letter in mail.outbox] == [[cast.author.email]]
