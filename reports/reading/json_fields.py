"""Reading JSON objects key by key, gathering every problem with its place."""

import json
import re
from collections.abc import Callable, Collection
from datetime import date
from typing import Any, TypeVar

from reports.reading.problems import ImportProblem, Problem, decoded, unstorable

SHORT = 200  # characters of a one-line text
LONG = 1_000_000  # characters of anything else
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")

Read = TypeVar("Read")


class JsonObject(dict):
    """A JSON object that remembers which keys stood in it twice."""

    def __init__(self, pairs: list[tuple[str, Any]]):
        super().__init__(pairs)
        keys = [key for key, _ in pairs]
        self.repeated = sorted({key for key in keys if keys.count(key) > 1}) if len(self) < len(keys) else []


def parsed(text: str | bytes) -> JsonObject:
    """The one object that a file holds. Raises ImportProblem, with the line, where it is not JSON."""
    text = decoded(text)
    try:
        value = json.loads(text, object_pairs_hook=JsonObject)
    except json.JSONDecodeError as error:
        line = text.split("\n")[error.lineno - 1]
        found = f"not JSON ({error.msg}, column {error.colno})"
        raise ImportProblem([Problem(found=found, expected="JSON", line=error.lineno, text=line)]) from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, or lists 1,000 deep
        problem = Problem(found="a number too long, or lists too deep, to read", expected="eds-report/1")
        raise ImportProblem([problem]) from error
    if not isinstance(value, JsonObject):
        raise ImportProblem([Problem(found=described(value), expected="one JSON object")])
    return value


def described(value: Any) -> str:
    """A JSON value in a few words, for a message."""
    if isinstance(value, str):
        return f"“{value if len(value) <= 40 else value[:39] + '…'}”"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    return json.dumps(value)[:40]


class Fields:
    """One JSON object at a place. Each method reads a key; a wrong value is noted, and is None or empty."""

    def __init__(self, values: JsonObject, place: str, problems: list[Problem]):
        self._values = values
        self._place = place
        self._problems = problems
        self._read: set[str] = set()

    def place(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key

    def refuse(self, place: str, found: str, expected: str) -> None:
        self._problems.append(Problem(place=place, found=found, expected=expected))

    def value(self, key: str) -> Any:
        self._read.add(key)
        return self._values.get(key)

    def finish(self) -> None:
        """Notes every key that nothing has read, and every key that stands twice."""
        expected = ", ".join(sorted(self._read)) or "nothing here"
        for key in self._values:
            if key not in self._read:
                self.refuse(self.place(key), "an unknown key", f"one of: {expected}")
        for key in self._values.repeated:
            self.refuse(self.place(key), "the same key twice", "it once")

    # Text

    def text(
        self,
        key: str,
        *,
        required: bool = False,
        longest: int = SHORT,
        pattern: str = "",
        expected: str = "text",
    ) -> str | None:
        """Text, or None for null and for nothing between the quotes. `pattern` describes the whole of it."""
        value = self.value(key)
        if value is None or value == "":
            if required:
                self.refuse(self.place(key), "nothing", expected)
            return None
        text = self._text(self.place(key), value, longest)
        if text is None:
            return None
        if (required and not text.strip()) or (pattern and not re.fullmatch(pattern, text)):
            self.refuse(self.place(key), described(text), expected)
        return text

    def _text(self, place: str, value: Any, longest: int) -> str | None:
        if not isinstance(value, str):
            self.refuse(place, described(value), "text")
            return None
        if len(value) > longest:
            self.refuse(place, f"{len(value)} characters", f"at most {longest}")
        if found := unstorable(value):
            self.refuse(place, found, "text without it")
        return value

    def one_of(self, key: str, allowed: Collection[str], *, required: bool = False) -> str | None:
        value = self.value(key)
        if value is None and not required:
            return None
        if not isinstance(value, str) or value not in allowed:
            self.refuse(self.place(key), described(value), f"one of: {', '.join(allowed)}")
            return None
        return value

    def day(self, key: str, *, or_month: bool = False) -> str | None:
        """A date "2025-02-28", or where allowed a month "2025-02", as text."""
        value = self.value(key)
        return None if value in (None, "") else self._day(self.place(key), value, or_month=or_month)

    def _day(self, place: str, value: Any, *, or_month: bool) -> str | None:
        if isinstance(value, str):
            whole = f"{value}-01" if or_month and MONTH.fullmatch(value) else value
            try:
                if DAY.fullmatch(whole) and date.fromisoformat(whole):
                    return value
            except ValueError:
                pass
        expected = "a date like 2025-02-28" + (", or a month like 2025-02" if or_month else "")
        self.refuse(place, described(value), expected)
        return None

    # Numbers

    def whole_number(self, key: str) -> int | None:
        """A required whole number from 1."""
        value = self.value(key)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 9999:
            self.refuse(self.place(key), described(value), "a whole number from 1 to 9999")
            return None
        return value

    def points(self, key: str) -> int | float | None:
        """Points that somebody claims, from 0 and with at most one decimal place."""
        value = self.value(key)
        if value is None:
            return None
        if not is_number(value) or not 0 <= value < 1000 or round(value, 1) != value:
            self.refuse(self.place(key), described(value), "a number of points, like 5 or 2.5")
            return None
        return value

    def yes_or_no(self, key: str) -> bool:
        value = self.value(key)
        if value is not None and not isinstance(value, bool):
            self.refuse(self.place(key), described(value), "true or false")
        return value is True

    # Objects and lists

    def object(self, key: str, read: Callable[["Fields"], Read]) -> Read:
        """The object under this key, read by that function; null is an object without keys."""
        return self._object(self.place(key), self.value(key), read)

    def _object(self, place: str, value: Any, read: Callable[["Fields"], Read]) -> Read:
        problems = self._problems
        if value is None:
            value = JsonObject([])
        elif not isinstance(value, JsonObject):
            self.refuse(place, described(value), "an object")
            value, problems = JsonObject([]), []  # what it lacks is no further news
        fields = Fields(value, place, problems)
        result = read(fields)
        fields.finish()
        return result

    def objects(self, key: str, read: Callable[["Fields"], Read]) -> tuple[Read, ...]:
        return tuple(
            self._object(place, JsonObject([]) if value is None else value, read)
            for place, value in self._items(key)
        )

    def keyed(self, key: str, allowed: Collection[str], read: Callable[["Fields"], Read]) -> dict[str, Read]:
        """An object whose keys are outcome codes and whose values are objects."""
        return self.object(
            key,
            lambda fields: {
                code: fields.object(code, read)
                for code in fields.keys(allowed)
                if fields.value(code) is not None
            },
        )

    def keys(self, allowed: Collection[str]) -> list[str]:
        """The allowed keys that are there. Any other will be refused with these named."""
        self._read.update(allowed)
        return [key for key in self._values if key in allowed]

    def texts(self, key: str, *, longest: int = SHORT) -> tuple[str, ...]:
        found = []
        for place, value in self._items(key):
            text = self._text(place, value, longest)
            if text is not None and not text.strip():
                self.refuse(place, described(text), "text")
            found.append(text)
        return tuple(text for text in found if text)

    def days(self, key: str) -> tuple[str, ...]:
        found = [self._day(place, value, or_month=False) for place, value in self._items(key)]
        return tuple(day for day in found if day)

    def members(self, key: str, allowed: Collection) -> tuple:
        """A list without repetition of what is allowed: outcome codes, domain or case study numbers."""
        members: list = []
        for place, value in self._items(key):
            member = self._member(place, value, allowed)
            if member in members:
                self.refuse(place, f"{described(value)} a second time", "each once")
            elif member is not None:
                members.append(member)
        return tuple(members)

    def member(self, key: str, allowed: Collection) -> Any:
        """One of what is allowed, required."""
        return self._member(self.place(key), self.value(key), allowed)

    def _member(self, place: str, value: Any, allowed: Collection) -> Any:
        if isinstance(value, str | int) and not isinstance(value, bool) and value in allowed:
            return value
        known = ", ".join(str(member) for member in allowed) or "nothing here"
        self.refuse(place, described(value), f"one of: {known}")
        return None

    def _items(self, key: str) -> list[tuple[str, Any]]:
        """Each item of a list with its place."""
        value = self.value(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.refuse(self.place(key), described(value), "a list")
            return []
        return [(f"{self.place(key)}[{index}]", item) for index, item in enumerate(value)]


def is_number(value: Any) -> bool:
    """True for an int or float. True and false are not numbers; NaN is one, and lies within no limits."""
    return isinstance(value, int | float) and not isinstance(value, bool)
