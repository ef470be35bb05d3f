"""Django's own `{% csrf_token %}`, and beside it who the page was made for (see edsportal/web/pending_forms.py).

In every template without `{% load %}`, so that no form can go without.
"""

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from edsportal.web.pending_forms import note_of

register = template.Library()


class TokenAndNoteNode(CsrfTokenNode):
    def render(self, context):
        token = super().render(context)
        user = context.get("user")
        if not token or not getattr(user, "is_authenticated", False):
            return token
        note = '{}<input type="hidden" name="typed_by" value="{}" autocomplete="off">'
        return format_html(note, token, note_of(user))


@register.tag
def csrf_token(parser, token) -> TokenAndNoteNode:
    return TokenAndNoteNode()
