"""What may point to a private person is marked, and taken out or explained before a case study is sent for review."""

import pytest

from casestudies.writing.personal_data import found_in, still_to_do
from eds import stages

NHS_NUMBER = (
    "943 476 5919"  # the check digit is right; the number is the one that the NHS gives as an example
)


@pytest.fixture
def author(client, cast):
    cast.move(stages.WRITING)
    client.force_login(cast.author)
    return client


@pytest.fixture
def address(cast) -> str:
    return f"/reviews/{cast.organisation.slug}/2026/case-studies/1/write/"


def write(cast, body: str) -> None:
    cast.case_studies[0].sections.filter(heading="1A").update(body=body)


def test_every_text_of_a_case_study_is_looked_through(cast):
    row = cast.case_studies[0]
    write(cast, f"Her number is {NHS_NUMBER}.\nWrite to jane.smith@gmail.com")
    row.sections.filter(heading="Background").update(heading="Ring my mobile 07700 900123")
    row.evidence.create(
        position=1, kind="quote", title="Letter", text="I live at 12 High Street, Ludlow SY8 1AA"
    )
    found = found_in(row)
    assert [(each.kind, each.words, each.place) for each in found] == [
        ("telephone number", "07700 900123", "Ring my mobile 07700 900123"),
        ("NHS number", NHS_NUMBER, "1A"),
        ("e-mail address", "jane.smith@gmail.com", "1A"),
        ("address", "12 High Street, Ludlow SY8 1AA", "Evidence: Letter"),
    ]
    assert (found[1].before, found[1].after) == ("Her number is ", ".")


def test_it_is_not_sent_before_it_is_removed_or_explained(author, cast, address):
    write(cast, f"Her number is {NHS_NUMBER}")
    answer = author.post(address + "send/")
    text = answer.content.decode()
    assert "We did not send it." in text
    section = cast.case_studies[0].sections.get(heading="1A")
    assert f'<a href="{address}{section.pk}/#id_body">Remove it' in text
    assert f"Her number is <mark>{NHS_NUMBER}</mark>" in text
    assert cast.case_studies[0].handovers.count() == 0
    write(cast, "Her number is known")
    author.post(address + "send/")
    assert cast.case_studies[0].handovers.count() == 1


def test_an_explanation_is_kept_with_who_and_when_and_counts_for_the_same_words_alone(author, cast, address):
    write(cast, "Ring 07700 900123")
    (found,) = still_to_do(found_in(cast.case_studies[0]))
    page = f"{address}personal/{found.digest}/"
    assert list(author.post(page, {"reason": ""}).context["form"].errors) == ["reason"]
    assert author.post(page, {"reason": "The clinic’s own mobile"}).url == address + "send/"
    row = cast.case_studies[0].explanations.get()
    assert (row.explained_by, row.reason, row.shown) == (cast.author, "The clinic’s own mobile", "07…23")
    assert "900123" not in f"{row.digest}{row.shown}"
    text = author.get(address + "send/").content.decode()
    assert "Explained by Arthur Author on" in text
    assert still_to_do(found_in(cast.case_studies[0])) == []
    author.post(address + "send/")
    assert cast.case_studies[0].handovers.count() == 1
    write(cast, "Ring 07700-900 123 or 07700 900456")
    assert [each.words for each in still_to_do(found_in(cast.case_studies[0]))] == ["07700 900456"]


def test_an_explanation_of_one_case_study_is_none_for_another(author, cast, address):
    write(cast, "Ring 07700 900123")
    digest = still_to_do(found_in(cast.case_studies[0]))[0].digest
    author.post(f"{address}personal/{digest}/", {"reason": "Ours"})
    cast.case_studies[1].sections.filter(heading="1A").update(body="Ring 07700 900123")
    assert len(still_to_do(found_in(cast.case_studies[1]))) == 1
    assert author.get(f"{address}personal/{'0' * 64}/").url == address + "send/"


def test_the_organisations_own_mailbox_is_nobodys(cast):
    write(cast, "Write to ambleford.falls@nhs.net")
    assert found_in(cast.case_studies[0]) == []
