"""Text that authors wrote in Markdown, as HTML for a report: tables fit the page and can be scrolled on a phone."""

from lxml import etree
from lxml import html as lxml_html

from eds.text.markdown import to_html

LINE = 68  # characters of the widest words of a table's columns, side by side, that fit a printed page
SHORTEST = 8  # characters of a word that are never broken
BREAK = "\u200b"  # a place where a line may break, without a hyphen


def author_html(markdown: str, *, heading_level: int) -> str:
    """Safe HTML of the text. A table whose longest words would not fit the page may break them, and no other."""
    made = str(to_html(markdown, heading_level=heading_level))
    if "<table" not in made:
        return made
    root = lxml_html.fragment_fromstring(made, create_parent="div")
    for table in list(root.iter("table")):
        _allow_breaks(table)
        _make_scrollable(table)
    inner = [etree.tostring(child, encoding="unicode", method="html") for child in root]
    return (root.text or "") + "".join(inner)


def _allow_breaks(table: lxml_html.HtmlElement) -> None:
    """Lets words break that are longer than their share of a line, where the columns would be too wide together."""
    rows = [[" ".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
    columns = max((len(row) for row in rows), default=0)
    longest = [max(_longest(row[place]) for row in rows if place < len(row)) for place in range(columns)]
    if sum(longest) + 2 * columns <= LINE:
        return
    most = max(LINE // columns - 2, SHORTEST)
    for cell in table.iter("td", "th"):
        for part in cell.iter():
            part.text = _broken(part.text, most)
            if part is not cell:
                part.tail = _broken(part.tail, most)


def _longest(text: str) -> int:
    return max(map(len, text.split()), default=0)


def _broken(text: str | None, most: int) -> str | None:
    if not text or _longest(text) <= most:
        return text
    return " ".join(
        BREAK.join(word[first : first + most] for first in range(0, len(word), most)) or ""
        for word in text.split(" ")
    )


def _make_scrollable(table: lxml_html.HtmlElement) -> None:
    """A region of its own, which a keyboard can scroll where a screen is narrow."""
    region = table.makeelement("div", {"class": "report-scroll", "tabindex": "0"})
    region.set("role", "group")
    region.set("aria-label", "Table")
    region.tail, table.tail = table.tail, None
    table.getparent().replace(table, region)
    region.append(table)
