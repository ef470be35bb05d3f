"""Pasted HTML with the ways in which Word, Word in a browser and Google Docs say "list", "heading", "bold" put as tags.

Word on a desk sends a point of a list as a paragraph with `mso-list` in its style and the bullet as text; Word in a
browser sends a list for each point, with its level as an attribute; Google Docs wraps all in a `<b>` that is not bold.
"""

import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from eds.text.markdown import SAFE_ADDRESS

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|mso-element\s*:\s*comment-list", re.IGNORECASE)


def prepared(clean: str) -> BeautifulSoup:
    """The HTML with Word's own ways of saying "list", "heading" and "bold" put as tags."""
    soup = BeautifulSoup(clean, "html.parser")
    for tag in soup.find_all(style=HIDDEN):
        tag.decompose()
    for link in soup.find_all("a"):
        if not SAFE_ADDRESS.match(link.get("href", "")):
            link.unwrap()
    _lists_of_word_online(soup)
    _lists_of_word(soup)
    _headings(soup)
    _emphasis(soup)
    _tables(soup)
    for point in soup.find_all("li"):
        if len(paragraphs := point.find_all("p", recursive=False)) == 1:
            paragraphs[0].unwrap()
    return soup


# Lists

LIST = re.compile(r"mso-list\s*:(?!\s*(?:ignore|none|skip))", re.IGNORECASE)
LEVEL = re.compile(r"level(\d{1,2})", re.IGNORECASE)
MARKER = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
ORDERED = re.compile(r"\(?(\d{1,3}|[a-z]|[ivx]{1,5})[.)]", re.IGNORECASE)
DEEPEST = 6


def _lists_of_word_online(soup: BeautifulSoup) -> None:
    """Word in a browser puts each point in a list of its own and says its level: made what Word itself sends."""
    for point in soup.find_all("li", attrs={"data-aria-level": True}):
        level = re.sub(r"\D", "", point["data-aria-level"])[:2] or "1"
        marker = "1." if point.parent is not None and point.parent.name == "ol" else "•"
        span = soup.new_tag("span", style="mso-list:Ignore")
        span.string = marker
        for paragraph in point.find_all("p"):
            paragraph.unwrap()
        point.name, point.attrs = "p", {"style": f"mso-list:l0 level{level}"}
        point.insert(0, span)
    for wrapper in reversed(soup.find_all(["ul", "ol", "div"])):
        inside = [child for child in wrapper.children if isinstance(child, Tag)]
        if inside and all(LIST.search(child.get("style", "")) for child in inside):
            wrapper.unwrap()


def _lists_of_word(soup: BeautifulSoup) -> None:
    """Word sends a point as a paragraph that holds its bullet or number as text."""
    stack: list[tuple[int, Tag]] = []
    for paragraph in soup.find_all("p", style=LIST):
        match = LEVEL.search(paragraph["style"])
        level = min(int(match[1]) if match else 1, DEEPEST)
        marker = _marker(paragraph)
        if not stack or _sibling_before(paragraph) is not stack[0][1]:
            stack = []
        kind = "ol" if ORDERED.fullmatch(marker) else "ul"
        while stack and (stack[-1][0] > level or (stack[-1][0] == level and stack[-1][1].name != kind)):
            stack.pop()
        if not stack or stack[-1][0] < level:
            stack.append((level, _new_list(soup, kind, marker, stack, paragraph)))
        paragraph.name, paragraph.attrs = "li", {}
        stack[-1][1].append(paragraph.extract())


def _new_list(soup: BeautifulSoup, kind: str, marker: str, stack: list, paragraph: Tag) -> Tag:
    number = re.sub(r"\D", "", marker)
    new = soup.new_tag(kind, **({"start": number} if kind == "ol" and number not in ("", "1") else {}))
    if stack:
        stack[-1][1].find_all("li", recursive=False)[-1].append(new)
    else:
        paragraph.insert_before(new)
    return new


def _marker(paragraph: Tag) -> str:
    """The bullet or number that Word wrote before the point; it is taken out."""
    span = paragraph.find("span", style=MARKER)
    return " ".join(span.extract().get_text().split()) if span else ""


def _sibling_before(tag: Tag) -> Tag | None:
    before = tag.previous_sibling
    while isinstance(before, NavigableString) and not before.strip():
        before = before.previous_sibling
    return before


# Headings, emphasis and tables


def _headings(soup: BeautifulSoup) -> None:
    """Word's title, and what Word in a browser says is a heading. A heading is bold by itself."""
    for paragraph in soup.find_all("p"):
        level = re.sub(r"\D", "", paragraph.get("aria-level", ""))
        if "MsoTitle" in paragraph.get("class", []):
            paragraph.name = "h1"
        elif paragraph.get("role") == "heading" and level:
            paragraph.name = f"h{min(max(int(level[:1]), 1), 6)}"
    for heading in soup.find_all(HEADINGS):
        for bold in heading.find_all(["b", "strong"]):
            bold.unwrap()
        for span in heading.find_all(style=True):
            del span["style"]


NORMAL = {
    "strong": re.compile(r"font-weight\s*:\s*(normal|[1-4]00)"),
    "em": re.compile(r"font-style\s*:\s*normal"),
}
STRESSED = {
    "strong": re.compile(r"font-weight\s*:\s*(bold|[6-9]00)"),
    "em": re.compile(r"font-style\s*:\s*italic"),
}


def _emphasis(soup: BeautifulSoup) -> None:
    """Bold and italic as tags, also where a style says so; neighbours of one kind as one."""
    for tag in soup.find_all(["b", "strong", "i", "em"]):
        tag.name = "strong" if tag.name in ("b", "strong") else "em"
        if NORMAL[tag.name].search(tag.get("style", "")):
            tag.name = "span"
    for span in soup.find_all("span", style=True):
        for name, style in STRESSED.items():
            if style.search(span["style"]) and not span.find_parent(name):
                inner = soup.new_tag(name)
                inner.extend(list(span.contents))
                span.append(inner)
    for span in soup.find_all("span"):
        span.unwrap()
    for tag in soup.find_all(["strong", "em"]):
        _join_next(tag)


def _join_next(tag: Tag) -> None:
    """Word cuts a bold sentence into several: "**A****B**" would be no Markdown."""
    while tag.parent is not None:
        after = tag.next_sibling
        space = after if isinstance(after, NavigableString) and not after.strip() else None
        other = space.next_sibling if space is not None else after
        if not isinstance(other, Tag) or other.name != tag.name:
            return
        if space is not None:
            tag.append(space.extract())
        tag.extend(list(other.contents))
        other.extract()


def _tables(soup: BeautifulSoup) -> None:
    """A table in a table is no table in Markdown, nor is one of a single cell, as Word draws a frame."""
    for table in soup.find_all("table"):
        if table.find_parent("table"):
            table.name = "div"
            for part in table.find_all(["thead", "tbody", "tfoot", "tr", "td", "th"]):
                part.name = "div"
        elif len(cells := table.find_all(["td", "th"])) == 1:
            cells[0].name = "div"
            for part in table.find_all(["thead", "tbody", "tfoot", "tr"]):
                part.unwrap()
            table.unwrap()
