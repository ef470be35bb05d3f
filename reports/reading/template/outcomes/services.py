"""Which service each table of outcome areas is of: by the headings and captions above it, and what it says itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from eds.edition import MIDDLE_CASE_STUDY, Domain, Edition
from eds.fields import SHORT
from eds.totals import number_words
from reports.reading.blocks import Block, Notes
from reports.reading.prose import patterns
from reports.reading.questions import plainest
from reports.reading.template.cells.codes import Codes
from reports.reading.template.cells.labels import labelled
from reports.reading.template.cells.ratings import led_points
from reports.reading.template.forms import (
    ActionPlan,
    Labels,
    OfDomain,
    OutcomeTable,
    OutOfCaseStudy,
    PreviousActions,
    Service,
    StatedDomain,
)
from reports.reading.template.lines import with_listed_actions, with_values_beside_labels
from reports.reading.template.outcomes.service_names import (
    CAPTION,
    CONTINUED,
    DOMAIN,
    GENERIC,
    OF_SCORES,
    PREFIX,
    organisations_in,
    with_domains_named,
)
from reports.reading.template.outcomes.told import with_told_services, without_title

OF_THE_REPORT = (Labels, ActionPlan, PreviousActions, StatedDomain)
DOMAIN_TOTAL = re.compile(
    r"(?:domain|goal) ([0-9])\b(.{0,80}?)\b(?:overall )?(?:rating|score|total)\s*[:=–—-]\s*([0-9].{0,30})",
    re.IGNORECASE,
)
LONGEST_CAPTION = 100
NEAR = 3  # blocks between a heading and the table that it is of
OVERALL = re.compile(r"eds (?:2022 )?organisation(?:al)? rating", re.IGNORECASE)
IN_CASE_STUDIES = ("trade_union_reps", "independent_evaluators")


@dataclass
class _Study:
    """A case study that tables are put into; `place` is that of its heading."""

    place: int
    domain: int | None
    is_explicit: bool = False
    codes: set[str] = field(default_factory=set)
    has_scores: bool = False
    has_evidence: bool = False
    has_total: bool = False

    def add(self, table: OutcomeTable) -> None:
        self.domain = table.domain
        self.codes |= set(table.codes)
        self.has_scores |= table.has_scores
        self.has_evidence |= table.has_evidence
        self.has_total |= table.total is not None

    def is_completed_by(self, table: OutcomeTable) -> bool:
        """Does the table only rate what an earlier one told, or the other way round?"""
        is_second = (self.has_scores and table.has_scores) or (self.has_evidence and table.has_evidence)
        return not is_second and set(table.codes) <= self.codes


def with_services(blocks: Sequence[Block], edition: Edition, notes: Notes) -> list[Block]:
    """The blocks with a heading of a case study before the tables of each service, or before what is told of it."""
    blocks = with_listed_actions(with_values_beside_labels(blocks), notes)
    if not any(isinstance(block.form, OutcomeTable) for block in blocks):
        blocks = with_told_services(blocks, edition, notes)
    has_forms = any(block.form and not isinstance(block.form, Service) for block in blocks)
    if not has_forms and not any(_is_of_report(block) for block in blocks):
        return list(blocks)
    blocks = _with_captions_above(with_domains_named(blocks, edition))
    placing = _Placing(blocks, edition, notes)
    for block in blocks:
        placing.place(block)
    return placing.placed


def _with_captions_above(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with each table's caption above it, where every table of outcome areas has one right below."""
    blocks = list(blocks)
    places = [at for at, block in enumerate(blocks) if isinstance(block.form, OutcomeTable)]
    after = [at + 1 for at in places]
    is_below = places and all(at < len(blocks) and CAPTION.match(blocks[at].text) for at in after)
    if is_below and not any(at and CAPTION.match(blocks[at - 1].text) for at in places[:1]):
        for at in places:
            blocks[at], blocks[at + 1] = blocks[at + 1], blocks[at]
    return blocks


class _Placing:
    def __init__(self, blocks: Sequence[Block], edition: Edition, notes: Notes):
        self._edition, self._notes, self._codes = edition, notes, Codes(edition)
        self._numbers = {int(match.group(1)) for block in blocks if (match := _explicit(block))}
        self._told = _told(blocks, edition)
        totals = [int(found.group(1)) for block in blocks if (found := DOMAIN_TOTAL.fullmatch(block.text))]
        self._rated_often = {number for number in totals if totals.count(number) > 1}
        self._domain = _of_services(edition)  # of the last heading
        self._study: _Study | None = None
        self._since: list[int] = []  # places of headings and captions since the last table
        self._unnamed: dict[str, int] = {}  # how many case studies have that title, for want of a name
        organisations = [one for block in blocks for one in organisations_in(block)]
        self._has_organisations = len(set(organisations)) > 1
        self._organisation = ""  # of several, the last that was named
        self._seen: set[int] = set()
        self._beside: dict[tuple[int, str], int] = {}  # by domain and service, the place of its first table
        self.placed: list[Block] = []

    def place(self, block: Block) -> None:
        if isinstance(block.form, OutcomeTable):
            self._place_table(block, block.form)
        elif isinstance(block.form, OF_THE_REPORT):
            for name in organisations_in(block) if self._has_organisations else ():
                self._organisation = name
            self._leave(block)
        elif match := _explicit(block):
            self._study = _Study(len(self.placed), None, is_explicit=True)
            self._numbers.add(int(match.group(1)))
            self._since = []
            self.placed.append(block)
        elif form := self._line_form(block):
            self._place_line(block, form)
        elif (match := DOMAIN.fullmatch(block.text)) and not block.is_only_text and len(block.text) <= SHORT:
            self._place_domain(block, int(match.group(1)))
        else:
            self._since += [len(self.placed)] if not block.is_only_text and len(block.text) <= SHORT else []
            self.placed.append(block)

    def _place_domain(self, block: Block, number: int) -> None:
        """A domain's heading ends a case study, unless it stands right below the name of one of that domain."""
        study = self._study
        if (
            study
            and CONTINUED.fullmatch(DOMAIN.fullmatch(block.text).group(2).strip())
            and number == study.domain
        ):
            self._notes.skip(block, f"the domain is part of {self._edition.name}")
            return
        if study and study.is_explicit and not study.codes and number == self._domain.number:
            title = DOMAIN.fullmatch(block.text).group(2)
            if plainest(title) in ("", plainest(self._domain.title)):
                self._notes.skip(block, f"the domain is part of {self._edition.name}")
                return
        if number in {domain.number for domain in self._edition.domains}:
            self._domain = self._edition.domain(number)
        self._study = None
        self._since.append(len(self.placed))
        self.placed.append(block)

    def _place_line(self, block: Block, form: Labels | StatedDomain) -> None:
        """What a line says of the report; a rating of the domain below each service is that service's total."""
        study = self._study
        of_service = isinstance(form, StatedDomain) and form.domain in self._rated_often
        if not (of_service and study and study.domain == form.domain and not study.has_total):
            self._leave(replace(block, form=form))
            return
        study.has_total = True
        full = self._edition.highest * len(self._edition.domain(form.domain).outcomes)
        self.placed.append(replace(block, kind="line", text=f"Total: {number_words(form.points)}/{full}"))

    def _line_form(self, block: Block) -> Labels | StatedDomain | None:
        if block.is_only_text or len(block.text) > SHORT:
            return None
        if found := DOMAIN_TOTAL.fullmatch(block.text):
            number = int(found.group(1))
            known = {domain.number: domain for domain in self._edition.domains}
            full = self._edition.highest * len(known[number].outcomes) if number in known else 0
            points, words = led_points(found.group(3), full)
            if points is not None and words:
                self._notes.skip(block, "an overall rating; its figure is kept, the words beside it are not")
            return None if points is None else StatedDomain(domain=number, points=points)
        found = labelled(block.text)
        if found and (found[0] in IN_CASE_STUDIES or OVERALL.match(block.text)):
            return Labels(values=[(found[0], block, found[1])])
        return None

    def _leave(self, block: Block) -> None:
        """What is of the whole report ends the case study, from the heading right above on."""
        near = [place for place in self._since if place >= len(self.placed) - NEAR]
        heading = next((place for place in reversed(near) if self.placed[place].kind == "heading"), None)
        if heading is not None and self.placed[heading].form is None:
            self.placed[heading] = replace(self.placed[heading], form=OutOfCaseStudy())
        self._study, self._since = None, []
        self.placed.append(block)

    # Tables of outcome areas

    def _place_table(self, block: Block, table: OutcomeTable) -> None:
        if table.is_summary and table.domain in self._told:
            for row in table.rows:
                self._notes.skip(row.line, f"a summary of scores; {row.code} is read where it is told")
            for one in (*table.titles, *table.commentary):
                self._notes.skip(one, "a title or text in a summary of scores")
            return
        told_by = (table.domain, plainest(table.service))
        if table.service and self._is_added(block, table, self._beside.get(told_by)):
            return
        if not self._goes_on(table):
            self._start(block, table)
        elif self._study.is_explicit and self._study.domain is None:
            heading = self.placed[self._study.place]
            self.placed[self._study.place] = replace(heading, form=OfDomain(domain=table.domain))
        self._study.add(table)
        if table.service:
            self._beside[told_by] = len(self.placed)
        self._seen.add(table.domain)
        self._since = []
        self.placed.append(block)

    def _is_added(self, block: Block, table: OutcomeTable, place: int | None) -> bool:
        """Adds to the first table of a service what one below it tells of the same service's other outcome areas."""
        first = self.placed[place].form if place is not None else None
        if first is None or set(first.codes) & set(table.codes):
            return False
        if None not in (first.total, table.total) and first.total != table.total:
            self._notes.skip(block, f"a second total of {table.service}, {number_words(table.total)}")
        self.placed[place] = replace(self.placed[place], form=first.joined_with(table))
        for below in [at for at in reversed(self._since) if self._codes.named(self.placed[at].text)]:
            self._notes.skip(self.placed[below], f"the outcome area is part of {self._edition.name}")
            del self.placed[below]
            self._since.remove(below)
        return True

    def _goes_on(self, table: OutcomeTable) -> bool:
        """Is the table of the case study that the one before was of?"""
        study = self._study
        if study is None or study.domain not in (None, table.domain):
            return False
        titles = [self.placed[place] for place in self._since]
        names = [one for one in titles if self._named(one.text, self._edition.domain(table.domain))]
        if study.codes & set(table.codes):
            return study.is_completed_by(table) and not (names or table.service)
        if table.is_beside_others and not study.is_explicit:
            return False
        if table.is_beside_others and plainest(table.service) not in plainest(self.placed[study.place].text):
            return False
        first = self._edition.domain(table.domain).codes[0]
        titles = [one for one in titles if not self._codes.named(one.text)]
        other = any(PREFIX.match(one.text) for one in titles) or bool(table.service)
        return study.is_explicit or not (other or (first in table.codes and titles))

    def _start(self, block: Block, table: OutcomeTable) -> None:
        domain = self._edition.domain(table.domain)
        place, title = self._title(table, domain)
        is_named = bool(title)
        if not title:
            place, title = self._unnamed_title(table, domain)
            is_named = bool(self._organisation) and domain.aggregation != MIDDLE_CASE_STUDY
        number = next(number for number in range(1, 10_000) if number not in self._numbers)
        self._numbers.add(number)
        service = Service(number=number, title=title, domain=domain.number, is_named=is_named)
        if place is not None:
            self.placed[place] = replace(self.placed[place], form=service, kind="heading")
            self._drop_domain_below(place, domain)
        else:
            place = self._place_of_nameless(domain)
            heading = replace(block, kind="heading", text=title, source=title, form=service)
            self.placed.insert(place, heading)
        self._study = _Study(place, domain.number)

    def _drop_domain_below(self, place: int, domain: Domain) -> None:
        """A heading of the domain between the name of a service and its table would end the case study."""
        for below in [one for one in reversed(self._since) if one > place]:
            block = self.placed[below]
            match = DOMAIN.fullmatch(block.text)
            if match and block.form is None and int(match.group(1)) == domain.number:
                other = "" if _is_plain(match.group(2), domain) else ", in other words"
                self._notes.skip(block, f"the domain is part of {self._edition.name}{other}")
                del self.placed[below]

    def _title(self, table: OutcomeTable, domain: Domain) -> tuple[int | None, str]:
        """The name of the service, and the place of the heading that says it, None where the table does."""
        if table.service and len(table.service) <= SHORT:
            return None, PREFIX.sub("", table.service, count=1).strip(" :.,–—-")
        named = [
            (place, title)
            for place in reversed(self._since)
            if self.placed[place].form is None and self._may_name(place, domain)
            if (title := self._named(self.placed[place].text, domain))
        ]
        if named:
            return min(named, key=lambda one: self._rank(one[0]))
        for block in table.titles:
            if title := self._named(block.text, domain):
                return None, title
        if domain.aggregation != MIDDLE_CASE_STUDY and domain.number not in self._seen:
            return self._domain_heading(domain), domain.title
        return None, ""

    def _rank(self, place: int) -> tuple[int, int]:
        """The lower, the surer: a heading with "Domain" or "Service", then others by level, then captions."""
        block = self.placed[place]
        if DOMAIN.fullmatch(block.text) or PREFIX.match(block.text):
            return 0, 0
        return (1, block.level or 9) if block.kind == "heading" else (2, 0)

    def _may_name(self, place: int, domain: Domain) -> bool:
        """A heading, or a caption: a short line right above the table, all bold, or that begins with "Service"."""
        block = self.placed[place]
        of_domain = DOMAIN.fullmatch(block.text)
        if of_domain and int(of_domain.group(1)) != domain.number:
            return False
        if domain.aggregation != MIDDLE_CASE_STUDY and not of_domain and domain.number not in self._seen:
            return False
        if block.kind == "heading" or of_domain:
            return True
        short = len(block.text) <= LONGEST_CAPTION and not block.text.endswith((".", ";", "?"))
        return short and (
            place == len(self.placed) - 1 or block.level != 0 or PREFIX.match(block.text) is not None
        )

    def _named(self, text: str, domain: Domain) -> str:
        """The name of a service in a heading: without the domain's name, "Service 2:" and the like."""
        text, is_after_domain = " ".join(text.split()), False
        if found := DOMAIN.fullmatch(text):
            if int(found.group(1)) != domain.number:
                return ""
            text = without_title(found.group(2), domain.title)
            is_after_domain = text != found.group(2)
        else:
            text = without_title(text, domain.title)
        title = PREFIX.sub("", text, count=1).strip(" :.,–—-|")
        title = OF_SCORES.sub("", title) if title != text and CAPTION.match(text) else title
        title = title[1:-1] if title.startswith("(") and title.endswith(")") else title
        code = self._codes.named(title)  # but "1A Ward", after the domain in full, is a service
        is_code = code and (not is_after_domain or self._codes.is_statement(code.code, code.words))
        is_generic = GENERIC.fullmatch(title) or patterns.TITLE.search(title) or is_code
        return "" if is_generic or not re.search(r"\w", title) or len(title) > SHORT else title

    def _domain_heading(self, domain: Domain) -> int | None:
        for place in reversed(self._since):
            match = DOMAIN.fullmatch(self.placed[place].text)
            same = match and int(match.group(1)) == domain.number
            if same and self.placed[place].form is None and _is_plain(match.group(2), domain):
                return place
        return None

    def _place_of_nameless(self, domain: Domain) -> int:
        """Below the heading of the domain, so that what is told before the table belongs to it."""
        for place in reversed(self._since):
            match = DOMAIN.fullmatch(self.placed[place].text)
            if match and int(match.group(1)) == domain.number:
                return place + 1
        return len(self.placed)

    def _unnamed_title(self, table: OutcomeTable, domain: Domain) -> tuple[int | None, str]:
        """Words for a service that the file only counts ("Service 2"), or says nothing of."""
        if table.service:
            return None, table.service
        for place in reversed(self._since):
            block = self.placed[place]
            if block.form is None and PREFIX.fullmatch(block.text) and self._may_name(place, domain):
                return place, block.text.strip(" :.,–—-")
        title = f"{domain.title} – {self._organisation}" if self._organisation else domain.title
        self._unnamed[title] = self._unnamed.get(title, 0) + 1
        return None, title if self._unnamed[title] == 1 else f"{title} ({self._unnamed[title]})"


def _is_of_report(block: Block) -> bool:
    """Does a line say a third party, the overall rating or a domain's?"""
    found = None if block.is_only_text or len(block.text) > SHORT else labelled(block.text)
    return bool(found and (found[0] in IN_CASE_STUDIES or OVERALL.match(block.text)))


def _explicit(block: Block) -> re.Match | None:
    return None if block.is_only_text else patterns.CASE_STUDY.fullmatch(block.text)


def _told(blocks: Sequence[Block], edition: Edition) -> set[int]:
    """The domains that the report tells elsewhere than in a summary of all scores."""
    codes, codes_told = patterns.code_pattern(edition), set()
    of = {code: domain.number for domain in edition.domains for code in domain.codes}
    for block in blocks:
        if isinstance(block.form, OutcomeTable) and not block.form.is_summary:
            codes_told.add(block.form.domain)
            continue
        match = None if block.is_only_text else codes.fullmatch(block.text)
        if match and match.group(1).upper() in of and patterns.score(match.group(2) or ""):
            codes_told.add(of[match.group(1).upper()])
    return codes_told


def _of_services(edition: Edition) -> Domain:
    of_services = [domain for domain in edition.domains if domain.aggregation == MIDDLE_CASE_STUDY]
    return (of_services or edition.domains)[0]


def _is_plain(rest: str, domain: Domain) -> bool:
    return plainest(rest) in ("", plainest(domain.title))
