"""The lead writes sentences of the easy-read report, and everyone reads it as a web page."""

from eds import stages
from tests.scoring.publishing.test_publication_runs import said
from tests.scoring.publishing.test_publishing import agree_all


def address(cast) -> str:
    return f"{cast.review.get_absolute_url()}easy-read/"


def test_the_lead_writes_sentences_and_no_figures(client, cast):
    agree_all(cast, 2)
    cast.move(stages.MEETING)
    client.force_login(cast.lead)
    given = {"purpose": "Everyone must get fair care.", "yearly": "Each year we check how fair we are."}
    given |= {"next": "Staff will learn to sign.\nWe will ask people again."}
    assert client.post(address(cast), given).url == address(cast)
    cast.review.refresh_from_db()
    assert cast.review.easy_read == {name: given[name] for name in ("purpose", "next")}
    page = said(client.get(address(cast)))
    assert "<p>Everyone must get fair care.</p>" in page
    assert "<p>We will ask people again.</p>" in page
    assert "The NHS must be fair to everyone.</p>" not in page

    refused = said(client.post(address(cast), {"next": "We got 9 points.", "ask": "word " * 16}))
    assert "Remove “9”. The report fills in years and figures itself" in refused
    assert "Use at most 15 words in a sentence. This one has 16" in refused
    cast.review.refresh_from_db()
    assert cast.review.easy_read["next"] == given["next"]
