"""What a report tells beside its scores: last year, the spread of members' scores, interests; read from each file."""

import json
from dataclasses import dataclass, field
from io import BytesIO

import docx
from docx.oxml.ns import qn
from lxml import html as lxml_html
from openpyxl import load_workbook

from eds.text import labels
from eds.totals import number_words, results


@dataclass
class Told:
    """`years` are totals (last year, now) by name, `apart` what is said for case study and outcome, both as words."""

    years: dict[str, tuple[str, str]] = field(default_factory=dict)
    apart: dict[tuple[int, str], str] = field(default_factory=dict)
    interests: list[tuple[str, str]] = field(default_factory=list)


def _number(points):
    return "No total" if points is None else number_words(points)


def expected(content):
    """Worked out from the content itself."""
    told, before, edition = Told(), content.previous_results, content.edition
    if before is not None and before.framework == edition.name and edition.has_points:
        found = results(content)
        for domain, result in zip(edition.domains, found.domains, strict=True):
            told.years[domain.name] = (_number(before.domains.get(domain.number)), _number(result.total))
        told.years["Overall"] = (_number(before.overall), _number(found.overall.total))
    noun, domains = (
        ("point" if edition.has_points else "grade"),
        {s.number: s.domain for s in content.case_studies},
    )
    told_of = {domains[spread.case_study] for spread in content.panel_scores.spreads if spread.apart}
    for spread in content.panel_scores.spreads:
        if domains[spread.case_study] not in told_of:
            continue
        for code in edition.domain(domains[spread.case_study]).codes:
            points = spread.apart.get(code)
            words = {None: "Not told", 1: f"1 {noun} or none"}.get(points, f"{points} {noun}s")
            told.apart[spread.case_study, code] = words
    told.interests = [(_folded(one.member), _folded(labels.interest(one))) for one in content.interests]
    return told


def _folded(text):
    """Letters and digits: white space, and signs that no XML file can hold, are no matter here."""
    return "".join(letter for letter in text or "" if letter.isalnum())


def _from_tables(content, tables):
    """`tables` are rows of cells by caption, the first of them the header."""
    told = Told()
    for row in tables.get("Points in both years", [])[1:]:
        told.years[row[0]] = (row[1], row[2])
    for domain in content.edition.domains:
        rows = tables.get(f"Spread of members’ scores: {domain.name}", [])
        numbers = [
            spread.case_study
            for study in content.case_studies
            for spread in content.panel_scores.spreads
            if study.domain == domain.number and spread.case_study == study.number
        ]
        for number, row in zip(numbers if rows else [], rows[1:], strict=True):
            told.apart |= {(number, code): said for code, said in zip(rows[0][2:], row[2:], strict=True)}
    told.interests = [(_folded(row[0]), _folded(row[2])) for row in tables.get("Interests declared", [])[1:]]
    return told


def from_html(content, data):
    tree = lxml_html.fromstring(data.decode())
    for repeated in tree.xpath("//span[@aria-hidden='true']"):
        repeated.drop_tree()
    tables = {
        " ".join(table.find("caption").text_content().split()): [
            [" ".join(cell.text_content().split()) for cell in row] for row in table.iter("tr")
        ]
        for table in tree.iter("table")
        if table.find("caption") is not None
    }
    told = _from_tables(content, tables)
    for row in tables.get(f"{content.edition.domain_noun}s and overall rating", [])[1:]:
        if len(row) == 5:  # name, result, last year, change, how it was reached
            total = row[1] if row[1] == "No total" else row[1].split("/")[0].replace("No rating", "No total")
            told.years[row[0].split(":")[0]] = (row[2], total)
    return told


def from_docx(content, data):
    tables = {
        table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")): [
            [" ".join(cell.text.split()) for cell in row.cells] for row in table.rows
        ]
        for table in docx.Document(BytesIO(data)).tables
    }
    return _from_tables(content, tables)


def from_xlsx(content, data):
    book, told = load_workbook(BytesIO(data)), Told()

    def rows(name):
        if name not in book.sheetnames:
            return []
        (table,) = book[name].tables.values()
        return [[cell.value for cell in row] for row in book[name][table.ref]][1:]

    for level, name, was, now, _ in rows("Change"):
        if level == "Total":
            told.years[name] = (_number(was), _number(now))
    noun = "point" if content.edition.has_points else "grade"
    for number, _, _, code, points in rows("Spread"):
        told.apart[number, code] = {None: "Not told", 1: f"1 {noun} or none"}.get(points, f"{points} {noun}s")
    told.interests = [(_folded(row[0]), _folded(row[3])) for row in rows("Interests")]
    return told


def from_json(content, data):
    values, told = json.loads(data), Told()
    before = values.get("previous_results")
    if before and before["framework"] == values["framework"] and content.edition.has_points:
        found = values["results"]
        for domain, result in zip(content.edition.domains, found["domains"], strict=True):
            was = before["domains"].get(str(domain.number))
            told.years[domain.name] = (_number(was), _number(result["total"]))
        told.years["Overall"] = (_number(before["overall"]), _number(found["overall"]["total"]))
    domains = {study["number"]: study["domain"] for study in values["case_studies"]}
    noun = "point" if content.edition.has_points else "grade"
    spreads = values.get("panel_scores", {}).get("spreads", [])
    told_of = {domains[spread["case_study"]] for spread in spreads if spread["apart"]}
    for spread in spreads:
        if domains[spread["case_study"]] not in told_of:
            continue
        for code in content.edition.domain(domains[spread["case_study"]]).codes:
            points = spread["apart"].get(code)
            words = {None: "Not told", 1: f"1 {noun} or none"}.get(points, f"{points} {noun}s")
            told.apart[spread["case_study"], code] = words
    told.interests = [
        (_folded(one["member"]), _folded(labels.INTEREST_CATEGORIES[one["category"]]))
        for one in values.get("interests", [])
    ]
    return told
