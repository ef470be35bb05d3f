"""Reports in and out: the real 2024 report, and the JSON form, through the rows of the database."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils.text import slugify

from casestudies.models import CaseStudy, Review
from eds.totals import results
from reports.writing.data.json_report import to_json
from scoring.models import Recommendation, Theme
from scoring.review.content import report_content
from tests.reports.reading.docx.docx_files import Shape
from tests.reports.samples import FULL

ORGANISATION = "NHS Shropshire, Telford and Wrekin"
SLUG = "nhs-shropshire-telford-and-wrekin"
pytestmark = pytest.mark.django_db


def bring_in(path, **options):
    call_command("import_report", str(path), **options)


def take_out(path, *, organisation=SLUG, year="2024"):
    call_command("export_report", organisation=organisation, year=year, format="json", output=path)
    return path.read_text(encoding="utf-8")


def test_the_real_report_is_stored_whole(seed_report_path):
    bring_in(seed_report_path, organisation=ORGANISATION)
    review = Review.objects.get(organisation__slug=SLUG, year="2024")
    found = results(report_content(review))
    assert [(result.title, result.total.words) for result in found.case_studies] == [
        ("Women’s Health Hub", "5/12"),
        ("Dementia Vision", "4/12"),
        ("Severe Mental Illness (SMI)", "7/12"),
    ]
    assert (found.domains[0].words, found.domains[0].case_study) == ("5/12", 1)
    assert found.overall.reason == "not rated: 1 of 3 domains scored"
    assert (Theme.objects.count(), Recommendation.objects.count()) == (5, 14)


def test_the_real_report_exported_and_imported_again_is_equal(seed_report_path, tmp_path):
    bring_in(seed_report_path, organisation=ORGANISATION)
    first = take_out(tmp_path / "first.json")
    again = tmp_path / "again.json"
    again.write_text(first, encoding="utf-8")
    bring_in(again, organisation="NHS Elsewhere")
    second = take_out(tmp_path / "second.json", organisation="nhs-elsewhere")
    first = first.replace(f'"from": "{seed_report_path.name}"', '"from": "again.json"')
    assert first.count('"origin": "imported"') == 3
    assert second == first.replace(f'"name": "{ORGANISATION}"', '"name": "NHS Elsewhere"')


def test_importing_twice_does_not_double(seed_report_path, capsys):
    bring_in(seed_report_path, organisation=ORGANISATION)
    counts = [model.objects.count() for model in (Review, CaseStudy, Theme, Recommendation)]
    bring_in(seed_report_path, organisation=ORGANISATION)
    assert [model.objects.count() for model in (Review, CaseStudy, Theme, Recommendation)] == counts
    assert f"{ORGANISATION} 2024 is imported already. Nothing was changed." in capsys.readouterr().out


def test_without_an_organisation_the_command_says_so_and_changes_nothing(seed_report_path):
    with pytest.raises(CommandError, match="organisation"):
        bring_in(seed_report_path)
    assert Review.objects.count() == 0


def report(**changes) -> dict:
    return {
        "format": "eds-report/1",
        "framework": "EDS 2022",
        "organisation": {"name": "Oakmere Trust"},
        "year": "2025",
        "case_studies": [
            {
                "number": 1,
                "domain": 1,
                "title": "Foot clinic",
                "scores": {
                    "1A": {"score": 0},
                    "1B": {"score": 2.5, "rationale": "half"},
                    "1C": {"score": None},
                },
            }
        ],
    } | changes


def written(tmp_path, values: dict):
    path = tmp_path / "report.json"
    path.write_text(json.dumps(values), encoding="utf-8")
    return path


def test_zero_a_half_point_and_not_scored_come_back_as_they_were(tmp_path):
    bring_in(written(tmp_path, report()))
    exported = json.loads(take_out(tmp_path / "out.json", organisation="oakmere-trust", year="2025"))
    assert exported["case_studies"][0]["scores"] == {
        "1A": {"score": 0, "rationale": None},
        "1B": {"score": 2.5, "rationale": "half"},
    }
    assert exported["results"]["case_studies"] == [
        {"number": 1, "total": 2.5, "out_of": 6, "missing": ["1C", "1D"]}
    ]


def test_another_report_for_a_year_that_is_taken_is_refused(tmp_path):
    bring_in(written(tmp_path, report()))
    with pytest.raises(CommandError, match="and it says something else"):
        bring_in(written(tmp_path, report(title="Another title")))
    assert Review.objects.get().title == ""


def test_a_refused_file_changes_nothing(tmp_path):
    bad = report()
    bad["case_studies"][0]["scores"]["1B"]["score"] = 5
    bad["nonsense"] = 1
    with pytest.raises(CommandError) as refused:
        bring_in(written(tmp_path, bad))
    assert "case_studies[0].scores.1B" in str(refused.value)
    assert "nonsense" in str(refused.value)
    assert Review.objects.count() == 0


def test_another_kind_of_file_is_refused(tmp_path):
    path = tmp_path / "report.odt"
    path.write_bytes(b"x")
    with pytest.raises(CommandError, match="expected a file ending in"):
        bring_in(path)


def test_exporting_what_is_not_there_says_so(tmp_path):
    with pytest.raises(CommandError, match="There is no review of nowhere for 2024"):
        take_out(tmp_path / "x.json", organisation="nowhere")


def test_the_ods_code_of_another_organisation_is_refused(tmp_path):
    bring_in(written(tmp_path, report(organisation={"name": "Oakmere Trust", "ods_code": "RZZ"})))
    with pytest.raises(CommandError, match="The ODS code RZZ belongs to Oakmere Trust"):
        bring_in(written(tmp_path, report(organisation={"name": "Ashford Trust", "ods_code": "RZZ"})))
    assert [review.organisation.name for review in Review.objects.all()] == ["Oakmere Trust"]


def test_the_real_report_in_word_is_stored_and_checked_as_the_text_is(seed_report_path, tmp_path, capsys):
    path = tmp_path / "Report.DOCX"
    path.write_bytes(Shape().made(seed_report_path.read_text(encoding="utf-8")))
    call_command("check_report", str(path), json=True)
    from_docx = capsys.readouterr().out
    call_command("check_report", str(seed_report_path), json=True)
    assert from_docx == capsys.readouterr().out
    bring_in(path, organisation=ORGANISATION)
    assert "Skipped paragraph 2, the domain is part of EDS 2022: Domain 1" in capsys.readouterr().out
    first = take_out(tmp_path / "first.json")
    bring_in(seed_report_path, organisation="NHS Elsewhere")
    second = take_out(tmp_path / "second.json", organisation="nhs-elsewhere")
    second = second.replace(f'"from": "{seed_report_path.name}"', '"from": "Report.DOCX"')
    assert second.replace('"NHS Elsewhere"', f'"{ORGANISATION}"') == first


def test_the_template_goes_out_and_comes_in(tmp_path, capsys):
    source = tmp_path / "source.json"
    source.write_text(to_json(FULL), encoding="utf-8")
    bring_in(source)
    given = {"organisation": slugify(FULL.organisation.name), "year": FULL.year}
    file = tmp_path / "template.docx"
    call_command("export_report", **given, format="template", output=file)
    bring_in(file, organisation="NHS Elsewhere", year=FULL.year)
    content = report_content(Review.objects.get(organisation__slug="nhs-elsewhere"))
    assert [(part.title, part.scores.keys(), part.owners) for part in content.case_studies] == [
        (part.title, part.scores.keys(), part.owners) for part in FULL.case_studies
    ]
    assert (content.header, content.third_parties) == (FULL.header, FULL.third_parties)
    assert results(content).domains[1:] == results(FULL).domains[1:]
    capsys.readouterr()
    call_command("check_report", str(file), organisation="NHS Elsewhere", year=FULL.year, json=True)
    codes = {one["code"] for one in json.loads(capsys.readouterr().out)["checks"]}
    assert "total-mismatch" not in codes
    assert "outcome-not-scored" not in codes
