"""Marking a case study ready keeps what it says as an immutable version."""

from tests.prepare import mark_ready


def test_a_version_holds_what_was_said_and_the_same_again_is_no_new_one(cast):
    case_study = cast.case_studies[0]
    first = case_study.versions.get()
    assert first.content["sections"] == [
        {"heading": "Background", "outcome": None, "body": "Why we chose Falls clinic."},
        {"heading": "1A", "outcome": "1A", "body": "- Open on Saturdays\n- Interpreters"},
    ]
    assert mark_ready(case_study=case_study, made_by=cast.author) == first

    case_study.sections.filter(heading="Background").update(body="Another text")
    second = mark_ready(case_study=case_study, made_by=cast.author)
    first.refresh_from_db()
    assert (first.number, first.content["sections"][0]["body"]) == (1, "Why we chose Falls clinic.")
    assert (second.number, second.content["sections"][0]["body"]) == (2, "Another text")
