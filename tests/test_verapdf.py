"""The check of PDF files tells a good file from a bad one."""

import pytest
from weasyprint import HTML

PAGE = '<html lang="en"><title>Report</title><h1>Report</h1><p><a href="https://example.org/">More</a></p></html>'


@pytest.mark.parametrize(
    ("variant", "profile", "rule"),
    [
        ("pdf/ua-1", "PDFUA-1", None),
        ("pdf/a-3a", "PDFA-3A", None),
        (None, "PDFUA-1", "7.1-11 The logical structure of the conforming file shall be described"),
        (
            "pdf/ua-1",
            "PDFA-3A",
            "6.6.4-1 The PDF/A version and conformance level of a file shall be specified",
        ),
    ],
)
def test_a_file_that_says_less_than_its_standard_asks_is_found(verapdf, tmp_path, variant, profile, rule):
    path = tmp_path / "report.pdf"
    HTML(string=PAGE).write_pdf(path, pdf_variant=variant)
    found = verapdf(path, profile)
    if rule is None:
        assert found == {}
    else:
        assert [name for name in found if name.startswith(rule)] != []
