"""What a field of a report or an edition may hold, for pydantic: `eds.content` and `eds.edition` are annotated with it.

To make a value takes no notice of any of this. `TypeAdapter(…).validate_python(values, context=…)` does, for values
as JSON holds them. The context says what the edition and the report around a field allow: a mapping with "edition",
"code", "domain", "points", "case_study", "member" and "interest", each but the first a sequence, and "domain_of",
the domain of each case study. Without a context any code and any number will do.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ConfigDict, WrapValidator
from pydantic_core import PydanticCustomError, core_schema

SHORT = 200  # characters of a one-line text
LONG = 1_000_000  # characters of anything else
YEAR, A_YEAR = r"[0-9]{4}(-[0-9]{2})?", "a year like 2024 or 2024-25"
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
LARGEST = 10**12  # bytes of a file
UNKNOWN = "an unknown key"


@dataclass(frozen=True)
class Refused:
    """Stands in the values for one that is refused whatever its field allows."""

    found: str
    expected: str


def described(value: Any) -> str:
    """A JSON value in a few words, for a message."""
    if isinstance(value, str):
        return f"“{value if len(value) <= 40 else value[:39] + '…'}”"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    return json.dumps(value)[:40]


def refusal(value: Any, expected: str, found: str = "") -> PydanticCustomError:
    """The error that says what was found, in our words, and what was expected instead of it."""
    if isinstance(value, Refused):
        found, expected = value.found, value.expected
    values = {"found": found or described(value), "expected": expected}
    return PydanticCustomError("refused", "{found}; expected {expected}", values)


def one_of(allowed: Iterable) -> str:
    return f"one of: {', '.join(str(member) for member in allowed) or 'nothing here'}"


NEWEST = 2  # version of the JSON form


def since(version: int, *, key: str | None = None) -> dict[str, Any]:
    """The metadata of a field that older versions of the JSON form lack; `key` is its name there."""
    return {"since": version, "key": key}


def key_of(part: Field) -> str:
    """What the JSON form calls a field of a dataclass."""
    return part.metadata.get("key") or part.name


class Record:
    """A dataclass whose JSON object has its fields as keys. Null and empty text are the same as a key left out."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler):
        schema = dict(handler.resolve_ref_schema(handler(source)))
        name = schema.pop("ref")  # under it pydantic finds this again where the class is used a second time
        return core_schema.with_info_before_validator_function(cls._completed, schema, ref=name)

    @classmethod
    def _completed(cls, values: Any, info: Any) -> Any:
        """The values with null for each needed key that is missing, so that its own field refuses it."""
        if isinstance(values, cls):
            return values
        if not isinstance(values, dict | None):
            raise refusal(values, "an object")
        version = (info.context or {}).get("version", NEWEST)
        known = [part for part in fields(cls) if part.metadata.get("since", 1) <= version]
        values = with_unknown_refused(values or {}, [key_of(part) for part in known])
        values = _by_field(values, known)
        defaults = {part.name: _default(part) for part in known}
        needed = {name: None for name, default in defaults.items() if default is MISSING}
        return needed | {
            key: value for key, value in values.items() if not _is_left_out(value, defaults.get(key))
        }


def _by_field(values: Mapping[str, Any], known: Iterable[Field]) -> dict[str, Any]:
    """Values by the names of the dataclass's fields instead of the JSON form's keys."""
    names = {key_of(part): part.name for part in known}
    return {names.get(key, key): value for key, value in values.items()}


def _default(part: Field) -> Any:
    return part.default if part.default_factory is MISSING else part.default_factory()


def _is_left_out(value: Any, default: Any) -> bool:
    return value is None or (value == "" and (default is None or default == ""))


def with_unknown_refused(values: Mapping[str, Any], known: Iterable[str]) -> dict[str, Any]:
    return {key: value if key in known else _unknown(value, known) for key, value in values.items()}


def _unknown(value: Any, known: Iterable[str]) -> Refused:
    if isinstance(value, Refused) and value.found == UNKNOWN:
        return value  # by somebody who knows more
    return Refused(UNKNOWN, one_of(sorted(known)))


class Leaf:
    """A field that holds no other: `read` gives its value, or raises `refusal`."""

    def __get_pydantic_core_schema__(self, source, handler):
        return core_schema.with_info_plain_validator_function(
            lambda value, info: self.read(value, info.context)
        )

    def read(self, value: Any, context: dict | None) -> Any:
        raise NotImplementedError


@dataclass(frozen=True)
class Text(Leaf):
    """Text, by default of one line. `pattern` describes the whole of it; "needed" text says something."""

    longest: int = SHORT
    needed: bool = True
    pattern: str = ""
    expected: str = "text"

    def read(self, value: Any, context: dict | None) -> str:
        if value is None or (value == "" and self.needed):
            raise refusal(value, self.expected, "nothing")
        if not isinstance(value, str):
            raise refusal(value, "text")
        if len(value) > self.longest:
            raise refusal(value, f"at most {self.longest}", f"{len(value)} characters")
        if (self.needed and not value.strip()) or (self.pattern and not re.fullmatch(self.pattern, value)):
            raise refusal(value, self.expected)
        return value


@dataclass(frozen=True)
class Holds(Leaf):
    """What passes the test. `absent` says in a message what null is."""

    test: Callable[[Any], bool]
    expected: str
    absent: str = "null"

    def read(self, value: Any, context: dict | None) -> Any:
        if not self.test(value):
            raise refusal(value, self.expected, self.absent if value is None else "")
        return value


@dataclass(frozen=True)
class OneOf(Leaf):
    """One of these texts."""

    allowed: tuple[str, ...]

    def read(self, value: Any, context: dict | None) -> str:
        if not isinstance(value, str) or value not in self.allowed:
            raise refusal(value, one_of(self.allowed))
        return value


@dataclass(frozen=True)
class Known(Leaf):
    """One of what the context lists under this name. As a key, a number is read from its digits."""

    name: str
    is_key: bool = False

    def read(self, value: Any, context: dict | None) -> Any:
        if context is None:
            return value
        allowed = {str(member) if self.is_key else member: member for member in context[self.name]}
        if isinstance(value, bool) or not isinstance(value, str | int) or value not in allowed:
            raise refusal(value, one_of(allowed), UNKNOWN if self.is_key else "")
        return allowed[value]


class OnScale(Leaf):
    """A whole number on the edition's scale, or a half point, which the checks find. "na" where it is allowed."""

    def read(self, value: Any, context: dict | None) -> int | float:
        edition = context and context["edition"]
        highest, halves = (edition.highest, 2 if edition.has_points else 1) if edition else (LARGEST, 2)
        if is_number(value) and 0 <= value <= highest and value * halves == int(value * halves):
            return int(value) if value == int(value) else value
        expected = f"a whole number from 0 to {highest}, or null where there is no score"
        if edition and edition.allows_not_applicable:
            expected += ', or "na" with a rationale'
        raise refusal(value, expected)


def is_number(value: Any) -> bool:
    """True for an int or float. True and false are not numbers; NaN is one, and lies within no limits."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: Any, lowest: int, highest: int) -> bool:
    return is_number(value) and isinstance(value, int) and lowest <= value <= highest


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(DAY.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False


def _is_day_or_month(value: Any) -> bool:
    return _is_day(value) or (
        isinstance(value, str) and bool(MONTH.fullmatch(value)) and _is_day(f"{value}-01")
    )


# The kinds of field

A_DAY = "a date like 2025-02-28"
Line = Annotated[str, Text()]
LongText = Annotated[str, Text(LONG)]
AnyLine = Annotated[str, Text(needed=False)]  # may be blanks alone
AnyText = Annotated[str, Text(LONG, needed=False)]
Day = Annotated[str, Holds(_is_day, A_DAY, "nothing")]
DayOrMonth = Annotated[str, Holds(_is_day_or_month, f"{A_DAY}, or a month like 2025-02")]
Year = Annotated[str, Text(pattern=YEAR, expected=A_YEAR)]
YesOrNo = Annotated[bool, Holds(lambda value: isinstance(value, bool), "true or false")]
Count = Annotated[int, Holds(lambda value: _is_whole(value, 1, 9999), "a whole number from 1 to 9999")]
Bytes = Annotated[int, Holds(lambda value: _is_whole(value, 0, LARGEST), "a number of bytes")]
Points = Annotated[
    int | float,
    Holds(
        lambda value: is_number(value) and 0 <= value < 1000 and round(value, 1) == value,
        "a number of points, like 5 or 2.5",
    ),
]
Score = Annotated[int | float, OnScale()]
Code = Annotated[str, Known("code")]
CodeKey = Annotated[str, Known("code", is_key=True)]
DomainNumber = Annotated[int, Known("domain")]
DomainKey = Annotated[int, Known("domain", is_key=True)]
CaseStudyNumber = Annotated[int, Known("case_study")]


# Lists and objects


def each_once(name: str = "", of: str = "") -> BeforeValidator:
    """For a list whose items don't repeat, or for the list `of` objects whose values of that name don't."""

    def marked(items: Any) -> Any:
        return _with_repeats_refused(items, name, of) if isinstance(items, list) else items

    return BeforeValidator(marked)


def _with_repeats_refused(items: list, name: str, of: str) -> list:
    values = [item.get(name) if isinstance(item, dict) else None for item in items] if name else items
    marked = []
    for item, value in zip(items, values, strict=True):
        first = values.index(value)
        if value is None or first == len(marked):
            marked.append(item)
        elif name:
            marked.append(item | {name: Refused(f"{value}, as in {of}[{first}]", "each once")})
        else:
            marked.append(Refused(f"{described(value)} a second time", "each once"))
    return marked


def _without_nulls(values: Mapping) -> dict:
    return {key: value for key, value in values.items() if value is not None and value != ""}


WithoutNulls = AfterValidator(_without_nulls)  # for an object by code or number


def within(narrowed: Callable[[dict, dict], dict]) -> WrapValidator:
    """For an object whose own values narrow what it may hold: `narrowed` gives the changes of the context."""

    def read(values: Any, handler, info) -> Any:
        if info.context is None or not isinstance(values, dict):
            return handler(values)
        before = dict(info.context)
        info.context.update(narrowed(values, before))
        try:
            return handler(values)
        finally:
            info.context.update(before)

    return WrapValidator(read)


def codes_of_domain(values: dict, context: dict) -> dict:
    """Of a case study: the outcome areas of its domain."""
    return _codes(context, values.get("domain"))


def codes_of_case_study(values: dict, context: dict) -> dict:
    """Of what is said about a case study: the outcome areas of its domain."""
    number = values.get("case_study")
    return _codes(context, context["domain_of"].get(number) if isinstance(number, int) else None)


def _codes(context: dict, domain: Any) -> dict:
    known = domain in context["domain"]
    return {"code": context["edition"].domain(domain).codes} if known else {}


def case_studies_of_domain(values: dict, context: dict) -> dict:
    """Of what is said about a domain: its case studies."""
    if (domain := values.get("domain")) not in context["domain"]:
        return {}
    return {"case_study": [number for number, other in context["domain_of"].items() if other == domain]}


def of_other_edition(values: dict, context: dict) -> dict:
    """Of another report: the codes and domains of its own framework, which is known only if it is this one."""
    same = values.get("framework") == context["edition"].name
    return {} if same else {"code": (), "domain": ()}


def not_applicable(values: Any, info) -> Any:
    """The values of a judgement, whose score of "na" is how JSON says that it is not applicable."""
    if not isinstance(values, dict):
        return values
    values = with_unknown_refused(values, ("score", "rationale"))
    allowed = info.context is None or info.context["edition"].allows_not_applicable
    if values.get("score") != "na" or not allowed:
        return values
    if not str(values.get("rationale") or "").strip():
        values["rationale"] = Refused("nothing", "the reason why the outcome is not applicable")
    return {"not_applicable": True} | values | {"score": None}


StatusAsStored = AfterValidator(lambda status: "not_started" if status == "open" else status)
