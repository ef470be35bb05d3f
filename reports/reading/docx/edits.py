"""Changes of a Word report's text as changes of its content: each to take or to leave."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from eds.content import ReportContent
from eds.edition import Edition
from eds.text.markdown import escaped, to_plain
from reports.reading.docx.own_report import LineChange
from reports.reading.json_report import from_json
from reports.reading.problems import ImportProblem
from reports.reading.questions import plainest
from reports.reading.template.cells.codes import Codes
from reports.reading.template.cells.ratings import rating_of

MARKDOWN = ("body", "commentary", "summary", "panel_work")
NOT_TEXTS = ("results", "checks", "format", "framework", "year", "edition", "url", "sha256", "status", "code")
MARK = re.compile(r"\A\s*(?:[-*+]|[0-9]{1,9}[.)]|#{1,6})\s+")
REASON = re.compile(r".{0,30}reason: ")

Path = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A line of the text that was changed, added (`old` is "") or removed (`new` is "").

    `path` leads to the text in the JSON form that it is of, () where it isn't clear which; `line` counts its lines.
    """

    old: str
    new: str
    path: Path = ()
    line: int = 0

    @property
    def can_be_taken(self) -> bool:
        return bool(self.path)


@dataclass(frozen=True)
class _Unit:
    path: Path
    line: int


class Edits:
    """Finds what of the content each changed line is."""

    def __init__(self, values: Mapping[str, Any], edition: Edition):
        self._values, self._edition, self._codes = values, edition, Codes(edition)
        self._units: dict[str, list[_Unit]] = {}
        for path, text in _texts(values, ()):
            for line, words in enumerate(text.split("\n")):
                plain = _plain(words) if path[-1] in MARKDOWN else words.strip()
                if plain:
                    self._units.setdefault(plain, []).append(_Unit(path, line))
        self._studies = {
            plainest(part["title"]): number for number, part in enumerate(values.get("case_studies", []))
        }

    def of(self, changes: Sequence[LineChange], lines: Sequence[str]) -> Iterator[Edit]:
        around = list(self._around(lines))
        for change in changes:
            study, code = around[change.at]
            for old, new in zip_longest(change.old, change.new, fillvalue=""):
                study, code = self._next(old, study, code)
                if old:
                    yield self._changed(old, new, study, code)
                else:
                    last = change.at + len(change.old) - 1
                    yield self._added(new, lines[last] if last >= 0 else "", study, code)

    def _around(self, lines: Sequence[str]) -> Iterator[tuple[int | None, str]]:
        """Before each line, and after the last, the case study and the outcome area that are told."""
        study, code = None, ""
        for line in lines:
            yield study, code
            study, code = self._next(line, study, code)
        yield study, code

    def _next(self, line: str, study: int | None, code: str) -> tuple[int | None, str]:
        plain = plainest(line)
        found = next((number for title, number in self._studies.items() if plain.endswith(title)), None)
        if found is not None and len(plain) < 300:
            return found, ""
        named = self._codes.named(line)
        is_head = named and self._codes.is_statement(named.code, named.words)
        return study, named.code if is_head else code

    def _changed(self, old: str, new: str, study: int | None, code: str) -> Edit:
        prefix = REASON.match(old)
        if prefix and new.startswith(prefix.group()):
            inner = self._changed(old[prefix.end() :], new[prefix.end() :], study, code)
            return replace(inner, old=old[prefix.end() :], new=new[prefix.end() :])
        unit = self._unit(old, study, code)
        if unit is not None:
            return Edit(old=old, new=new, path=unit.path, line=unit.line)
        if (path := self._score_path(old, new, study, code)) is not None:
            return Edit(old=old, new=new, path=path)
        return Edit(old=old, new=new)

    def _added(self, new: str, before: str, study: int | None, code: str) -> Edit:
        unit = self._unit(before, study, code) if before else None
        if unit is None or unit.path[-1] not in MARKDOWN:
            return Edit(old="", new=new)
        return Edit(old="", new=new, path=unit.path, line=unit.line)

    def _unit(self, old: str, study: int | None, code: str) -> _Unit | None:
        candidates = self._units.get(old, [])
        if len(candidates) > 1:
            near = [one for one in candidates if one.path[:2] == ("case_studies", study)]
            of_code = [one for one in near if code and code in self._codes_of(one.path)]
            candidates = of_code if len(of_code) == 1 else near
        return candidates[0] if len(candidates) == 1 else None

    def _codes_of(self, path: Path) -> tuple[str, ...]:
        if len(path) > 3 and path[2] == "sections":
            return (self._values["case_studies"][path[1]]["sections"][path[3]].get("outcome") or "",)
        return tuple(str(step) for step in path)

    def _score_path(self, old: str, new: str, study: int | None, code: str) -> Path | None:
        if study is None or not code:
            return None
        part = self._values["case_studies"][study]
        was, now = rating_of(old, self._edition, code), rating_of(new, self._edition, code) if new else None
        known = (part.get("scores") or {}).get(code) or {}
        if was is None or now is None or known.get("score") != was.judgement.score:
            return None
        return ("case_studies", study, "scores", code, "score")


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            if key not in NOT_TEXTS:
                yield from _texts(one, (*path, key))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _texts(one, (*path, number))


def _plain(line: str) -> str:
    return to_plain(MARK.sub("", line, count=1)).strip()


def edited(content: str, edits: Sequence[Edit], edition: Edition) -> ReportContent:
    """The content with these edits; of edits that make it something that no report can be, none is taken."""
    editions = {edition.name: edition}
    values = json.loads(content)
    in_order = list(reversed(edits))
    in_order.sort(key=lambda edit: (str(edit.path), edit.line, not edit.old), reverse=True)
    for edit in in_order:
        if edit.can_be_taken:
            _take(values, edit, edition)
    try:
        return from_json(json.dumps(values), editions)
    except ImportProblem:
        return from_json(content, editions)


def _take(values: Any, edit: Edit, edition: Edition) -> None:
    *steps, last = edit.path
    for step in steps:
        values = values[step]
    if last == "score":
        values[last] = rating_of(edit.new, edition).judgement.score
        return
    lines = values[last].split("\n")
    is_markdown = last in MARKDOWN
    mark = MARK.match(lines[edit.line]) if is_markdown else None
    new = (mark.group() if mark else "") + (escaped(edit.new) if is_markdown else edit.new)
    if not edit.old:
        lines[edit.line + 1 : edit.line + 1] = [new] if mark else ["", new]
    elif edit.new:
        lines[edit.line] = new
    else:
        del lines[edit.line]
    values[last] = "\n".join(lines).strip()
