"""The pictures beside easy words, drawn by us. They say nothing that the words beside them don't."""

from functools import cache

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from eds.easy_words import GROWTH, PICTURES


@cache
def picture(name: str) -> SafeString:
    """The picture of that name as SVG; "" for a name that there is no picture of."""
    if name not in (*PICTURES, *GROWTH):
        return SafeString("")
    return SafeString(render_to_string(f"components/pictures/{name}.html").strip())


def with_picture(name: str, text: str) -> SafeString:
    """The words with their picture before them."""
    return format_html('<span class="app-easy">{} <span>{}</span></span>', picture(name), text)
