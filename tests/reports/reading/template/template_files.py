"""Word files in the layouts of NHS England's reporting template, as organisations fill it in."""

from collections.abc import Sequence

import docx

from eds.editions import load
from reports.reading.docx.report import from_docx
from tests.reports.reading.docx.docx_files import saved

EDS = load("EDS 2022")
EDS2 = load("EDS2")
CODES = {domain.number: domain.codes for domain in EDS.domains}
HEAD = ("Domain", "Outcome", "Evidence", "Rating", "Owner (Dept/Lead)")
ORGANISATION = "NHS Westmoor"


def statement(code: str) -> str:
    """The outcome area as the template prints it: "1A: Patients (service users) have …"."""
    return f"{code}: {EDS.outcome(code).statement}"


def table(document, rows: Sequence[Sequence[str]], *, down=(), across=()):
    """A table; `down` merges (first row, last row, column), `across` merges (row, first column, last column)."""
    made = document.add_table(len(rows), max(map(len, rows)), "Table Grid")
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            made.cell(number, column).text = text
    for first, last, column in down:
        made.cell(first, column).merge(made.cell(last, column)).text = rows[first][column]
    for row, first, last in across:
        made.cell(row, first).merge(made.cell(row, last)).text = rows[row][first]
    document.add_paragraph()
    return made


def outcome_rows(ratings: Sequence[str], *, domain: int = 1, evidence: str = "What we did for {code}."):
    """Rows of a domain's table below its head, in the template's five columns."""
    title = f"Domain {domain}: {EDS.domain(domain).title}"
    return [
        (title, statement(code), evidence.format(code=code), rating, f"Lead of {code}")
        for code, rating in zip(CODES[domain], ratings, strict=True)
    ]


def domain_table(document, ratings: Sequence[str], *, domain: int = 1, overall: str = "", **options):
    """One domain's table as the template has it: domain merged down, the overall rating below."""
    rows = [HEAD, *outcome_rows(ratings, domain=domain, **options)]
    last = len(rows) - 1
    across = []
    if overall:
        rows.append((f"{rows[1][0]} overall rating", "", "", overall, ""))
        across = [(last + 1, 0, 2)]
    return table(document, rows, down=[(1, last, 0)], across=across)


def report(title: str = "EDS report 2024"):
    document = docx.Document()
    document.add_heading(title, 0)
    return document


def read(document, **given):
    """What is understood of the document; its organisation and year are given beside it unless said otherwise."""
    given = {"organisation": ORGANISATION, "year": "2024", **given}
    return from_docx(saved(document), given.pop("edition", EDS), **given)


def scores(case_study) -> dict:
    return {code: judgement.score for code, judgement in case_study.scores.items()}


def bodies(case_study) -> dict[str, str]:
    """The text of each outcome area by its code."""
    return {section.outcome: section.body for section in case_study.sections if section.outcome}


def left_out(found) -> dict[str, str]:
    """Why each text is not in the report."""
    return {line.text: line.why for line in found.skipped}
