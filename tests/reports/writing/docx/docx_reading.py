"""What the tests read from a report as a Word file, and a report in which authors wrote all that they can."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import docx
from docx.oxml.ns import qn

from eds.content import Section
from reports.writing.docx.report import to_docx
from tests.reports.samples import FULL, TALKING

MARKDOWN = """# Reach

It is **open** to *everyone*, see [the figures](https://example.org/a?b=1&c=2), [this](javascript:alert) and `code`.

1. first
2. second
   - inner

     more of inner
3. third

between

5. anew

> They listened.

| Group | Share |
|---|---|
| Women | 51% |

{ INCLUDETEXT "C:\\\\secret.txt" } =SUM(1) <b>bold</b>
"""
WRITTEN = replace(
    FULL,
    case_studies=(
        replace(
            TALKING,
            sections=(
                Section(heading="Background", body=MARKDOWN),
                Section(heading="1B", outcome="1B", body=MARKDOWN),
            ),
        ),
        *FULL.case_studies[1:],
    ),
)


def opened(content):
    return docx.Document(BytesIO(data_of(content)))


def data_of(content) -> bytes:
    """The Word file, made once for each content."""
    if id(content) not in MADE:
        MADE[id(content)] = content, to_docx(content)  # kept, so that nothing else gets its number
    return MADE[id(content)][1]


MADE = {}
LEVELS = {f"Heading {level}": level for level in range(1, 7)} | {"Short part": 1}
CODES = re.compile(r"<w:(?:instrText|fldSimple|fldChar|object|altChunk|subDoc)")
FIELDS = re.compile(r'<w:instrText[^>]*>([^<]*)<|w:instr="([^"]*)"')


def fields(files):
    """The codes of all fields, by the file they are in. Nothing else in the files may run."""
    found = {
        name: [a or b for a, b in FIELDS.findall(text)] for name, text in files.items() if CODES.search(text)
    }
    assert not [name for name, text in files.items() if re.search(r"<w:(?:object|altChunk|subDoc)", text)]
    return found


OWN_FIELDS = {
    "word/document.xml": [' TOC \\o "1-2" \\h \\z \\u '],
    "word/footer1.xml": ["PAGE", "NUMPAGES"],
}


def headings(document, *levels):
    return [part.text for part in document.paragraphs if LEVELS.get(part.style.name) in levels]


def rows(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def table_named(document, caption):
    (found,) = (
        table
        for table in document.tables
        if table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == caption
    )
    return found


def parts(data):
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}
