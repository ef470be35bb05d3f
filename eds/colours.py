"""Colours as texts such as "#005eb8": how far they can be told from white, and the nearest that can be read."""

import re

NHS_BLUE = "#005eb8"
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3: text of any size
COLOUR = re.compile("#[0-9a-f]{6}")


def contrast_with_white(colour: str) -> float:
    """The contrast ratio of WCAG 2.2 between the colour and white: 1 for white, 21 for black."""
    return 1.05 / (_luminance(colour) + 0.05)


def can_be_read(colour: str) -> bool:
    """Can everybody read it on white, and white on it?"""
    return contrast_with_white(colour) >= LEAST_CONTRAST


def nearest_darker(colour: str) -> str:
    """The colour itself, or the lightest of its darker shades that can be read on white."""
    parts = _parts(colour)
    shades = (_text(tuple(part * step // 255 for part in parts)) for step in range(255, -1, -1))
    return next(shade for shade in shades if can_be_read(shade))


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _text(parts: tuple[int, ...]) -> str:
    return "#" + "".join(f"{part:02x}" for part in parts)


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it, from sRGB."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
