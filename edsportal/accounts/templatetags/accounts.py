import segno
from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def qr_picture(words: str) -> SafeString:
    """A picture for phones that stands for these words, as SVG with a name for screen readers."""
    svg = segno.make(words, error="m", micro=False)
    options = {
        "omitsize": True,
        "svgclass": "app-qr__picture",
        "lineclass": None,
        "title": "QR code for your app",
    }
    return mark_safe(svg.svg_inline(**options))  # noqa: S308 (segno writes no text but the title)
