"""The header of a report as labels and words, for the page that shows what was understood."""

import re
from collections.abc import Iterator

from eds.checks.publication import header_fields
from eds.content import ReportContent
from reports.writing.template.front import LEVELS, date_words

DATE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")


def header_words(content: ReportContent) -> Iterator[tuple[str, str]]:
    """Each field that the report fills, but for the organisation's name, and what it says."""
    levels = dict(LEVELS)
    for label, value in header_fields(content):
        values = [value] if isinstance(value, str) else value or ()
        words = [date_words(one) if DATE.fullmatch(one) else levels.get(one, one) for one in values]
        if words and label != "Name of organisation":
            yield label, ", ".join(words).replace("*", "")
