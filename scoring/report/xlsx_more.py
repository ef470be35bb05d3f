"""Sheets that tell how a report came about: the change since last year, the panel, interests, what the report says."""

from collections.abc import Iterator

from django.utils.text import capfirst

from eds import figures_in_text, labels
from eds.comparison import told
from eds.content import PreviousResults, ReportContent
from eds.markdown import to_plain
from eds.totals import results
from reports.writing import methods
from reports.writing.xlsx.sheets import Sheet
from scoring.report import comparison, panel_work

EMPTY = "An empty cell means that nothing was recorded."


def change(content: ReportContent) -> Iterator[Sheet]:
    """Totals and scores of both years as numbers; no sheet where they can't be compared."""
    before = comparison.comparable(content)
    if before is None:
        return
    totals = [
        ("Total", name, was, now, None if was is None or now is None else now - was)
        for name, was, now, _ in (
            comparison.both_years(content, before) if content.edition.has_points else ()
        )
    ]
    columns = (
        ("Level", 16),
        ("Result of", 60),
        (before.year, 14),
        (content.year if content.year != before.year else f"{content.year} (now)", 14),
        ("Change", 14),
    )
    yield Sheet(
        name="Change",
        title="Change since last year",
        note=comparison.sentence(content),
        columns=columns,
        rows=[*totals, *_outcomes(content, before)],
    )


def _outcomes(content: ReportContent, before: PreviousResults) -> Iterator[tuple]:
    """In an edition without points the places of the grades, from 0."""
    now = told(content).scores
    for one in comparison.differences(content, before):
        first, second = one.before, now.get(one.code)
        moved = None if first is None or second is None else second - first
        yield "Outcome area", f"{one.code} {one.statement}", first, second, moved


def panel(content: ReportContent) -> Iterator[Sheet]:
    """Who was on the panel, who declared an interest, how far scores lay apart; only what there is."""
    if content.panel:
        yield _members(content)
    if content.interests:
        yield _interests(content)
    if panel_work.spreads(content):
        yield _spreads(content)


def _members(content: ReportContent) -> Sheet:
    rows = [
        (
            member.name,
            labels.INTERESTS.get(member.interest or "", member.interest),
            ", ".join(str(number) for number in member.domains),
            "Yes" if member.chair else "No",
        )
        for member in content.panel
    ]
    columns = (
        ("Name", 36),
        ("Whose interest they represent", 48),
        (f"{content.edition.domain_noun}s", 16),
        ("Chair", 12),
    )
    return Sheet(name="Panel", title="Who was on the panel", note=EMPTY, columns=columns, rows=rows)


def _interests(content: ReportContent) -> Sheet:
    titles = {study.number: study.title for study in content.case_studies}
    rows = [
        (said.member, said.case_study, titles.get(said.case_study), said.reason) for said in content.interests
    ]
    columns = (("Name", 36), ("Case study", 12), ("Title", 48), ("Reason", 60))
    title = "Interests declared: who did not score a case study, and why"
    return Sheet(name="Interests", title=title, note=EMPTY, columns=columns, rows=rows)


def _spreads(content: ReportContent) -> Sheet:
    titles = {study.number: study.title for study in content.case_studies}
    rows = [
        (number, titles[number], spread.members, code, spread.apart.get(code))
        for domain in content.edition.domains
        for _, number, spread in panel_work.told(content, domain)
        for code in domain.codes
    ]
    columns = (
        *(("Case study", 12), ("Title", 48), ("Members who scored", 16)),
        *(("Outcome area", 14), ("Points apart", 14)),
    )
    note = "1 stands for one point or none. Empty where fewer than five members scored."
    title = "How far members’ scores lay apart"
    return Sheet(name="Spread", title=title, note=note, columns=columns, rows=rows)


def about_sheet(content: ReportContent) -> Sheet:
    third, overall = content.third_parties, results(content).overall
    facts = [
        ("organisation", content.organisation.name),
        ("ODS code", content.organisation.ods_code or ""),
        ("year", content.year),
        ("edition of the EDS", content.edition.name),
        *labels.header(content),
        ("approval", methods.approval(content)),
        ("overall", ", ".join(filter(None, (overall.words, overall.rating))) or overall.reason),
        ("trade union representatives", labels.listed(third.trade_union_reps)),
        ("independent evaluators and peer reviewers", labels.listed(third.independent_evaluators)),
        ("summary", to_plain(figures_in_text.filled(content.summary, content))),
        ("how the panel worked", to_plain(figures_in_text.filled(content.panel_work, content))),
        ("how this report was made", " ".join(methods.methods(content))),
        ("other forms of this report", " ".join(methods.other_forms(content))),
    ]
    rows = [(capfirst(name), value or labels.NOT_RECORDED) for name, value in facts]
    return Sheet(
        name="About",
        title="Who made this report, when, and what it says in words",
        note="First the header of NHS England’s reporting template.",
        columns=(("What", 44), ("Answer", 100)),
        rows=rows,
    )
