"""How reports write a rating: "2", "2 - Achieving activity", "Achieving (2)", "2 out of 3", "Green", "N/A", "TBC"."""

import re
from dataclasses import dataclass

from eds.content import Judgement
from eds.edition import Edition
from eds.totals import whole
from reports.reading.questions import INVISIBLE

COLOURS = {"red": 0, "amber": 1, "yellow": 1, "orange": 1, "green": 2, "purple": 3}  # EDS2's, by score
FIGURES = {"zero": "0", "nought": "0", "one": "1", "two": "2", "three": "3"}
IN_WORDS = re.compile(rf"\b(?:{'|'.join(FIGURES)})\b")
SIGNS = {"🔴": "red", "🟠": "amber", "🟡": "amber", "🟢": "green", "🟣": "purple"}
PIPS = re.compile(r"([●⬤★⭐]+)([○◯☆]*)")  # as many filled ones as points
STARS = "★⭐"  # which need no empty ones beside them
QUOTES = dict.fromkeys(map(ord, "“”‘’\"'"))
FOOTNOTE = re.compile(r"(?<=[\w)])\s*(?:\*+|[¹²³⁴⁵⁶⁷⁸⁹⁰†‡]+)$")
ENDS_OF_RATING = re.compile(r"[:;.,\n]\s+|\s[-–—]\s+|\s(?=\()")
STARTS_OF_RATING = re.compile(r"[:;,(|]\s*|\s[-–—]\s+|\s(?=\S+$)")
LONGEST_WITH_RATING = 500  # characters of a line that ends with a rating
UNSCORED = re.compile(
    r"(?:(?:score|rating|grade)s? )?(?:not|un|yet to be|to be)[ -]*(?:yet )?(?:been )?"
    r"(?:scored|rated|graded|assessed|confirmed|agreed|determined)"
    r"(?: (?:this year|yet|at this time))?|(?:(?:score|rating|grade)s? )?(?:tbc|tba|tbd|pending|awaited)"
    r"|no (?:score|rating|grade)|none|-+",
    re.IGNORECASE,
)
NOT_APPLICABLE = re.compile(r"(?:n ?[/.]? ?a\.?|not applicable)(?: this year)?", re.IGNORECASE)
AVERAGE = re.compile(r"\b(?:average|mean)\b")
OF_WHOM = r"(?:overall|agreed|final|panel|eds|moderated|stakeholder)"
LABEL = re.compile(
    rf"(?:{OF_WHOM} )*(?:(?:rag )?(?:score|rating|grade)|rag|rated|scored|graded)(?: (?:of|as|is)\b|\b|(?=\d))"
    rf"|(?:{OF_WHOM} )*{OF_WHOM}(?=\s*[:=])|\(agreed\)"
)
OUT_OF = re.compile(
    r"(\d+(?:\.\d+)?)\s*(?:/|out of|of)\s*(?:(?:a )?(?:possible|maximum|total)(?: of)? )?(\d+)(?![\d.])"
)
LED_FIGURE = re.compile(r"([0-9]+(?:\.[05])?(?:\s*(?:/|out of)\s*[0-9]+)?)(?![\d./])\b(.*)")
NUMBER = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d+)?(?![\w.]*\d)")
FILLER = re.compile(
    r"\b(?:activity|activities|level|points?|pts|stars?|outcome)\b|[-‑‒–—=:,;/|\\→()\[\]+]|\.(?!\d)"
)
TICKED, UNTICKED = "☑☒✓✔✗✘■⊠", "☐□❏▢"


@dataclass(frozen=True, kw_only=True)
class Rating:
    """What a cell says of an outcome. `note` is what the reader is told where it isn't quite what the cell says."""

    judgement: Judgement
    note: str = ""


def rating_of(text: str, edition: Edition, code: str = "") -> Rating | None:
    """The rating of an outcome that the whole text is; None where it says something else or contradicts itself."""
    plain = " ".join(text.translate(INVISIBLE).replace("½", ".5").split()).casefold().strip(" .:")
    plain = re.sub(r"^(\d),(\d)$", r"\1.\2", FOOTNOTE.sub("", plain).translate(QUOTES))
    plain = IN_WORDS.sub(lambda found: FIGURES[found.group()], _without_pips(plain, edition))
    if not plain or re.match(r"-[0-9]", plain):  # below the scale
        return None
    if NOT_APPLICABLE.fullmatch(plain):
        return _not_applicable(edition, code)
    if UNSCORED.fullmatch(plain.replace("–", "-").replace("—", "-")):
        is_plain = plain in ("not scored", "not assessed", "not rated") or not plain.strip("-–—")
        return Rating(judgement=Judgement(), note="" if is_plain else f"{code} is read as not scored")
    whole_text, plain = plain, AVERAGE.sub(" ", plain)
    scores = _scores(_only_ticked(plain), edition)
    if scores is None or len(scores) != 1:
        return None
    (score,) = scores
    if not 0 <= score <= edition.highest or score * 2 != int(score * 2):
        return None
    note = f"an average, read as the score of {code}" if AVERAGE.search(whole_text) else ""
    return Rating(judgement=Judgement(score=whole(score)), note=note)


def _without_pips(plain: str, edition: Edition) -> str:
    """Signs as figures and words: "●●○" as 2, a green circle as "green"."""
    for sign, colour in SIGNS.items():
        plain = plain.replace(sign, f" {colour} ").strip()
    found = PIPS.fullmatch(plain.replace(" ", ""))
    if found is None:
        return plain
    filled, empty = map(len, found.groups())
    is_scale = filled + empty == edition.highest or (
        filled <= edition.highest and set(found.group(1)) <= set(STARS)
    )
    return str(filled) if is_scale and (empty == 0 or filled + empty == edition.highest) else plain


def led_rating(text: str, edition: Edition, code: str = "") -> tuple[Rating, str] | None:
    """The rating that a text begins with, and the reason that comes after it: "2 – Achieving: most can …"."""
    for end in ENDS_OF_RATING.finditer(text):
        rest = text[end.end() :].strip()
        if len(rest.split()) < 2 or rest[0].isdigit() or grade_in(rest[:40], edition):
            continue
        rating = rating_of(text[: end.start()], edition, code)
        if rating is not None:
            return rating, rest
    return None


def ended_rating(text: str, edition: Edition, code: str = "") -> tuple[str, Rating] | None:
    """The words and the rating that a text ends with: "… levels of access – Score: 2", "Achieving activity (2)"."""
    if len(text) > LONGEST_WITH_RATING:
        return None
    starts = [0, *(start.end() for start in STARTS_OF_RATING.finditer(text))]
    for start in starts:
        found = rating_of(text[start:], edition, code)
        if found is not None and re.search(r"\w", text[start:]):
            return text[:start].strip(" :;,(–—-\t|"), found
    return None


def points_of(text: str, highest: int) -> float | None:
    """The figure of a total like "7", "7/12" or "7 out of 12"; None where it is none, or out of something else."""
    plain = " ".join(text.split()).casefold()
    out_of = OUT_OF.fullmatch(plain)
    if out_of:
        return whole(float(out_of.group(1))) if int(out_of.group(2)) == highest else None
    plain = re.sub(r"\bpoints?\b", "", LABEL.sub("", plain)).strip(" :.()=-–—")
    return whole(float(plain)) if re.fullmatch(r"\d{1,3}(?:\.\d)?", plain) else None


def led_points(text: str, highest: int) -> tuple[float | None, str]:
    """The figure that a total begins with, and the words after it: "8/12 (Developing)"."""
    led = LED_FIGURE.fullmatch(" ".join(text.split()))
    points = points_of(text, highest)
    if points is not None or led is None:
        return points, ""
    return points_of(led.group(1), highest), led.group(2).strip()


def grade_in(text: str, edition: Edition) -> str | None:
    """The one grade or band that the text names, in the edition's words."""
    names = {grade.name for grade in edition.grades} | {band.name for band in edition.bands}
    grades = {name for name in names if re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)}
    return grades.pop() if len(grades) == 1 else None


def _not_applicable(edition: Edition, code: str) -> Rating:
    if edition.allows_not_applicable:
        return Rating(judgement=Judgement(not_applicable=True))
    note = f"{edition.name} has no “not applicable”; {code} is read as not scored"
    return Rating(judgement=Judgement(), note=note)


def _scores(plain: str, edition: Edition) -> set[float] | None:
    """Every score that the text names, in figures, words or colours; None where it says anything else."""
    scores: set[float] = set()
    for match in OUT_OF.finditer(plain):
        if int(match.group(2)) != edition.highest:
            return None
    plain = OUT_OF.sub(r" \1 ", plain)
    plain = re.sub(r"^\s*outcome\b", "", LABEL.sub(" ", plain))
    for grade in edition.grades:
        plain, count = re.subn(rf"\b{re.escape(grade.name.casefold())}\b", " ", plain)
        scores |= {float(grade.score)} if count else set()
    if edition.highest == max(COLOURS.values()):
        for colour, score in COLOURS.items():
            plain, count = re.subn(rf"\b{colour}\b", " ", plain)
            scores |= {float(score)} if count else set()
    plain = re.sub(r"(?<!\d)\.5", "0.5", re.sub(r"(\d) (?=\.5)", r"\1", plain))
    scores |= {float(number) for number in NUMBER.findall(plain)}
    rest = FILLER.sub(" ", NUMBER.sub(" ", plain))
    return None if rest.strip() else scores


def _only_ticked(plain: str) -> str:
    """Of a list of grades with boxes, the one that is ticked."""
    if not any(sign in plain for sign in TICKED):
        return plain.translate(dict.fromkeys(map(ord, UNTICKED)))
    parts = re.split(f"(?=[{TICKED}{UNTICKED}])", plain)
    if parts[0].strip():  # the box stands behind the word
        parts = re.split(f"(?<=[{TICKED}{UNTICKED}])", plain)
    ticked = [part for part in parts if any(sign in part for sign in TICKED)]
    if len(ticked) != 1:
        return plain
    return ticked[0].translate(dict.fromkeys(map(ord, TICKED + UNTICKED)))
