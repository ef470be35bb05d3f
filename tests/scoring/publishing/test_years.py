"""Published results across years and bodies: like with like, and nothing that is not published."""

from dataclasses import replace

import pytest

from casestudies.models import Framework, IntegratedCareSystem, Organisation, Review
from eds import stages
from eds.comparison import Difference, differences, told
from eds.content import Judgement
from reports.writing.comparison_tables import picture_of_years
from scoring.review.content import report_content
from tests.scoring.review.stages.test_stages import agree_all


@pytest.fixture
def content(cast):
    agree_all(cast, 1, chosen=False)
    cast.move(stages.AGREED)
    return report_content(cast.review)


def with_scores(content, **scores):
    """The middle service gets these scores, another lies below it and another above."""
    middle, low, high = content.case_studies
    given = {code: Judgement(score=score) for code, score in scores.items()}
    low = replace(low, scores={code: Judgement(score=0) for code in low.scores})
    high = replace(high, scores={code: Judgement(score=3) for code in high.scores})
    return replace(content, case_studies=(replace(middle, scores=dict(middle.scores) | given), low, high))


def test_the_scores_are_those_of_the_service_that_stands(content):
    one = told(with_scores(content, **{"1A": 2, "1B": 0}))
    assert one.scores == {"1A": 2, "1B": 0, "1C": 1, "1D": 1}
    assert one.domains[0] == ("Domain 1", "4/12")
    assert one.overall == "not rated: 1 of 3 domains scored"


def test_each_outcome_is_compared_and_0_is_a_score(content):
    before = with_scores(content, **{"1A": 2, "1B": 0})
    now = with_scores(content, **{"1A": 0, "1B": 1})
    words = {one.code: one.words for one in differences(before, now)}
    assert len(words) == 11
    assert [words[code] for code in ("1A", "1B", "1C", "2A")] == [
        "down 2",
        "up 1",
        "the same",
        "can’t be compared: not scored",
    ]


def test_years_under_different_editions_are_not_compared(content):
    other = replace(content, edition=replace(content.edition, name="EDS 2030"))
    assert differences(content, other) is None


@pytest.mark.parametrize(("before", "now"), [(None, 0), (0, None), (None, None)])
def test_no_score_is_not_0(before, now):
    assert Difference(code="1A", statement="s", before=before, now=now).words.startswith("can’t be compared")


def publish(cast, value: int) -> None:
    cast.move(stages.MEETING)
    agree_all(cast, value)
    cast.publish()


def test_the_page_of_a_body_shows_only_what_is_published(client, cast):
    address = f"/reports/{cast.organisation.slug}/"
    assert client.get(address).status_code == 404
    publish(cast, 2)
    Review.objects.create(organisation=cast.organisation, framework=cast.review.framework, year="2027")
    text = client.get(address).content.decode()
    assert "2026" in text
    assert "2027" not in text
    assert "What changed" not in text


def test_the_bodies_of_a_system_stand_side_by_side(client, cast, django_assert_max_num_queries):
    system = IntegratedCareSystem.objects.create(name="Ambleford System")
    Organisation.objects.update(ics=system)
    assert client.get(f"/systems/{system.pk}/").status_code == 404
    publish(cast, 1)
    with django_assert_max_num_queries(4):
        page = client.get(f"/systems/{system.pk}/")
    assert [one.name for _, one in page.context["rows"]] == ["NHS Ambleford"]
    assert "Withy" not in page.content.decode()
    assert "Domain 1, Commissioned or provided services: <strong>4/12</strong>" in page.content.decode()
    assert "<desc>NHS Ambleford, Domain 1: 4/12." in page.content.decode()
    assert f'href="/systems/{system.pk}/"' in client.get("/reports/").content.decode()
    key = f"2026:{cast.review.framework_id}"
    assert [one.year for _, one in client.get(f"/systems/{system.pk}/", {"of": key}).context["rows"]] == [
        "2026"
    ]
    assert client.get(f"/systems/{system.pk}/", {"of": "1999:1"}).context["form"].errors
    assert Framework.objects.filter(name=page.context["rows"][0][1].edition).exists()


def test_the_picture_says_every_total_in_words(content):
    rated = with_scores(content, **{"1A": 2})
    one = told(rated)
    assert picture_of_years("Total by year", [one]) == ""  # nothing has a total
    overall = replace(one.figures.overall, total=16, out_of=33)
    drawn = picture_of_years(
        "Total by year", [replace(one, figures=replace(one.figures, overall=overall)), one]
    )
    assert "<title>Total by year</title>" in drawn
    assert "<desc>2026: 16/33. 2026: no total.</desc>" in drawn
