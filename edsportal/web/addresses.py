"""Addresses of rows: a row says what stands for it in addresses, and every page of it is named by that.

url_of(review)                          its own page
url_of(review, "stage")                 another page of it
url_of(review, "panel_member", pk)      a page of something in it
{% url_of review "stage" %}             the same in every template, without `{% load %}`
"""

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag
def url_of(row, name: str = "", *more) -> str:
    """The address of the page of that name, of this row and of what `more` says; of the row's own without a name.

    The row gives its part as `url_args`, and its own page as `get_absolute_url()`.
    """
    return reverse(name, args=[*row.url_args, *more]) if name else row.get_absolute_url()
