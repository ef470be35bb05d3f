"""What an uploaded report says, with the corrections of the person who uploaded it. Nothing here is stored.

`corrections` is what `ReportUpload` keeps:
- "lines": [{"number": 8, "was": "1A: two/3", "now": "1A: 2/3"}], lines that were misread; "" leaves one out
- "edits_left": [0, 2], changes of a file's text, by their places, that are not to be taken
- "meanings": {"columns": {"our view": "rating"}, "ratings": {"good": "2"}, "outcomes": {}}, words in tables
- "added": [{"number": 4, "domain": 2, "title": "…"}], case studies that the file does not show as such
- "case_studies": {"1": {"title": "…", "sections": [{"heading": "…", "outcome": "1A", "body": "…"}],
  "scores": {"1A": "2", "1B": ""}, "owners": {"1A": "…"}}}
- "placed": [{"number": 12, "text": "…", "to": "1:2"}], skipped lines by where they go: case study and section from 0,
  "1:commentary", "1:+1A" for a new section about an outcome area, or "recommendation"
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from eds.checks import Finding, check
from eds.content import Action, CaseStudy, Judgement, Organisation, ReportContent, Section, Theme
from eds.edition import Edition
from eds.text.markdown import escaped
from eds.totals import whole
from reports.reading.blocks import Skipped
from reports.reading.docx.edits import Edit
from reports.reading.problems import ImportProblem, Problem
from reports.reading.prose.report import TextImport
from reports.reading.questions import Questions
from reports.reading.settled import NO_YEAR
from reports.reading.template.meanings import Meanings
from scoring.importing import stored
from scoring.importing.read import read_data, with_edits
from scoring.review.previous import previous_report

COMMENTARY, RECOMMENDATION, NEW = "commentary", "recommendation", "+"
PLACED_THEME = "Other recommendations"


@dataclass(frozen=True, kw_only=True)
class Understood:
    """What is understood of an upload. `original` is the content as the file says it, without corrections.

    `content` is None where the file can't be read at all; `problems` are what stands against importing it.
    """

    content: ReportContent | None = None
    original: ReportContent | None = None
    skipped: tuple[Skipped, ...] = ()  # what is left out still
    unplaced: tuple[Skipped, ...] = ()  # all that the file has and the report has not, placed or not
    assumed: tuple[Skipped, ...] = ()  # what was read in a meaning that the file doesn't state
    problems: tuple[Problem, ...] = ()
    unnamed: tuple[int, ...] = ()
    questions: Questions = field(default_factory=Questions)
    edits: tuple[tuple[Edit, bool], ...] = ()  # what was changed in Word, and whether it is taken

    @property
    def has_year(self) -> bool:
        return self.content is not None and self.content.year != NO_YEAR

    @property
    def is_empty(self) -> bool:
        """Is there nothing that could be imported?"""
        content = self.content
        return content is None or not (
            content.case_studies or content.recommendations or content.previous_actions
        )

    def findings(self, organisation: str) -> tuple[Finding, ...]:
        """What the checks raise. `organisation` is the slug."""
        if self.content is None:
            return ()
        return check(self.content, previous=previous_report(organisation, self.content.year))


def read_upload(upload) -> TextImport:
    """Reads the file, with lines and words as the person corrected them. Raises ImportProblem."""
    said = upload.corrections
    return read_data(
        bytes(upload.data),
        upload.name,
        organisation=upload.organisation.name,
        year=upload.year or None,
        mended={(line["number"], line["was"]): line["now"] for line in said.get("lines", [])},
        meanings=meanings_of(upload),
        lenient=True,
    )


def meanings_of(upload) -> Meanings:
    """What the organisation's words in tables mean; what was said of this file comes first."""
    known = getattr(upload.organisation, "table_meanings", None)
    own = upload.corrections.get("meanings", {})
    kinds = ("columns", "ratings", "outcomes")
    return Meanings(**{kind: getattr(known, kind, {}) | own.get(kind, {}) for kind in kinds})


def look_at(upload) -> Understood:
    """What is understood of the upload now."""
    try:
        found = stored.from_text(upload.reading) if upload.reading else read_upload(upload)
    except ImportProblem as problem:
        return Understood(problems=problem.problems)
    said = upload.corrections
    organisation = Organisation(name=upload.organisation.name, ics=found.content.organisation.ics)
    original = with_added(replace(found.content, organisation=organisation), said.get("added", []))
    edits = tuple(
        (edit, edit.can_be_taken and at not in said.get("edits_left", []))
        for at, edit in enumerate(found.edits)
    )
    left_out = tuple(line for line in found.skipped if not line.is_assumed)
    placed = {(line["number"], line["text"]): line["to"] for line in said.get("placed", [])}
    left = tuple(line for line in left_out if (line.number, line.text) not in placed)
    content = with_edits(original, [edit for edit, is_taken in edits if is_taken])
    content = corrected(replace(content, title=upload.title or content.title), said.get("case_studies", {}))
    content = with_placed(content, [line for line in left_out if line not in left], placed)
    named = [int(number) for number, one in said.get("case_studies", {}).items() if one.get("title")]
    return Understood(
        content=_without_removed(content),
        original=original,
        skipped=left,
        unplaced=left_out,
        assumed=tuple(line for line in found.skipped if line.is_assumed),
        problems=found.problems,
        unnamed=tuple(number for number in found.unnamed if number not in named),
        questions=found.questions,
        edits=edits,
    )


def can_be_mended(problems: Sequence[Problem]) -> bool:
    """Can they be put right on the page? A line can be corrected and a year given; a broken file is broken."""
    return all(problem.is_of_line or problem.found == "no year" for problem in problems)


def with_added(content: ReportContent, added: Sequence[Mapping]) -> ReportContent:
    """The content with case studies that a person added."""
    taken = {part.number for part in content.case_studies}
    new = tuple(
        CaseStudy(number=one["number"], domain=one["domain"], title=one["title"])
        for one in added
        if one["number"] not in taken
    )
    return replace(content, case_studies=content.case_studies + new)


def corrected(content: ReportContent, case_studies: Mapping[str, Mapping]) -> ReportContent:
    """The content with titles, sections, owners and scores as somebody set them."""
    return replace(
        content,
        case_studies=tuple(
            _corrected(part, case_studies.get(str(part.number), {}), content.edition)
            for part in content.case_studies
        ),
    )


def _corrected(part: CaseStudy, said: Mapping, edition: Edition) -> CaseStudy:
    codes = edition.domain(part.domain).codes
    sections = part.sections
    if "sections" in said:
        sections = tuple(
            Section(heading=one["heading"], outcome=one["outcome"] or None, body=one["body"])
            for one in said["sections"]
        )
    scores = dict(part.scores)
    for code, value in said.get("scores", {}).items():
        before = scores.get(code, Judgement())
        score = whole(float(value)) if value else None
        if score != before.score:
            scores[code] = replace(before, score=score, not_applicable=False)
    owners = {code: said.get("owners", {}).get(code, part.owners.get(code)) for code in codes}
    return replace(
        part,
        title=said.get("title") or part.title,
        sections=sections,
        scores=scores,
        owners={code: owner for code, owner in owners.items() if owner},
    )


def _without_removed(content: ReportContent) -> ReportContent:
    """Without sections whose heading and text somebody emptied."""
    return replace(
        content,
        case_studies=tuple(
            replace(part, sections=tuple(one for one in part.sections if one.heading))
            for part in content.case_studies
        ),
    )


def with_placed(
    content: ReportContent, lines: Sequence[Skipped], placed: Mapping[tuple[int, str], str]
) -> ReportContent:
    """The content with these lines put at the end of a section or of the commentary, or among recommendations."""
    case_studies = {part.number: part for part in content.case_studies}
    actions = []
    for line in lines:
        to, text = placed[line.number, line.text], " ".join(line.text.split())
        if to == RECOMMENDATION:
            actions.append(Action(action=text))
            continue
        number, place = to.split(":")
        part = case_studies.get(int(number))
        if part is not None:
            case_studies[part.number] = _with_line(part, place, escaped(text))
    themes = (Theme(theme=PLACED_THEME, actions=tuple(actions)),) if actions else ()
    return replace(
        content,
        case_studies=tuple(case_studies[part.number] for part in content.case_studies),
        recommendations=content.recommendations + themes,
    )


def _with_line(part: CaseStudy, place: str, text: str) -> CaseStudy:
    if place == COMMENTARY:
        return replace(part, commentary=_below(part.commentary, text))
    sections = list(part.sections)
    if place.startswith(NEW):
        code = place.removeprefix(NEW)
        at = next((at for at, one in enumerate(sections) if (one.heading, one.outcome) == (code, code)), None)
        if at is None:
            sections.append(Section(heading=code, outcome=code, body=text))
        else:
            sections[at] = replace(sections[at], body=_below(sections[at].body, text))
    else:
        sections = [
            replace(one, body=_below(one.body, text)) if str(at) == place else one
            for at, one in enumerate(sections)
        ]
    return replace(part, sections=tuple(sections))


def _below(above: str | None, text: str) -> str:
    return f"{above}\n\n{text}" if above else text
