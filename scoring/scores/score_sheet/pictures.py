"""The pictures beside easy words, drawn by us. They say nothing that the words beside them don't."""

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.html import format_html
from django.utils.safestring import SafeString

from eds.text.easy_words import GROWTH, PICTURES


@cache
def picture(name: str) -> SafeString:
    """The picture of that name as SVG; "" for a name that there is no picture of."""
    if name not in (*PICTURES, *GROWTH):
        return SafeString("")
    return SafeString(Path(finders.find(f"pictures/{name}.svg")).read_text(encoding="utf-8").strip())


def with_picture(name: str, text: str) -> SafeString:
    """The words with their picture before them."""
    return format_html('<span class="app-easy">{} <span>{}</span></span>', picture(name), text)
