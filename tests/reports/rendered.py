"""What the tests read from a report: HTML and PDF."""

from io import BytesIO

import pypdf
from lxml import html as lxml_html

from reports.writing import html_report


def parsed(content):
    return lxml_html.fromstring(html_report.body(content))


def text(element):
    return " ".join(element.text_content().split())


def tables(tree):
    """The rows of each table by its caption, as "cell | cell". What only small screens show is left out."""
    for repeated in tree.xpath("//span[@aria-hidden='true']"):
        repeated.drop_tree()
    return {
        text(table.find("caption")): [" | ".join(text(cell) for cell in row) for row in table.iter("tr")]
        for table in tree.iter("table")
    }


def page_texts(data):
    """The words of each page of a PDF."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(data)).pages]
