"""Reports as Word files, made from lines of text in the ways in which people write them."""

import re
import zipfile
from io import BytesIO

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

TAG = re.compile(r"\[bookmark: ([^\]]*)\]")
TYPED_NUMBER = re.compile(r"1\. (.*)")
LETTERED = re.compile(r"(1[a-d])[).] (.*)", re.DOTALL)
SCORE = re.compile(r"(1[A-D]): (.*): ([0-3]/3)")
TOTAL = re.compile(r"Total: ([0-9]+/12)")
BOX = """<w:r {ns}><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
<mc:Choice Requires="wps" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:drawing>
<wps:wsp><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>
<mc:Fallback><w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""
NOTES = """<?xml version="1.0" encoding="UTF-8"?><w:footnotes {ns}>
<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>{notes}</w:footnotes>"""


class Shape:
    """Plain paragraphs, with headings as Word's own heading styles. Other shapes change a way of writing."""

    def __init__(self):
        self.document = docx.Document()

    def made(self, text: str) -> bytes:
        for line in text.splitlines():
            marked = any(tag.startswith("_Toc") for tag in TAG.findall(line))
            words = TAG.sub("", line).strip()
            if words:
                self.line(words, marked)
        self.finish()
        file = BytesIO()
        self.document.save(file)
        return file.getvalue()

    def line(self, words: str, marked: bool) -> None:
        if marked:
            self.heading(words)
        elif words.startswith("· "):
            self.point(words.removeprefix("· ").strip())
        elif found := TYPED_NUMBER.fullmatch(words):
            self.numbered(found.group(1))
        elif found := LETTERED.fullmatch(words):
            self.lettered(*found.groups())
        elif found := SCORE.fullmatch(words):
            self.score(*found.groups())
        elif found := TOTAL.fullmatch(words):
            self.total(found.group(1))
        else:
            self.paragraph(words)

    def heading(self, words):
        self.document.add_heading(words, 2)

    def point(self, words):
        self.document.add_paragraph(words, style="List Bullet")

    def numbered(self, words):
        self.document.add_paragraph(f"1. {words}")

    def lettered(self, label, words):
        self.document.add_paragraph(f"{label}) {words}")

    def score(self, code, words, score):
        self.document.add_paragraph(f"{code}: {words}: {score}")

    def total(self, total):
        self.document.add_paragraph(f"Total: {total}")

    def paragraph(self, words):
        return self.document.add_paragraph(words)

    def finish(self):
        pass


class BoldOnly(Shape):
    """No styles at all: headings are bold, points are typed."""

    def heading(self, words):
        self.document.add_paragraph().add_run(words).bold = True

    def point(self, words):
        self.document.add_paragraph(f"·\t{words}")


class ScoreTables(Shape):
    """The panel's scores stand in a table, with words in one column and scores in another."""

    table = None

    def heading(self, words):
        self.table = None
        super().heading(words)

    def score(self, code, words, score):
        if self.table is None:
            self.table = self.document.add_table(rows=1, cols=3)
            self.row("Outcome", "What it says", "Score", row=self.table.rows[0])
        self.row(code, words, score)

    def total(self, total):
        self.row("Total", "", total)

    def row(self, *texts, row=None):
        for cell, text in zip((row or self.table.add_row()).cells, texts, strict=True):
            cell.text = text


class Tracked(Shape):
    """Each second paragraph was inserted, words and a whole paragraph were deleted, all with tracked changes."""

    count = 0

    def paragraph(self, words):
        self.count += 1
        made = super().paragraph(words)
        if self.count % 2:
            for run in list(made.runs):
                change = OxmlElement("w:ins")
                run._r.addprevious(change)
                change.append(run._r)
        made._p.append(deleted("DELETED WORDS"))
        gone = self.document.add_paragraph()
        gone._p.append(deleted("DELETED PARAGRAPH"))
        gone._p.get_or_add_pPr().append(
            parse_xml(f"<w:rPr {nsdecls('w')}><w:del w:id='1' w:author='A'/></w:rPr>")
        )
        return made


def deleted(words):
    return parse_xml(
        f"<w:del {nsdecls('w')} w:id='1' w:author='A'><w:r><w:delText>{words}</w:delText></w:r></w:del>"
    )


class TextBoxes(Shape):
    """What people said stands in text boxes beside the text."""

    def paragraph(self, words):
        if not words.startswith("“"):
            return super().paragraph(words)
        made = super().paragraph("")
        inside = docx.Document().add_paragraph(words)._p.xml
        made._p.append(parse_xml(BOX.format(ns=nsdecls("w"), inside=inside)))
        return made


class OwnNumbers(Shape):
    """Numbered lists, and the labels 1a) to 1d), are counted by Word itself."""

    lists = 0

    def heading(self, words):
        super().heading(words)
        if words.startswith("Case study"):
            self.labels = self.new_list("lowerLetter", "1%1)")
        self.numbers = self.new_list("decimal", "%1.")

    def numbered(self, words):
        self.listed(words, self.numbers)

    def lettered(self, label, words):
        self.listed(words, self.labels)
        self.numbers = self.new_list("decimal", "%1.")

    def listed(self, words, number):
        properties = self.document.add_paragraph(words)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, number

    def new_list(self, format, text):
        numbering = self.document.part.numbering_part.element
        self.lists += 1
        identity = str(1000 + self.lists)
        abstract = (
            f"<w:abstractNum {nsdecls('w')} w:abstractNumId='{identity}'><w:lvl w:ilvl='0'><w:start w:val='1'/>"
            f"<w:numFmt w:val='{format}'/><w:lvlText w:val='{text}'/></w:lvl></w:abstractNum>"
        )
        numbering.insert(0, parse_xml(abstract))
        return numbering.add_num(int(identity)).numId


class Furniture(Shape):
    """A page header and footer, a list of contents, a footnote, a comment and a picture's words, hidden text."""

    noted = None

    def paragraph(self, words):
        made = super().paragraph(words)
        if self.noted is None:
            self.noted = made
        return made

    def finish(self):
        section = self.document.sections[0]
        section.header.paragraphs[0].text = "Draft for the board"
        section.footer.paragraphs[0].text = "Page 1"
        entry = self.document.paragraphs[0].insert_paragraph_before("Background\t2")
        style = self.document.styles.add_style("toc 1", 1)
        entry.style = style
        self.noted._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:footnoteReference w:id='2'/></w:r>"))
        hidden = self.noted.add_run("HIDDEN WORDS")
        hidden.font.hidden = True
        self.document.add_comment(self.noted.runs[:1], "Is this so?", author="Rita")


def with_footnote(data: bytes, words: str) -> bytes:
    """The file with a footnote of these words, whose id is 2."""
    note = f"<w:footnote w:id='2'><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote>"
    return with_parts(
        data,
        {
            "word/footnotes.xml": NOTES.format(ns=nsdecls("w"), notes=note),
            "word/_rels/document.xml.rels": lambda part: part.replace(
                "</Relationships>", f"{relation('footnotes', 'footnotes.xml')}</Relationships>"
            ),
            "[Content_Types].xml": lambda part: part.replace(
                "</Types>",
                '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument'
                '.wordprocessingml.footnotes+xml"/></Types>',
            ),
        },
    )


def relation(kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    address = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    return f'<Relationship Id="rIdOwn" Type="{address}" Target="{target}"{mode}/>'


def with_parts(data: bytes, parts: dict) -> bytes:
    """The package with these parts set, or changed by a function of their text."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        for name in [*names, *(name for name in parts if name not in names)]:
            part = parts.get(name, old.read(name) if name in names else b"")
            new.writestr(name, part(old.read(name).decode()) if callable(part) else part)
    return file.getvalue()


def word(*lines: str, shape: type[Shape] = Shape) -> bytes:
    """A small report; a line that begins with "# " is a heading."""
    marked = [f"[bookmark: _Toc1]{line[2:]}" if line.startswith("# ") else line for line in lines]
    return shape().made("\n".join(marked))


def saved(document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()
