"""How many organisations have each grade: counted by hand, only like with like, and no name but the one asked for."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from casestudies.models import Framework, IntegratedCareSystem, Organisation, Review
from eds import stages
from eds.comparison import told
from eds.content import Stated
from eds.editions import load
from eds.totals import results
from edsportal.accounts.models import User
from reports.writing.data.json_report import from_json
from scoring.publishing.actions import publish

REPORTS = Path(__file__).resolve().parents[3] / "edsportal/demo/reports"
FILES = {"Fen": "fenbridge-2023", "Elm": "fenbridge-2024", "Oak": "trust-2025"}  # all told as of one year


@pytest.fixture
def published(db) -> Framework:
    """Three organisations, two of one care system, with a report of 2025 each; one of them has 2024 too."""
    person = User.objects.create_user(email="lena@example.org", name="Lena Lead", password=None)
    framework = Framework.objects.get(name="EDS 2022")
    system = IntegratedCareSystem.objects.create(name="Fen System")
    for name, file in FILES.items():
        content = from_json((REPORTS / f"{file}.json").read_bytes(), load)
        kind, ics = ("trust", None) if name == "Oak" else ("icb", system)
        row = Organisation.objects.create(name=name, slug=name.lower(), kind=kind, ics=ics)
        for year in ("2024", "2025") if name == "Fen" else ("2025",):
            review = Review.objects.create(
                organisation=row, framework=framework, year=year, stage=stages.PUBLISHED
            )
            publish(review=review, content=content, files=[], published_by=person)
    return framework


def figures(client, **asked) -> dict[str, list[int]]:
    page = client.get("/reports/compare/", asked)
    return {
        spread.code: [count for _, count in cells] + [spread.without]
        for spread, cells in page.context["outcomes"]
    }


def test_each_grade_is_counted_among_those_who_were_chosen(client, published):
    everybody = figures(client)
    assert {sum(counts) for counts in everybody.values()} == {3}
    key = f"2025:{published.pk}"
    system = IntegratedCareSystem.objects.get()
    there = figures(client, of=key, among=f"system:{system.pk}")
    trusts = figures(client, of=key, among="kind:trust")
    assert {sum(counts) for counts in there.values()} == {2}
    for code, counts in everybody.items():  # the two parts make the whole
        parts = zip(there[code], trusts[code], strict=True)
        assert counts == [one + other for one, other in parts], code
    assert {sum(counts) for counts in figures(client, of=f"2024:{published.pk}").values()} == {1}
    assert figures(client) == everybody  # from the cache the same


def test_only_the_organisation_that_was_asked_for_is_named_and_few_is_said(client, published):
    page = client.get("/reports/compare/", {"own": "elm"})
    html = page.content.decode()
    assert "Fewer than 5 organisations have published a report here." in html
    tables = html[html.index("<table") :]
    content, other = (
        from_json((REPORTS / f"{name}.json").read_bytes(), load) for name in ("fenbridge-2024", "trust-2025")
    )
    assert content.organisation.name in tables  # as its report names it
    assert other.organisation.name not in tables
    first = next(one for one in content.case_studies if one.domain == 2)  # the only one of its domain
    own = {spread.code: spread.own for spread, _ in page.context["outcomes"]}
    assert {code: own[code] for code in first.scores} == {
        code: judgement.score for code, judgement in first.scores.items()
    }
    lines = client.get("/reports/compare.csv", {"own": "elm"})
    rows = list(csv.DictReader(lines.getvalue().decode("utf-8-sig").splitlines()))
    assert content.organisation.name not in lines.getvalue().decode()
    assert sum(int(row["organisations"]) for row in rows if row["code"] == "1A") == 3
    assert client.get("/reports/compare/", {"of": "1999:1"}).context["figures"] is None


def test_imported_figures_are_said_to_be_recalculated_and_other_stated_ones_are_named(client, published):
    """The file of Elm says more than its scores give; the page names what, and not whose it is."""
    review = Review.objects.get(organisation__slug="elm")
    content = from_json((REPORTS / "fenbridge-2024.json").read_bytes(), load)
    overall = results(content).overall
    stated = Stated(overall=99, rating="Excelling")
    studies = tuple(replace(study, origin="imported") for study in content.case_studies)
    content = replace(content, stated=stated, case_studies=studies)
    person = User.objects.get(email="lena@example.org")
    publish(review=review, content=content, files=[], published_by=person)
    sentences = [
        f"Overall total: the report says 99, the rule gives {overall.words or 'none'}",
        f"Overall rating: the report says Excelling, the rule gives {overall.rating or 'none'}",
    ]
    page = client.get("/reports/compare/").content.decode()
    assert "Recalculated by the rule: the figures of 1 of 3 reports were imported" in page
    assert [f"{sentence} (1 report)" in page for sentence in sentences] == [True, True]
    years = client.get("/reports/elm/").content.decode()
    assert [sentence in years for sentence in ("Recalculated by the rule", *sentences)] == [True] * 3
    assert "Recalculated by the rule" not in client.get("/reports/fen/").content.decode()


def test_results_by_year_say_the_grade_and_the_change(client, published):
    page = client.get("/reports/fen/")
    content = from_json((REPORTS / "fenbridge-2023.json").read_bytes(), load)
    told_words = {
        one.code: (one.words_before, one.words_now, one.words) for one in page.context["differences"]
    }
    scored = told(content).scores
    names = {grade.score: grade.name for grade in content.edition.grades}
    expected = {code: f"{score} {names[score]}" for code, score in scored.items()}
    assert {code: told_words[code] for code in expected} == {
        code: (words, words, "the same") for code, words in expected.items()
    }
    assert [words in page.content.decode() for words in expected.values()] == [True] * len(expected)
