"""The colour of a table's cell by its name, where a report shows a rating by nothing but a colour."""

import colorsys
import re

from docx.oxml.ns import qn

NAMES = (
    (20, "Red"),
    (70, "Amber"),
    (170, "Green"),
    (250, ""),
    (330, "Purple"),
    (360, "Red"),
)  # degrees of hue
PALE = 0.25  # saturation below which a shade is a grey or a tint of the page


def colour_of(cell) -> str:
    """Red, Amber, Green or Purple, by the shade of the cell; "" for any other, and for none."""
    shade = cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
    fill = "" if shade is None else shade.get(qn("w:fill"), "")
    if not re.fullmatch("[0-9A-Fa-f]{6}", fill):
        return ""
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < PALE or value < PALE:
        return ""
    return next(name for most, name in NAMES if hue * 360 <= most)
