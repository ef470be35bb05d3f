"""Characters that Word keeps as a font's symbol or as a raised or lowered figure, as plain characters."""

RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
ORDINALS = ("st", "nd", "rd", "th", "tm", "sm", "®", "™", "*", "†", "‡", "a", "o")
WINGDINGS = {
    "6C": "•",
    "6E": "■",
    "6F": "□",
    "71": "❑",
    "72": "❒",
    "76": "❖",
    "78": "☒",
    "9F": "•",
    "A7": "•",
    "A8": "☐",
    "D8": "➢",
    "DF": "←",
    "E0": "→",
    "E8": "➔",
    "FB": "✗",
    "FC": "✓",
    "FD": "☒",
    "FE": "☑",
    "4A": "☺",
    "4C": "☹",
    "4B": "😐",
    "28": "☎",
    "2A": "✉",
    "AB": "★",
    "B7": "•",
    "70": "□",
    "73": "◆",
    "75": "◆",
    "77": "◆",
}
WINGDINGS_2 = {"4F": "✗", "50": "✓", "51": "☒", "52": "☑", "53": "☒", "54": "☒", "A3": "☐", "97": "•"}
SYMBOL = {
    "B7": "•",
    "A7": "•",
    "A3": "≤",
    "B3": "≥",
    "B1": "±",
    "B4": "×",
    "B8": "÷",
    "B9": "≠",
    "BB": "≈",
    "AE": "→",
    "AC": "←",
    "AD": "↑",
    "AF": "↓",
    "B0": "°",
    "D2": "®",
    "D3": "©",
    "D4": "™",
    "6D": "µ",
    "61": "α",
    "62": "β",
}
FONTS = {"wingdings": WINGDINGS, "wingdings 2": WINGDINGS_2, "symbol": SYMBOL}


def symbol(font: str, code: str) -> str:
    """The character of a symbol like "F0FC" in Wingdings; "" for one that we don't know."""
    code = code.upper()
    if not code or len(code) > 4 or not all(digit in "0123456789ABCDEF" for digit in code):
        return ""
    if code.startswith("F0") or int(code, 16) < 256:
        known = FONTS.get(font.casefold(), {}).get(code[-2:].rjust(2, "0"), "")
        return known or ("•" if code in ("F0B7", "F0A7") else "")
    character = chr(int(code, 16))
    return character if character.isprintable() else ""


def raised(text: str) -> str | None:
    """Superscript as plain characters: "10⁴", "1st"; None where none are made for it."""
    if text.strip().casefold() in ORDINALS:
        return text
    return _moved(text, RAISED)


def lowered(text: str) -> str | None:
    """Subscript as plain characters: "CO₂"; None where none are made for it."""
    return _moved(text, LOWERED)


def _moved(text: str, table: dict[int, int]) -> str | None:
    fits = all(character.isspace() or ord(character) in table for character in text)
    return text.translate(table) if fits else None
