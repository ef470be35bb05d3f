"""What Word says of words by a mark or a style: kept as what it shows, or left out and named."""

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.reports.reading.template.template_files import (
    CODES,
    bodies,
    left_out,
    read,
    report,
    statement,
    table,
)

STYLES = tuple(
    f'<w:style NS w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/><w:rPr>{look}</w:rPr></w:style>'
    for kind, name, look in (
        ("paragraph", "Gone", "<w:strike/>"),
        ("character", "Kept", '<w:strike w:val="0"/>'),
        ("character", "Secret", "<w:vanish/>"),
    )
)


def xml(text: str):
    return parse_xml(text.replace(" NS", f" {nsdecls('w', 'r')}", 1))


def run(text: str, properties: str = "") -> str:
    return f'<w:r NS><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(instruction: str, words: str) -> list[str]:
    def mark(kind):
        return f'<w:r NS><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f'<w:r NS><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
    return [mark("begin"), code, mark("separate"), run(words), mark("end")]


def first_evidence(*elements: str, style: str = ""):
    """The evidence of 1A where its cell's paragraph holds these, and what is left out."""
    document = report()
    for text in STYLES:
        document.styles.element.append(xml(text))
    document.add_heading("Domain 1: Commissioned or provided services – Maternity", 1)
    made = table(document, [("Outcome", "Evidence"), *((statement(code), "") for code in CODES[1])])
    paragraph = made.cell(1, 1).paragraphs[0]
    if style:
        paragraph._p.get_or_add_pPr().append(xml(f'<w:pStyle NS w:val="{style}"/>'))
    for element in elements:
        paragraph._p.append(xml(element))
    found = read(document)
    return bodies(found.content.case_studies[0]).get("1A", ""), left_out(found)


@pytest.mark.parametrize(
    ("instruction", "address"),
    [
        (' HYPERLINK "https://example.org/plan" ', "https://example.org/plan"),
        (" HYPERLINK https://example.org/plan ", "https://example.org/plan"),
        (' HYPERLINK "https://example.org/plan" \\l "aims" \\o "Read it" ', "https://example.org/plan#aims"),
        (' hyperlink "mailto:eds@example.org" ', "mailto:eds@example.org"),
        (' HYPERLINK \\l "_Toc1" ', ""),  # a place in the file itself
    ],
)
def test_a_link_of_a_field_keeps_its_address(instruction, address):
    body, _ = first_evidence(*field(instruction, "our plan"))
    assert body == (f"[our plan](<{address}>)" if address else "our plan")


@pytest.mark.parametrize(
    ("struck", "style"),
    [
        (run(" nobody", "<w:strike/>"), ""),
        (run(" nobody", "<w:dstrike/>"), ""),
        (run(" nobody", '<w:strike w:val="0"/><w:dstrike/>'), ""),
        (run(" nobody"), "Gone"),
    ],
)
def test_what_is_struck_through_is_left_out_and_named(struck, style):
    kept = run("Open", '<w:rStyle w:val="Kept"/>')
    body, skipped = first_evidence(kept, struck, style=style)
    assert (body, skipped["nobody"]) == ("Open", "struck-through text")


def test_what_a_style_hides_is_named():
    body, skipped = first_evidence(run("Open"), run(" for now", '<w:rStyle w:val="Secret"/>'))
    assert (body, skipped["for now"]) == ("Open", "hidden text")


@pytest.mark.parametrize(
    ("font", "text", "shown", "named"),
    [
        ("Wingdings", "ü", "✓", set()),
        ("Wingdings 2", "P R", "✓ ☑", set()),
        ("Symbol", "\uf0b3", "≥", set()),
        ("Wingdings", "üZ", "✓", {"Wingdings 5A"}),
        ("Arial", "ü", "ü", set()),
    ],
)
def test_letters_of_a_font_of_symbols_are_what_they_show(font, text, shown, named):
    body, skipped = first_evidence(run(text, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'))
    assert (body, set(skipped)) == (shown, named)
