"""What the labels of the template say, as fields of the report: header, third parties, the stated overall rating."""

import re
from dataclasses import dataclass, field

from eds.content import Header, Stated, ThirdParties
from eds.edition import Edition
from eds.fields import SHORT
from reports.reading.blocks import Block, Notes
from reports.reading.prose.patterns import folded
from reports.reading.template.cells.dates import day_or_month, last_day
from reports.reading.template.cells.ratings import TICKED, UNTICKED, grade_in, points_of
from reports.reading.template.forms import Labels

LEVELS = {"individual": "individual", "partnership": "partnership", "system": "ics"}
TEXTS = ("board_sponsor", "eds_lead")
DAYS = {
    "completed_on": "the date completed",
    "authorised_on": "the date authorised",
    "revision_date": "the revision date",
}
NAMES = ("trade_union_reps", "independent_evaluators", "partners")
YES = re.compile(rf"[{TICKED}]|x|y|yes|true|tick(?:ed)?", re.IGNORECASE)
NO = re.compile(rf"[{UNTICKED}]|n|no|n/a|-|false", re.IGNORECASE)
SEPARATOR = re.compile(r"\n|;(?![^(\n]*\))")  # of names: a line's end, or ";" that is not in brackets
NONE = re.compile(r"n/?a|none|tbc|not applicable|-+", re.IGNORECASE)


@dataclass
class Stating:
    """The fields as they are gathered; the first statement of a field is kept, others are named."""

    edition: Edition
    notes: Notes
    fields: dict = field(default_factory=dict)
    levels: dict[str, tuple[str, Block]] = field(default_factory=dict)
    figures: dict = field(default_factory=dict)

    def add(self, labels: Labels) -> None:
        for name, block, text in labels.values:
            if name in LEVELS and self.levels.get(name, (text,))[0] != text:
                self._name(block, "a level stated a second time")
            elif name in LEVELS:
                self.levels.setdefault(name, (text, block))
            elif text.strip():
                self._add(name, block, text.strip())

    def _add(self, name: str, block: Block, text: str) -> None:
        if name in DAYS:
            self._keep(name, block, self._day(name, block, text))
        elif name == "published":
            self._keep(name, block, self._month(block, text))
        elif name == "engagement_dates":
            self._keep(name, block, self._engagement(block, text))
        elif name in NAMES:
            self._keep(name, block, self._names(block, text))
        elif name == "level":
            self._level(block, text)
        elif name == "overall":
            self._overall(block, text)
        else:
            self._line(name, block, text)

    def _line(self, name: str, block: Block, text: str) -> None:
        if name == "active":
            self._name(block, "the years in which the action plan is active are not part of a report here")
        else:
            self._text(name, block, text)

    def _month(self, block: Block, text: str) -> str | None:
        month = day_or_month(text)
        if month is None:
            self._name(block, "the month published is not a date that we understand")
        return month

    def _name(self, block: Block, why: str) -> None:
        self.notes.skip(block, why)

    def _keep(self, name: str, block: Block, value) -> None:
        if not value:
            return
        if self.fields.setdefault(name, value) != value:
            self._name(block, "stated a second time, in other words")

    def _text(self, name: str, block: Block, text: str) -> None:
        text = " ".join(text.split())
        if len(text) > SHORT:
            self._name(block, f"more than {SHORT} characters")
        elif name == "organisation" and folded(self.fields.get(name, (text,))[0]) == folded(text):
            self.fields.setdefault(name, (text, block))
        elif name == "organisation":
            self._name(block, "a second organisation")
        elif folded(str(self.fields.get(name, text))) == folded(text):
            self.fields.setdefault(name, text)
        else:
            self._name(block, "stated a second time, in other words")

    def _day(self, name: str, block: Block, text: str) -> str | None:
        day = day_or_month(text)
        if day is None:
            self._name(block, f"{DAYS[name]} is not a date that we understand")
        elif len(day) == 7:
            self.notes.assume(block, f"{DAYS[name]} has no day; it is read as the last of the month")
            return last_day(day)
        return day

    def _engagement(self, block: Block, text: str) -> tuple[str, ...]:
        whole = day_or_month(text)
        parts = [text] if whole else [part for part in re.split(r"[\n;,&]|\band\b", text) if part.strip()]
        year = re.search(r"(?:19|20)\d\d", text)
        days, odd = [], []
        for part in parts:
            day = day_or_month(part) or (year and day_or_month(f"{part.strip()} {year.group()}"))
            if not day:
                odd.append(part.strip())
            else:
                days.append(day)
        if odd:
            self._name(block, f"engagement dates that we do not understand: {', '.join(odd)}")
        return tuple(dict.fromkeys(days))

    def _names(self, block: Block, text: str) -> tuple[str, ...]:
        if NONE.fullmatch(text):
            self._name(block, "nobody is named")
            return ()
        between = "\n" if block.is_point else SEPARATOR
        names = [" ".join(part.split()) for part in re.split(between, text)]
        if any(len(name) > SHORT for name in names):
            self._name(block, f"a name of more than {SHORT} characters")
        return tuple(dict.fromkeys(name for name in names if 0 < len(name) <= SHORT))

    def _level(self, block: Block, text: str) -> None:
        plain = text.casefold()
        words = {"individual": "individual", "partnership": "partnership", "ics": "system"}
        levels = [level for level, word in words.items() if word in plain]
        if len(levels) != 1:
            self._name(block, "not a level that the template has")
            return
        self._keep("level", block, levels[0])
        rest = plain.replace("organisation", "").replace(words[levels[0]], "")
        if re.search(r"\w", re.sub(r"integrated care|-?wide|two or more|s\b", "", rest)):
            self._name(block, "the level; the words beside it are not kept")

    def _overall(self, block: Block, text: str) -> None:
        full = sum(self.edition.highest * len(domain.outcomes) for domain in self.edition.domains)
        number = re.search(r"(?<![\d/.])\d{1,3}(?:\.5)?(?:\s*(?:/|out of)\s*\d+)?(?![\d.]*\d)", text)
        figure = points_of(number.group(), full) if number else None
        rating = grade_in(text, self.edition)
        if figure is not None:
            self.figures.setdefault("overall", figure)
        if rating:
            self.figures.setdefault("rating", rating)
        rest = text.replace(number.group(), "") if number and figure is not None else text
        rest = re.sub(rating or "$", "", rest, flags=re.IGNORECASE)
        rest = re.sub(r"activity|points?|score|rating", "", rest, flags=re.IGNORECASE)
        if re.search(r"\w", rest) or (figure, rating) != (
            self.figures.get("overall", figure) if figure is not None else None,
            self.figures.get("rating") if rating else None,
        ):
            self._name(block, "words of the overall rating that are neither its figure nor its name")

    def _settle_levels(self) -> None:
        ticked = []
        for name, (text, block) in self.levels.items():
            if YES.fullmatch(text) or (text == "?" and len(self.levels) == 1):
                ticked.append(LEVELS[name])
            elif text != "?" and not NO.fullmatch(text):
                ticked.append(LEVELS[name])
                if name == "individual":
                    self._name(block, "the name beside the level")
                else:
                    self._keep("partners", block, self._names(block, text))
        if len(ticked) == 1:
            self.fields.setdefault("level", ticked[0])
        elif ticked:
            self.notes.skip(next(iter(self.levels.values()))[1], "more than one level is ticked")

    def header(self) -> Header:
        self._settle_levels()
        names = (*TEXTS, *DAYS, "level", "partners", "engagement_dates", "published")
        return Header(**{name: self.fields[name] for name in names if name in self.fields})

    def third_parties(self) -> ThirdParties:
        names = ("trade_union_reps", "independent_evaluators")
        return ThirdParties(**{name: self.fields[name] for name in names if name in self.fields})

    def stated(self, domains: dict) -> Stated:
        return Stated(domains=domains, **self.figures)

    @property
    def is_empty(self) -> bool:
        return not (self.fields or self.figures)
