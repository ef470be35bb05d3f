"""The part of a written report that tells one case study: sections, scores, total and commentary."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from eds.content import CaseStudy, Judgement, Section
from eds.edition import Domain, Edition
from eds.fields import SHORT
from eds.totals import Points, number_words, whole
from reports.reading.blocks import Block, Notes, markdown_of
from reports.reading.prose import patterns
from reports.reading.prose.outline import CaseHeading
from reports.reading.template.cells.codes import Codes, Named
from reports.reading.template.cells.ratings import ended_rating, rating_of
from reports.reading.template.forms import OutcomeRow, OutcomeTable
from reports.reading.template.outcomes.service_names import name_titles

NOT_APPLICABLE = re.compile(r"\bn ?/ ?a\W*$", re.IGNORECASE)
BELOW_A_TABLE = "Other information"  # a section for what stands below a table of several outcome areas
BEFORE_ANY_HEADING = "Introduction"  # a section needs a heading; the text has none there


@dataclass
class _Draft:
    heading: str
    outcome: str | None = None
    block: Block | None = None  # the heading's own line
    blocks: list[Block] = field(default_factory=list)
    is_rated: bool = False  # does its heading say the score?

    def section(self) -> Section:
        return Section(heading=self.heading, outcome=self.outcome, body=markdown_of(self.blocks))


class CaseStudyReader:
    """Reads one case study block by block: `read` each, then `case_study`."""

    def __init__(self, heading: CaseHeading, domain: Domain, edition: Edition, notes: Notes):
        self._heading, self._domain, self._edition, self._notes = heading, domain, edition, notes
        self._code, self._codes = patterns.code_pattern(edition), Codes(edition)
        self._drafts: list[_Draft] = []
        self._scoring: _Draft | None = None  # while scores are being read
        self._commentary: list[Block] | None = None
        self._target: list[Block] | None = None  # where the next text goes
        self._scores: dict[str, Judgement] = {}
        self._self_assessment: dict[str, Judgement] = {}
        self._owners: dict[str, str] = {}
        self._total: Points | None = None
        self._is_below_table = False

    def read(self, block: Block) -> None:
        if isinstance(block.form, OutcomeTable):
            self._read_table(block.form)
            return
        if self._read_rated(block):
            return
        may_score = not block.is_only_text or (block.is_point and self._scoring is not None)
        understood = may_score and (self._read_total(block) or self._read_code(block))
        if not understood and not block.is_only_text:
            understood = (
                self._read_commentary(block) or self._read_labelled(block) or self._read_heading(block)
            )
        if not understood:
            self._add(block)

    def case_study(self, others: Sequence[CaseHeading] = ()) -> CaseStudy:
        """What was read; `others` are lines elsewhere in the report that name the same case study."""
        figures = [heading.figure for heading in (self._heading, *others) if heading.figure is not None]
        stated = figures[0] if self._total is None and figures else self._total
        odd = next((figure for figure in figures if figure != stated), None)
        title = self._heading.title
        if odd is not None:  # kept where the checks and the reader see it: it contradicts the total
            title = f"{title} – {number_words(odd)}/{self._full}"
        if not 0 < len(title) <= SHORT:
            expected = f"a title of 1 to {SHORT} characters, like “Case study 1: Dementia Vision”"
            self._notes.refuse(self._heading.block, f"a title of {len(title)} characters", expected)
        return CaseStudy(
            number=self._heading.number,
            domain=self._domain.number,
            title=title,
            sections=tuple(draft.section() for draft in self._drafts if self._is_section(draft)),
            scores={code: self._scores[code] for code in self._domain.codes if code in self._scores},
            self_assessment=self._self_assessment,
            owners=self._owners,
            stated_total=stated,
            commentary=markdown_of(self._commentary) if self._commentary else None,
        )

    @property
    def _full(self) -> int:
        return self._edition.highest * len(self._domain.outcomes)

    def _is_section(self, draft: _Draft) -> bool:
        """A heading over nothing but scores is not a section: every report writes it anew."""
        if draft.is_rated and not draft.blocks:
            return False
        if draft.blocks or draft.block is None or not patterns.SCORING.fullmatch(draft.heading):
            return True
        self._notes.skip(draft.block, "the heading of the scores")
        return False

    # Text

    def _add(self, block: Block) -> None:
        if self._target is None:
            self._start(_Draft(BELOW_A_TABLE if self._is_below_table else BEFORE_ANY_HEADING))
        self._target.append(block)

    def _start(self, draft: _Draft) -> None:
        self._drafts.append(draft)
        self._target = draft.blocks
        self._scoring = None

    def _read_heading(self, block: Block) -> bool:
        if patterns.SCORING.fullmatch(block.text):
            draft = _Draft(block.text, block=block)
            self._start(draft)
            self._scoring = draft
            return True
        known = block.text.rstrip(":").strip().casefold() in patterns.SECTIONS
        if (block.kind != "heading" and not known) or len(block.text) > SHORT:
            return False
        self._start(_Draft(block.text, block=block))
        return True

    def _read_commentary(self, block: Block) -> bool:
        match = patterns.COMMENTARY.fullmatch(block.text)
        if match is None:
            return False
        self._commentary = self._target = self._commentary or []
        self._scoring = None
        self._add_rest(block, match.group(1))
        if not match.group(1):
            self._notes.skip(block, "the heading of the commentary")
        return True

    def _add_rest(self, block: Block, rest: str | None) -> None:
        """The words after a label, on the label's own line."""
        if rest:
            self._target.append(block.ending(rest))

    def _read_labelled(self, block: Block) -> bool:
        """A line like "Rating: 2 - Achieving" or "Owner: Head of access" in the text of an outcome area."""
        draft = self._drafts[-1] if self._drafts else None
        if draft is None or draft.outcome is None or self._target is not draft.blocks:
            return False
        if (rated := patterns.RATED.fullmatch(block.text)) and draft.outcome not in self._scores:
            found = rating_of(rated.group(1), self._edition, draft.outcome)
            if found is not None:
                self._scores[draft.outcome] = found.judgement
                if found.note:
                    self._notes.assume(block, found.note)
                return True
        if told := patterns.EVIDENCE.fullmatch(block.text):
            draft.blocks.append(block.ending(told.group(1)))
            return True
        owned = None if draft.outcome in self._owners else patterns.OWNED.fullmatch(block.text)
        if owned is None or len(owned.group(1)) > SHORT:
            return False
        self._owners[draft.outcome] = owned.group(1).strip()
        return True

    # Tables of NHS England's template

    def _read_table(self, table: OutcomeTable) -> None:
        if table.rows and table.rows[0].code not in self._domain.codes:
            for row in table.rows:
                self._notes.refuse(
                    row.line, f"outcome {row.code}", f"one of: {', '.join(self._domain.codes)}"
                )
            return
        for row in table.rows:
            self._read_row(row)
        if table.total is not None and self._total not in (None, table.total):
            line = replace(table.rows[-1].line, text=number_words(table.total), source="")
            self._notes.skip(line, "a second total, other than the first")
        elif table.total is not None:
            self._total = table.total
        if table.commentary:
            self._commentary = [*(self._commentary or []), *table.commentary]
        if len(table.rows) > 1:
            self._target, self._is_below_table = None, True
        name_titles(table, self._heading.title, self._edition, self._notes)

    def _read_row(self, row: OutcomeRow) -> None:
        last = self._drafts[-1] if self._drafts else None
        if (
            row.evidence and last and last.outcome == row.code and not last.blocks
        ):  # a heading above the table
            last.blocks += row.evidence
        elif row.evidence:
            draft = _Draft(row.code, outcome=row.code, block=row.line, blocks=list(row.evidence))
            self._start(draft)
        if row.judgement is not None and row.code in self._scores:
            if self._scores[row.code] != row.judgement:
                self._notes.skip(row.line, f"a second score for {row.code}, other than the first")
        elif row.judgement is not None:
            self._scores[row.code] = row.judgement
        if row.self_assessment is not None:
            self._self_assessment[row.code] = row.self_assessment
        if row.owner:
            self._owners[row.code] = row.owner

    # Outcome areas and scores

    def _read_code(self, block: Block) -> bool:
        """A line that starts with an outcome's code: its score, or the start of what is told about it."""
        code, rest = self._code_and_rest(block.text)
        if not code:
            return False
        if code not in self._domain.codes:
            return self._read_unknown_code(block, code)
        if self._scoring is not None or self._is_score(code, rest):
            self._read_score(block, code, rest)
        elif block.kind == "heading" and rest:
            self._start(_Draft(block.text, outcome=code, block=block))
        else:
            self._start(_Draft(code, outcome=code, block=block))
            self._add_rest(block, "" if self._codes.is_statement(code, rest) else rest)
        return True

    def _code_and_rest(self, text: str) -> tuple[str, str]:
        """The code that the line starts with, and the words after it; a code in another form needs the statement."""
        if match := self._code.fullmatch(text):
            return match.group(1).upper(), (match.group(2) or "").strip()
        named = self._codes.named(text) if len(text) <= 2 * SHORT else None
        return (named.code, named.words) if named and self._is_statement(named) else ("", "")

    def _is_statement(self, named: Named) -> bool:
        return bool(named.words) and self._codes.is_statement(named.code, named.words)

    def _read_rated(self, block: Block) -> bool:
        """A line with an outcome area and its rating in words: "1A: … – Score: 2", "1B – Achieving activity (2)"."""
        named = None if block.kind == "table" or self._scoring is not None else self._codes.named(block.text)
        if named is None or named.code not in self._domain.codes or named.code in self._scores:
            return False
        if patterns.score(named.words) and not NOT_APPLICABLE.search(named.words):
            return False  # "1A: …: 2/3" is a score wherever it stands, "N/A" is none
        ended = ended_rating(named.words, self._edition, named.code)
        if ended is None or not self._codes.is_statement(named.code, ended[0]):
            return False
        self._scores[named.code] = ended[1].judgement
        if ended[1].note:
            self._notes.assume(block, ended[1].note)
        if not block.is_point:
            self._start(_Draft(named.code, outcome=named.code, is_rated=True))
        return True

    def _read_unknown_code(self, block: Block, code: str) -> bool:
        domains = [str(domain.number) for domain in self._edition.domains]
        if self._scoring is None and re.match(r"[0-9]+", code).group() not in domains:
            return False  # "5G: …" is text
        self._notes.refuse(block, f"outcome {code}", f"one of: {', '.join(self._domain.codes)}")
        return True

    def _is_score(self, code: str, rest: str) -> bool:
        """Away from the panel's scores a line is a score only with the outcome's own words, or none."""
        score = patterns.score(rest)
        return score is not None and patterns.folded(score[0]) in ("", self._statement(code))

    def _statement(self, code: str) -> str:
        return patterns.folded(self._edition.outcome(code).statement)

    def _read_score(self, block: Block, code: str, rest: str) -> None:
        score = patterns.score(rest)
        unscored = patterns.UNSCORED.fullmatch(rest[: patterns.LONGEST_SCORE])
        if code in self._scores:
            self._notes.refuse(block, f"a second score for {code}", "one")
        elif score:
            self._scores[code] = Judgement(score=self._score(block, *score[1:]))
        elif unscored:
            self._scores[code] = Judgement()
        else:
            self._notes.refuse(block, "no score", f"a score like 2/{self._edition.highest}")
        words = score[0] if score else unscored.group(1) if unscored else ""
        if patterns.folded(words) not in ("", self._statement(code)):
            self._notes.skip(block, f"outcome {code} in other words than {self._edition.name} has")

    def _score(self, block: Block, value: str, highest: str) -> Points | None:
        if patterns.NUMBER.fullmatch(value) and highest == str(self._edition.highest):
            score = float(value)
            if score <= self._edition.highest and score * 2 == int(score * 2):
                return whole(score)
        top = self._edition.highest
        self._notes.refuse(block, f"the score “{value}/{highest}”", f"0 to {top} out of {top}, like 2/{top}")
        return None

    def _read_total(self, block: Block) -> bool:
        match = patterns.TOTAL.fullmatch(block.text)
        if match is None:
            return False
        points = patterns.POINTS.fullmatch(match.group(1))
        is_points = points is not None and patterns.NUMBER.fullmatch(points.group(1))
        if self._scoring is None and not (is_points and points.group(2)):
            return False  # "Total: 45 people came" is text
        if self._total is not None:
            self._notes.refuse(block, "a second total", "one total for each case study")
        elif not is_points or points.group(2) not in (None, str(self._full)):
            self._notes.refuse(
                block, f"the total “{match.group(1)}”", f"a number out of {self._full}, like 5/{self._full}"
            )
        else:
            self._total = whole(float(points.group(1)))
        return True
