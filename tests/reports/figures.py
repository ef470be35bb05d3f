"""The figures of a report, as it should say them and as each kind of file says them when it is read back."""

import csv
import json
import re
from dataclasses import dataclass, field
from io import BytesIO, StringIO

import docx
from lxml import html as lxml_html
from openpyxl import load_workbook

from eds.text import labels
from eds.totals import number_words, results


@dataclass
class Figures:
    """`scores` by case study and outcome area, `totals` by case study, `domains` and `overall`, all in words."""

    scores: dict[tuple[int, str], str] = field(default_factory=dict)
    totals: dict[int, str] = field(default_factory=dict)
    domains: list[str] = field(default_factory=list)
    overall: str = ""


def expected(content):
    """What every file has to say, in the order of case studies."""
    found, edition = results(content), content.edition
    figures = Figures(
        scores={
            (study.number, code): labels.score(edition, study.scores.get(code))
            for study in content.case_studies
            for code in edition.domain(study.domain).codes
        }
    )
    if edition.has_points:
        figures.totals = {result.number: result.total.words for result in found.case_studies}
        figures.domains = [result.words or "No total" for result in found.domains]
        overall = (found.overall.words or "No rating", found.overall.rating)
        figures.overall = " ".join(part for part in overall if part)
    return figures


def _folded(text):
    return " ".join(text.split())


def from_html(content, data):
    """From the facts and the table of scores of each case study, and from that of domains and overall rating."""
    tree = lxml_html.fromstring(data.decode())
    for repeated in tree.xpath("//span[@aria-hidden='true']"):
        repeated.drop_tree()
    figures = Figures()
    for study in content.case_studies:
        section = tree.xpath(f"//section[h2[@id='case-study-{study.number}']]")[0]
        table = section.xpath(".//table[contains(@class, 'report-table--scores')]")[0]
        rows = [[_folded(cell.text_content()) for cell in row] for row in table.findall("tbody/tr")]
        _take(figures, study.number, rows, score_at=1, total_at=1)
        for total in section.xpath("p[@class='report-facts']//strong"):
            figures.totals[study.number] = _folded(total.text_content())
    for table in tree.xpath("//table[contains(@class, 'report-table--result')]"):
        rows = [[_folded(cell.text_content()) for cell in row] for row in table.findall("tbody/tr")]
        figures.domains = [row[1] for row in rows[:-1]]
        figures.overall = rows[-1][1]
    return figures


def _take(figures, number, rows, *, score_at, total_at):
    for row in rows:
        if row[0] == "Total":
            figures.totals[number] = row[total_at]
        else:
            figures.scores[number, row[0].split(" ")[0]] = row[score_at]


def from_docx(content, data):
    """From the template's table of each case study, and from the score card."""
    document, figures = docx.Document(BytesIO(data)), Figures()
    tables = [[[_folded(cell.text) for cell in row.cells] for row in table.rows] for table in document.tables]
    in_order = sorted(content.case_studies, key=lambda study: study.domain)
    of_studies = [rows for rows in tables if rows[0] == ["Outcome", "Evidence", "Rating", "Owner"]]
    for study, rows in zip(in_order, of_studies, strict=True):
        _take(figures, study.number, rows[1:], score_at=2, total_at=1)
    for rows in tables:
        if rows[0] == ["Domain", "Result", "How it was reached"]:
            figures.domains = [row[1] for row in rows[1:-1]]
            figures.overall = rows[-1][1]
    return figures


def from_xlsx(content, data):
    """From the sheets "Scores" and "Summary"; a score is a number there, and so is a total."""
    book, figures = load_workbook(BytesIO(data)), Figures()
    for row in _records(book["Scores"]):
        said = [row["Grade"]] if "Grade" in row else [row["Score"], row["Rating"]]
        figures.scores[row["Case study"], row["Outcome area"]] = _joined(said)
    if content.edition.has_points:
        rows = list(_records(book["Summary"]))
        studies = [row for row in rows if row["Level"] == "Case study"]
        for study, row in zip(content.case_studies, studies, strict=True):
            figures.totals[study.number] = row["How it was reached"]
        figures.domains = [_points(row) or "No total" for row in rows if row["Level"] == "Domain"]
        figures.overall = _joined([_points(rows[-1]) or "No rating", rows[-1]["Rating"]])
    return figures


def _records(sheet):
    (table,) = sheet.tables.values()
    header, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    return [dict(zip(header, row, strict=True)) for row in rows if row[0] is not None]


def _points(row):
    if isinstance(row["Points"], str):
        assert row["Points"] == "No total"
        return ""
    return f"{number_words(row['Points'])}/{row['Out of']}"


def _joined(parts):
    return " ".join(
        part if isinstance(part, str) else number_words(part) for part in parts if part is not None
    )


def _no_score(has_points):
    return "Not scored" if has_points else "Not graded"


def from_csv(content, data):
    """From the rows of the file, by the columns that docs/open-data.md describes."""
    figures = Figures()
    none = {"not_scored": _no_score(content.edition.has_points), "not_applicable": "Not applicable"}
    for row in csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")):
        points = f"{row['points']}/{row['out_of']}" if row["state"] == "complete" else ""
        if row["record"] == "outcome":
            said = none.get(row["state"]) or " ".join(filter(None, (row["points"], row["rating"])))
            figures.scores[int(row["case_study"]), row["outcome"]] = said
        elif content.edition.has_points and row["record"] == "case_study":
            figures.totals[int(row["case_study"])] = row["reason"]
        elif content.edition.has_points and row["record"] == "domain":
            figures.domains.append(points or "No total")
        elif content.edition.has_points and row["record"] == "overall":
            figures.overall = " ".join(filter(None, (points or "No rating", row["rating"])))
    return figures


def from_json(content, data):
    """From the scores and the `results` of the file, without the code that reads such files."""
    values, figures = json.loads(data), Figures()
    names = {grade.score: grade.name for grade in content.edition.grades}
    for study in values["case_studies"]:
        for code in content.edition.domain(study["domain"]).codes:
            score = study["scores"].get(code, {"score": None})["score"]
            figures.scores[study["number"], code] = _score(score, names, content.edition.has_points)
    if content.edition.has_points:
        found = values["results"]
        for result in found["case_studies"]:
            figures.totals[result["number"]] = (result["total"], result["out_of"], tuple(result["missing"]))
        figures.domains = [_of(result) or "No total" for result in found["domains"]]
        overall = (_of(found["overall"]) or "No rating", found["overall"]["rating"])
        figures.overall = " ".join(part for part in overall if part)
    return figures


def _score(score, names, has_points):
    if score is None or score == "na":
        return _no_score(has_points) if score is None else "Not applicable"
    return _joined([score if has_points or score not in names else None, names.get(score)])


def _of(result):
    return "" if result["total"] is None else f"{number_words(result['total'])}/{result['out_of']}"


def words_of_html(data):
    """All words of the page, without white space, for a text that lines may break anywhere."""
    return re.sub(r"\s", "", lxml_html.fromstring(data.decode()).text_content())
