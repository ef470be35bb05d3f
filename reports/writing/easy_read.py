"""The easy-read report: at most five pages of short sentences with pictures, every figure from the content.

Each line is one sentence of at most 15 words, which the tests count. Names of case studies and themes, and the address
for questions, are the organisation's own words.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from django.template.loader import render_to_string

from eds.content import CaseStudy, Judgement, ReportContent
from eds.edition import Domain
from eds.evidence_map import evidence_map
from eds.text import labels
from eds.text.easy_sentences import SENTENCES
from eds.totals import Points, Total, number_words, results
from reports.writing import comparison_tables, look, methods
from reports.writing.drawing.easy_pictures import picture
from reports.writing.pdf.report import writer

PAGES = 5
MOST = (9, 6, 3, 1, 0)  # case studies of a domain and themes, fewer where five pages can't hold them
STYLE = ("report/easy-read.css",)
ABOUT = {("EDS 2022", number): f"domain_{number}" for number in (1, 2, 3)}
PICTURES_OF_DOMAINS = {1: "service", 2: "staff", 3: "leaders"}


@dataclass(frozen=True, kw_only=True)
class Block:
    """A picture and the sentences beside it; `name` above them is a name that the organisation gave.

    `topics` below them are such names with a sentence each.
    """

    picture: str
    lines: tuple[str, ...]
    name: str = ""
    topics: tuple[tuple[str, str], ...] = ()

    @property
    def svg(self) -> str:
        return picture(self.picture)


@dataclass(frozen=True, kw_only=True)
class Part:
    heading: str
    blocks: tuple[Block, ...]


def to_easy_read_pdf(content: ReportContent) -> bytes:
    """The easy-read report as PDF/UA-1 and PDF/A-3A, of at most five pages. Raises PDFUnavailableError."""
    pdf_writer = writer()
    for most in MOST:
        data = pdf_writer.write(page(content, most=most), more_style=STYLE)
        with pikepdf.open(BytesIO(data)) as pdf:
            if len(pdf.pages) <= PAGES:
                return data
    return data


def page(content: ReportContent, *, most: int = MOST[0]) -> str:
    """The easy-read report as a whole HTML document; `most` is how many of a list it names."""
    context = {
        "title": f"Easy read: {labels.title(content)}, {content.organisation.name}",
        "author": content.organisation.name,
        "made_on": labels.made_on(content).isoformat(),
        "colour": look.own_colour_of(content.organisation),
        "body": body(content, most=most),
    }
    return render_to_string("reports/page.html", context)


def body(content: ReportContent, *, most: int = MOST[0]) -> str:
    """The easy-read report from its h1 on, as one `<article>`: safe to print as it is."""
    return render_to_string(
        "reports/easy_read.html", {"content": content, "parts": parts(content, most=most)}
    )


def sentence(content: ReportContent, name: str) -> str:
    """A sentence of `eds.text.easy_sentences`: the lead's, or ours where the lead wrote none."""
    return " ".join(content.easy_read.get(name, "").split()) or SENTENCES[name]


def _own(content: ReportContent, name: str) -> tuple[str, ...]:
    """What the lead added, a sentence a line."""
    lines = (" ".join(line.split()) for line in content.easy_read.get(name, "").splitlines())
    return tuple(line for line in lines if line)


def parts(content: ReportContent, *, most: int = MOST[0]) -> list[Part]:
    """Everything that the easy-read report says, in order; parts that have nothing to say are left out."""
    made = (
        Part(heading="What is this?", blocks=tuple(_what(content))),
        Part(
            heading="How well did we do?", blocks=(*_result(content), *_said(content, "panel_said", "people"))
        ),
        *(_domain(content, domain, most) for domain in content.edition.domains),
        Part(heading="What happens next?", blocks=(*_next(content, most), *_said(content, "next", "to-do"))),
        Part(heading="Do you want to know more?", blocks=tuple(_ask(content))),
    )
    return [part for part in made if part.blocks]


def _said(content: ReportContent, name: str, symbol: str) -> Iterator[Block]:
    """The lead's own sentences, where there are any."""
    if lines := _own(content, name):
        yield Block(picture=symbol, lines=lines)


def counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def out_of(points: Points, highest: int | None) -> str:
    return f"{number_words(points)} points out of {highest}"


def _what(content: ReportContent) -> Iterator[Block]:
    yield Block(
        picture="report",
        lines=(
            sentence(content, "purpose"),
            sentence(content, "yearly"),
            f"This is what we found in {content.year}.",
        ),
    )
    if content.panel:
        people, outside = methods.people_who_scored(content)
        lines = (
            f"{counted(people, 'person', 'people')} looked at our work.",
            *(
                [f"{outside} of them {'does' if outside == 1 else 'do'} not work for the NHS."]
                if outside
                else []
            ),
            "Together they are called the panel.",
        )
        yield Block(picture="people", lines=lines)
    grades = sorted(content.edition.grades, key=lambda grade: grade.score)
    first, last = (labels.score(content.edition, Judgement(score=grades[place].score)) for place in (0, -1))
    yield Block(
        picture="scores",
        lines=(
            "The panel gave a score to each part of our work.",
            f"The lowest score is {first}.",
            f"The highest score is {last}.",
        ),
    )


def _result(content: ReportContent) -> Iterator[Block]:
    if not content.edition.has_points:
        return
    overall = results(content).overall
    if overall.total is None:
        yield Block(
            picture="result", lines=("Not all parts have a score.", "So there is no score for all our work.")
        )
    else:
        rating = (f"This is called {overall.rating}.",) if overall.rating else ()
        yield Block(picture="result", lines=(f"We got {out_of(overall.total, overall.out_of)}.", *rating))
    before = comparison_tables.comparable(content)
    if before is None or before.overall is None or overall.total is None:
        return
    change = overall.total - before.overall
    name = "up" if change > 0 else "down" if change < 0 else "same"
    words = {
        "up": f"That is {number_words(change)} more than before.",
        "down": f"That is {number_words(-change)} fewer than before.",
        "same": "That is the same as before.",
    }
    yield Block(
        picture=name, lines=(f"In {before.year} we got {number_words(before.overall)} points.", words[name])
    )


def _domain(content: ReportContent, domain: Domain, most: int) -> Part:
    figures = results(content)
    studies = [study for study in content.case_studies if study.domain == domain.number]
    totals = {result.number: result.total for result in figures.case_studies}
    (result,) = (result for result in figures.domains if result.number == domain.number)
    symbol = PICTURES_OF_DOMAINS.get(domain.number, "part")
    plain = ABOUT.get((content.edition.name, domain.number))
    first = (sentence(content, plain),) if plain else ()
    blocks = [Block(picture=symbol, lines=first)] if first and len(studies) > 1 else []
    for each in content.left_out if not studies else ():
        if each.domain == domain.number:
            lines = (*first, "We did not check this part this year. This is why:", each.reason)
            blocks.append(Block(picture=symbol, lines=lines))
    for study in studies[:most]:
        study_lines = _study(content, study, totals[study.number])
        is_only = len(studies) == 1
        lines = (*first, *study_lines) if is_only else study_lines
        blocks.append(Block(picture=symbol if is_only else "part", name=study.title, lines=lines))
    if len(studies) > most:
        more = _more(len(studies) - most, "more case study", "more case studies")
        blocks.append(Block(picture="part", lines=(more,)))
    if len(studies) > 1 and result.total is not None:
        lines = (f"{domain.name} got {out_of(result.total, result.out_of)}.",)
        used = "We use the score of one service for this."
        blocks.append(Block(picture="result", lines=lines if result.case_study is None else (*lines, used)))
    return Part(heading=f"{domain.name}: {domain.title}", blocks=tuple(blocks))


def _more(number: int, one: str, several: str) -> str:
    return f"There {'is' if number == 1 else 'are'} {counted(number, one, several)} in the full report."


def _study(content: ReportContent, study: CaseStudy, total: Total) -> tuple[str, ...]:
    if not content.edition.has_points:
        return _grades(content, study)
    if total.points is None:
        return ("It has no score yet.",)
    if not total.is_complete:
        return (f"It has {out_of(total.points, total.out_of)} so far.", "Some of it has no score yet.")
    return (f"It got {out_of(total.points, total.out_of)}.",)


def _grades(content: ReportContent, study: CaseStudy) -> tuple[str, ...]:
    """How often each grade was given, the highest first."""
    given = Counter(judgement.score for judgement in study.scores.values() if judgement.score is not None)
    names = {grade.score: grade.name for grade in content.edition.grades}
    return tuple(
        f"{counted(given[score], 'part', 'parts')} got {names.get(score, number_words(score))}."
        for score in sorted(given, reverse=True)
    ) or ("It has no score yet.",)


def _next(content: ReportContent, most: int) -> Iterator[Block]:
    evidence = evidence_map(content)
    if evidence is not None and evidence.missing_groups:
        count = counted(len(evidence.missing_groups), "group", "groups")
        yield Block(
            picture="missing",
            lines=(f"We do not know enough about {count} of people.", sentence(content, "missing")),
        )
    done = sum(previous.status == "complete" for previous in content.previous_actions)
    if done:
        yield Block(
            picture="done", lines=(f"We did {counted(done, 'thing', 'things')} that we said we would do.",)
        )
    themes = [(theme.theme, len(theme.actions)) for theme in content.recommendations if theme.actions]
    if themes:
        total = sum(count for _, count in themes)
        more = (_more(len(themes) - most, "more topic", "more topics"),) if len(themes) > most else ()
        yield Block(
            picture="to-do",
            lines=(f"The panel asked us to do {counted(total, 'thing', 'things')}.", *more),
            topics=tuple(
                (name, counted(count, "thing to do", "things to do")) for name, count in themes[:most]
            ),
        )


def _ask(content: ReportContent) -> Iterator[Block]:
    yield Block(
        picture="ask",
        lines=(sentence(content, "report"), sentence(content, "ask")),
        topics=((content.contact or content.organisation.name, ""),),
    )
