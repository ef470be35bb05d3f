"""Reading the JSON form of an annual report, eds-report/2 and /1, with all problems gathered."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter, ValidationError

from eds.content import INTERESTS, CaseStudy, ReportContent
from eds.edition import Edition
from eds.fields import NEWEST, OneOf, Refused, Text, described, key_of, refusal, with_unknown_refused
from reports.reading.problems import ImportProblem, Problem, decoded, unstorable

VERSIONS = {"eds-report/1": 1, "eds-report/2": 2}
FORMAT = "eds-report/2"  # what is written
IGNORED = ("results", "checks")
KEYS = {part.name: key_of(part) for part in fields(CaseStudy)}  # where a place is told
REPORT = TypeAdapter(ReportContent)
EXPECTED = {"tuple_type": "a list", "dict_type": "an object", "mapping_type": "an object"}
Editions = Callable[[str], Edition] | Mapping[str, Edition]


def from_json(text: str | bytes, editions: Editions) -> ReportContent:
    """The report that the text holds. `results` and `checks` in it are not read.

    `editions` gives an edition for its name, and raises LookupError for one that it does not have. Raises
    ImportProblem with everything that is wrong, each with its place, what was found and what was expected.
    """
    values = parsed(text)
    problems = _refused("format", OneOf(tuple(VERSIONS)), values)
    problems += [problem for key in IGNORED for problem in _repeated(key, values)]
    edition = _edition(values, editions, problems)
    try:
        content = REPORT.validate_python(_report_values(values, edition), context=_context(values, edition))
    except ValidationError as error:
        problems += _problems(error)
    if problems:
        raise ImportProblem(problems)
    return content


# JSON


def parsed(text: str | bytes) -> dict[str, Any]:
    """The one object that a file holds. Raises ImportProblem, with the line, where it is not JSON.

    In place of a value that can't be stored, and of one whose key stands twice, is what refuses it.
    """
    text = decoded(text)
    try:
        value = json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        line = text.split("\n")[error.lineno - 1]
        found = f"not JSON ({error.msg}, column {error.colno})"
        raise ImportProblem([Problem(found=found, expected="JSON", line=error.lineno, text=line)]) from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, or lists 1,000 deep
        problem = Problem(found="a number too long, or lists too deep, to read", expected=FORMAT)
        raise ImportProblem([problem]) from error
    if not isinstance(value, dict):
        raise ImportProblem([Problem(found=described(value), expected="one JSON object")])
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in pairs:
        key = key.encode(errors="replace").decode()
        values[key] = Refused("the same key twice", "it once") if key in values else _storable(value)
    return values


def _storable(value: Any) -> Any:
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, str) and (sign := unstorable(value)):
        return Refused(sign, "text without it")
    return value


# The report


def _edition(values: dict[str, Any], editions: Editions, problems: list[Problem]) -> Edition:
    """The edition that the file names. Raises ImportProblem without one: nothing else can be judged then."""
    if wrong := _refused("framework", Text(), values):
        raise ImportProblem(problems + wrong)
    name = values["framework"]
    try:
        return editions[name] if isinstance(editions, Mapping) else editions(name)
    except LookupError as error:
        known = ", ".join(editions) if isinstance(editions, Mapping) else "a framework that is set up here"
        problem = Problem(place="framework", found=described(name), expected=known)
        raise ImportProblem([*problems, problem]) from error


def _refused(key: str, kind: OneOf | Text, values: dict[str, Any]) -> list[Problem]:
    try:
        kind.read(values.get(key), None)
    except ValueError as error:
        return [Problem(place=key, **error.context)]
    return []


def _repeated(key: str, values: dict[str, Any]) -> list[Problem]:
    value = values.get(key)
    return [Problem(place=key, **vars(value))] if isinstance(value, Refused) else []


def _report_values(values: dict[str, Any], edition: Edition) -> dict[str, Any]:
    """What the fields of `ReportContent` are read from."""
    version = _version(values)
    names = {part.name for part in fields(ReportContent) if part.metadata.get("since", 1) <= version} - {
        "edition"
    }
    values = with_unknown_refused(values, names | {"format", "framework", *IGNORED})
    others = ("format", "framework", *IGNORED)
    return {"edition": edition} | {key: value for key, value in values.items() if key not in others}


def _context(values: dict[str, Any], edition: Edition) -> dict[str, Any]:
    """What the edition and the rest of the report allow in a field (see `eds.fields`)."""
    numbers = [
        (part.get("number"), part.get("domain"))
        for part in _objects(values, "case_studies")
        if isinstance(part.get("number"), int) and not isinstance(part["number"], bool)
    ]
    domain_of = {number: domain for number, domain in numbers if 1 <= number <= 9999}
    return {
        "edition": edition,
        "version": _version(values),
        "code": [code for domain in edition.domains for code in domain.codes],
        "domain": [domain.number for domain in edition.domains],
        "points": range(1, edition.highest + 1),
        "case_study": list(domain_of),
        "domain_of": domain_of,
        "member": [part["name"] for part in _objects(values, "panel") if isinstance(part.get("name"), str)],
        "interest": [*INTERESTS, *_added_groups(values)],
    }


def _added_groups(values: dict[str, Any]) -> list[str]:
    """The codes of the groups that the report adds to those that ship."""
    codes = (part.get("code") for part in _objects(values, "represented_groups"))
    return [code for code in codes if isinstance(code, str) and code not in INTERESTS]


def _version(values: dict[str, Any]) -> int:
    name = values.get("format")
    return VERSIONS.get(name, NEWEST) if isinstance(name, str) else NEWEST


def _objects(values: dict[str, Any], key: str) -> list[dict[str, Any]]:
    items = values.get(key)
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


# Problems


def _problems(error: ValidationError) -> list[Problem]:
    """In our words, without what is wrong in the value of a key that is refused."""
    details = error.errors(include_url=False)
    keys = {detail["loc"][:-1] for detail in details if detail["loc"][-1] == "[key]"}
    return [
        _problem(detail)
        for detail in details
        if detail["loc"][-1] == "[key]"
        or not any(detail["loc"][:end] in keys for end in range(1, len(detail["loc"]) + 1))
    ]


def _problem(detail: Mapping[str, Any]) -> Problem:
    error = detail.get("ctx", {})
    if detail["type"] != "refused":
        error = refusal(detail["input"], EXPECTED.get(detail["type"], detail["msg"])).context
    return Problem(place=_place(detail["loc"]), found=error["found"], expected=error["expected"])


def _place(location: tuple[int | str, ...]) -> str:
    """For example case_studies[0].scores.1E; the location of a key ends in "[key]"."""
    steps = location[:-1] if location[-1] == "[key]" else location
    steps = [KEYS.get(step, step) for step in steps]
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")
