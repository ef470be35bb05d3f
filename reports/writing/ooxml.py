"""What Word and Excel files have in common: both are XML in a zip file. Pure: bytes in, bytes out."""

import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from io import BytesIO

from eds.content import ReportContent
from eds.text import labels

EARLIEST, LATEST = date(1980, 1, 1), date(2107, 12, 31)  # the days that a zip file can bear
CORE = "docProps/core.xml"
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")

# Line breaks of other programs (Word's own is \v), and what no XML file may hold (XML 1.0, 2.2).
BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def xml_text(text: str) -> str:
    """The text as an XML file can hold it: line breaks as "\\n", without control characters."""
    return FORBIDDEN.sub("", BREAKS.sub("\n", text))


def made_at(content: ReportContent) -> datetime:
    """The time that the file bears: the start of the content's day, moved into what a zip file can bear."""
    day = min(max(labels.made_on(content), EARLIEST), LATEST)
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 (the libraries take it as UTC)


def settled(
    data: bytes, made: datetime, changes: Mapping[str, Callable[[bytes], bytes]] | None = None
) -> bytes:
    """The same package with every time in it set to `made`, so that equal content gives equal bytes.

    `changes` are functions by the names of the parts that they rewrite.
    """
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == CORE:  # openpyxl writes the time of saving, whatever it was told
                part = MODIFIED.sub(rb"\g<1>" + f"{made:%Y-%m-%dT%H:%M:%SZ}".encode(), part)
            if changes and name in changes:
                part = changes[name](part)
            entry = zipfile.ZipInfo(name, made.timetuple()[:6])
            entry.external_attr = 0o600 << 16
            new.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return file.getvalue()
