"""A written report as blocks, from text or from Word, to `ReportContent`: what each line means.

Nothing is guessed in silence: a line is in the content, or named as skipped with the reason, or refused.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from eds.content import Action, CaseStudy, Organisation, ReportContent, Theme
from eds.edition import MIDDLE_CASE_STUDY, Domain, Edition
from eds.fields import SHORT, YEAR
from reports.reading.blocks import Block, Notes, Skipped
from reports.reading.docx.edits import Edit
from reports.reading.problems import ImportProblem, Problem
from reports.reading.prose import patterns
from reports.reading.prose.case_study import CaseStudyReader
from reports.reading.prose.outline import CASE_STUDY, LISTED, RECOMMENDATIONS, CaseHeading, Part, parts_of
from reports.reading.questions import Questions
from reports.reading.settled import settled
from reports.reading.template.form_reader import FormReader
from reports.reading.template.forms import Service
from reports.reading.template.outcomes.services import with_services


@dataclass(frozen=True, kw_only=True)
class TextImport:
    """What was read, and every line of the source that is not in it, in order.

    `unnamed` are the numbers of case studies whose names the file doesn't say. `problems` are lines that stand against
    the report, where it was read in spite of them.
    """

    content: ReportContent
    skipped: tuple[Skipped, ...]
    unnamed: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()
    questions: Questions = field(default_factory=Questions)
    edits: tuple[Edit, ...] = ()  # what somebody changed in the text of a file that carries its content


def understood(
    blocks: Sequence[Block],
    edition: Edition,
    *,
    organisation: str | None = None,
    year: str | None = None,
    notes: Notes | None = None,
    lenient: bool = False,
) -> TextImport:
    """The report that the blocks tell. `notes` holds what was skipped before.

    Raises ImportProblem with everything that is wrong, each with its line and what was expected. `lenient` gives what
    could be understood beside the problems, and raises only where nothing in the file is like an EDS report.
    """
    notes = notes or Notes()
    blocks = with_services(blocks, edition, notes)
    parts = parts_of(blocks, edition, notes)
    is_enough = lenient and _is_like_eds(blocks, edition, notes)
    content = _Report(parts, edition, notes).content(organisation, year, may_be_empty=is_enough)
    problems = tuple(sorted(notes.problems, key=lambda problem: problem.line or 0))
    if problems and not is_enough:
        raise ImportProblem(problems)
    services = [block.form for block in blocks if isinstance(block.form, Service)]
    return TextImport(
        content=settled(content) if lenient else content,
        skipped=tuple(sorted(notes.skipped, key=lambda line: line.number)),
        unnamed=tuple(service.number for service in services if not service.is_named),
        problems=problems,
        questions=notes.questions,
    )


def _is_like_eds(blocks: Sequence[Block], edition: Edition, notes: Notes) -> bool:
    """Does the file name the EDS, a domain or an outcome area, or hold one of the template's tables?"""
    patterns_of_eds = (patterns.TITLE.search, patterns.DOMAIN.fullmatch, patterns.CASE_STUDY.fullmatch)
    code = patterns.code_pattern(edition).fullmatch
    asked = notes.questions
    return bool(asked.columns or asked.outcomes) or any(
        block.form or any(found(block.text) for found in (*patterns_of_eds, code)) for block in blocks
    )


class _Report:
    """Reads the parts one after another, and remembers which domain they are about."""

    def __init__(self, parts: Sequence[Part], edition: Edition, notes: Notes):
        self._parts, self._edition, self._notes = parts, edition, notes
        self._code = patterns.code_pattern(edition)
        self._domain = _domain_of_services(edition)
        self._labels: dict[str, tuple[str, Block]] = {}
        self._title = _title_block(parts)
        self._case_studies: list[CaseStudy] = []
        self._themes: list[Theme] = []
        self._form = FormReader(edition, notes)

    def content(
        self, organisation: str | None, year: str | None, *, may_be_empty: bool = False
    ) -> ReportContent:
        for part in self._parts:
            self._read(part)
        if not self._case_studies and self._form.is_empty and not may_be_empty:
            self._refuse_whole("no case study", "a line like “Case study 1: Dementia Vision”")
        self._labels |= self._form.labels(self._labels)
        title = self._title.text if self._title else ""
        if len(title) > SHORT:
            self._notes.refuse(self._title, f"a title of {len(title)} characters", f"at most {SHORT}")
        return ReportContent(
            edition=self._edition,
            organisation=Organisation(name=self._organisation(organisation), ics=self._form.ics),
            year=self._year(year, title),
            title=title,
            case_studies=tuple(sorted(self._case_studies, key=lambda case_study: case_study.number)),
            recommendations=(*self._themes, *self._form.themes()),
            **self._form.fields(),
        )

    def _refuse_whole(self, found: str, expected: str) -> None:
        self._notes.problems.append(Problem(found=found, expected=expected))

    def _organisation(self, given: str | None) -> str:
        name = self._stated("organisation", given)
        if not re.search("[A-Za-z0-9]", name):
            expected = "a line “Organisation: …”, or the name given beside the file"
            self._refuse_whole("no organisation", expected)
        elif len(name) > SHORT:
            self._refuse_whole(f"an organisation's name of {len(name)} characters", f"at most {SHORT}")
        return name

    def _year(self, given: str | None, title: str) -> str:
        year = self._stated("year", given) or self._year_in(title)
        if not re.fullmatch(YEAR, year):
            found = f"the year “{year}”" if year else "no year"
            expected = "one like 2024 or 2024-25, in the title or given beside the file"
            self._refuse_whole(found, expected)
        return year

    def _stated(self, label: str, given: str | None) -> str:
        """What was given, else what a line of the report states."""
        stated, block = self._labels.get(label, ("", None))
        if given and block and patterns.folded(stated) != patterns.folded(given):
            self._notes.skip(block, f"another {label} was given")
        return (given or stated).strip()

    def _year_in(self, title: str) -> str:
        """The one year that the title names; the edition's own ("EDS 2022") is not it."""
        own = re.search("[0-9]{4}$", self._edition.name)  # "NHS Equality Delivery System 2022"
        title = title.replace(self._edition.name, "")
        title = (
            re.sub(rf"(delivery system) {own.group()}\b", r"\1", title, flags=re.IGNORECASE) if own else title
        )
        years = set(patterns.YEAR_IN_TITLE.findall(title))
        if len(years) != 1:
            return ""
        first, second = years.pop()
        return f"{first}-{second}" if second else first

    # Parts

    def _read(self, part: Part) -> None:
        if part.kind == CASE_STUDY:
            stated = part.case.domain
            domain = self._domain if stated is None else self._edition.domain(stated)
            reader = CaseStudyReader(part.case, domain, self._edition, self._notes)
            for block in part.blocks:
                reader.read(block)
            same = [p.case for p in self._parts if p.kind == LISTED and p.case.number == part.case.number]
            self._case_studies.append(reader.case_study(same))
        elif part.kind == RECOMMENDATIONS:
            self._read_recommendations(part)
        else:
            if part.kind == LISTED:
                self._skip_listed(part.case)
            for block in part.blocks:
                self._read_front(block)

    def _skip_listed(self, case: CaseHeading) -> None:
        titles = [p.case.title for p in self._parts if p.kind == CASE_STUDY and p.case.number == case.number]
        same = any(patterns.folded(title) == patterns.folded(case.title) for title in titles)
        why = "the list of case studies" if same else "the list of case studies, with another title"
        self._notes.skip(case.block, why)

    def _read_front(self, block: Block) -> None:
        if block is self._title or self._form.read(block):
            return
        if match := patterns.DOMAIN.fullmatch(block.text):
            self._read_domain(block, int(match.group(1)), match.group(2))
        elif match := patterns.LABEL.fullmatch(block.text):
            label = match.group(1).lower()
            if label in self._labels:
                self._notes.refuse(block, f"a second {label}", "one")
            self._labels[label] = (match.group(2), block)
        elif match := self._code.fullmatch(block.text):
            self._read_outcome(block, match.group(1).upper(), match.group(2) or "")
        elif self._form.read_line(block):
            return
        elif patterns.LIST_HEADING.fullmatch(block.text):
            self._notes.skip(block, "the heading of a list")
        else:
            self._notes.skip(block, "text outside the case studies and the recommendations")

    def _read_domain(self, block: Block, number: int, title: str) -> None:
        known = {domain.number: domain for domain in self._edition.domains}
        if number not in known:
            expected = f"one of: {', '.join(map(str, known))}"
            self._notes.refuse(block, f"domain {number}", expected)
            return
        self._domain = known[number]
        self._skip_wording(block, title, self._domain.title, "the domain")

    def _read_outcome(self, block: Block, code: str, rest: str) -> None:
        codes = [code for domain in self._edition.domains for code in domain.codes]
        if code not in codes:
            self._notes.refuse(block, f"outcome {code}", f"one of: {', '.join(codes)}")
        elif patterns.score(rest):
            self._notes.refuse(block, "a score outside a case study", "it below “Case study 1: …”")
        else:
            self._skip_wording(block, rest, self._edition.outcome(code).statement, "the outcome area")

    def _skip_wording(self, block: Block, wording: str, known: str, what: str) -> None:
        same = patterns.folded(wording) == patterns.folded(known)
        other = "" if same else ", in other words"
        self._notes.skip(block, f"{what} is part of {self._edition.name}{other}")

    def _read_recommendations(self, part: Part) -> None:
        """A line right above points is a theme, a point is an action."""
        themes: list[tuple[str, list[Action]]] = []
        for block, after in pairwise([*part.blocks, None]):
            if block.is_point:
                if not themes:
                    themes.append((part.heading.text.rstrip(":"), []))
                themes[-1][1].append(Action(action=block.text))
            elif after is not None and after.is_point and len(block.text) <= SHORT:
                themes.append((block.text, []))
            else:
                self._notes.skip(block, "text among the recommendations that is no theme and no action")
        self._notes.skip(part.heading, "the heading of the recommendations")
        self._themes += [Theme(theme=theme, actions=tuple(actions)) for theme, actions in themes]


def _domain_of_services(edition: Edition) -> Domain:
    """The domain of a case study in a report that names none."""
    of_services = [domain for domain in edition.domains if domain.aggregation == MIDDLE_CASE_STUDY]
    return (of_services or edition.domains)[0]


def _title_block(parts: Sequence[Part]) -> Block | None:
    """The line above the first case study that speaks of the EDS, else the first heading, else the first line."""
    front = [block for block in parts[0].blocks if not block.is_only_text]
    speaking = [block for block in front if patterns.TITLE.search(block.text)]
    headings = [block for block in front if block.kind == "heading"]
    return next(iter([*speaking, *headings, *front]), None)
