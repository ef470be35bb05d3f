"""The report as a Word file, in the order of NHS England's reporting template for EDS 2022.

Header, completed actions of last year, score card, domains, third parties, overall rating, action plan. What the
template has no place for follows its subject: a case study's text stands before its table, the commentary after it.
"""

from collections.abc import Sequence

from django.utils.text import capfirst
from docx.document import Document
from docx.oxml.ns import qn

from eds.content import Action, ReportContent
from eds.text import figures_in_text, labels
from eds.totals import Results, results
from reports.writing import at_a_glance, comparison_tables, look, map_tables, methods, tables
from reports.writing.docx import document as docx_document
from reports.writing.docx import styles
from reports.writing.docx.carried import carry
from reports.writing.docx.contents import add_contents, fill_contents
from reports.writing.docx.document import add_heading, add_paragraph, add_row, add_table, keep_whole
from reports.writing.docx.domain import add_domain
from reports.writing.docx.markdown_blocks import WIDTH, add_markdown
from reports.writing.docx.parts import Pictures, add_logo, add_made_table, add_rows
from reports.writing.ooxml import made_at

WIDE = 25.7  # cm of text on a page turned sideways
NEW_PAGE = {"evidence-map", "action-plan"}  # and each domain; other parts follow the one before them
NAME_WIDTH, GRADE_WIDTH, TOTAL_WIDTH = 2.6, 2.8, 2.2  # cm for "Undeveloped" in one line


def to_docx(content: ReportContent, *, audit_head: str = "") -> bytes:
    """The Word file, with the head of the audit log where it is published.

    The same content and head give the same bytes: the times in the file come from the content.

    Raises KeyError where a case study's domain is not in the edition, and PDFUnavailableError where no picture can be
    drawn on this machine.
    """
    figures, made, shown = results(content), made_at(content), Pictures.of(content)
    document = docx_document.new_document(
        title=labels.title(content), author=content.organisation.name, made=made
    )
    _title(document, content)
    styles.start_parts_on_new_pages(document)
    _rating(document, figures)
    _header(document, content)
    place = add_contents(document)
    if content.summary:
        _part(document, content, "summary")
        add_summary(document, content)
    _previous_actions(document, content)
    _score_card(document, content, figures, shown)
    _part(document, content, "change")
    add_change(document, content, shown)
    for domain in content.edition.domains:
        _part(document, content, f"domain-{domain.number}")
        add_domain(document, content, domain, figures)
    _third_parties(document, content)
    _overall(document, content, figures)
    _how_it_came_about(document, content)
    if head := methods.head_of_log(audit_head):
        add_paragraph(document, head)
    _action_plan(document, content)
    if document.element.body[-2].tag == qn("w:tbl"):  # Word wants a paragraph last
        add_paragraph(document)
    fill_contents(document, place)
    carry(document, content)
    return docx_document.saved(document, made)


def _title(document: Document, content: ReportContent) -> None:
    """Title and organisation, below its logo and with headings in its colour where it has them."""
    if content.organisation.colour:
        styles.colour_headings(document, look.colour_of(content.organisation))
    if logo := look.logo_of(content.organisation):
        add_logo(document, logo, content.organisation.name)
    add_paragraph(document, labels.title(content), style="Title")
    add_paragraph(document, f"{content.organisation.name}, {content.year}", style="Subtitle")


def _parts(content: ReportContent) -> list[tuple[str, str]]:
    """Name and heading of each part, in order."""
    more = parts(content)
    after = ("evidence-map", "panel", "methods", "glossary", "other-forms")
    return [
        *((name, more[name]) for name in ("summary",) if name in more),
        ("previous-actions", "Completed actions from previous year"),
        ("score-card", "EDS rating and score card"),
        ("change", more["change"]),
        *((f"domain-{domain.number}", labels.domain(domain)) for domain in content.edition.domains),
        ("third-parties", "Third-party involvement"),
        ("overall", "EDS organisation rating"),
        *((name, more[name]) for name in after if name in more),
        ("action-plan", "Action plan"),
    ]


def _part(document: Document, content: ReportContent, name: str) -> None:
    """The heading of a part: on a new page where the part fills one."""
    begins = name in NEW_PAGE or name.startswith("domain-")
    add_heading(document, dict(_parts(content))[name], 1, style=None if begins else styles.SAME_PAGE)


# Header, last year, score card


def _rating(document: Document, figures: Results) -> None:
    """The result on the first page, where there is one."""
    overall = figures.overall
    if overall.rating:
        words = f"{overall.rating}: {at_a_glance.points(overall.total, overall.out_of)}"
        add_paragraph(document, words, style=styles.RATING)


def _header(document: Document, content: ReportContent) -> None:
    rows = [(capfirst(label), value or labels.NOT_RECORDED) for label, value in labels.header(content)]
    add_rows(document, "About this report", ("What", "Answer"), rows, (6, 11))


def _previous_actions(document: Document, content: ReportContent) -> None:
    _part(document, content, "previous-actions")
    table = tables.previous_actions(content)
    if table is None:
        add_paragraph(document, f"{labels.NOT_RECORDED}.")
    else:
        add_made_table(document, table, (8.5, 5, 3.5))


def _score_card(document: Document, content: ReportContent, figures: Results, shown: Pictures) -> None:
    _part(document, content, "score-card")
    edition = content.edition
    add_paragraph(document, f"Each outcome area is {labels.scored(edition)} {labels.scale(edition)}.")
    shown.add(document, "score-card")
    if bands := tables.bands(content):
        add_made_table(document, bands, (5, 12))
    if result := tables.domain_results(content, figures):
        add_made_table(document, result, (6, 3.5, 7.5))
    for domain in edition.domains:
        if any(study.domain == domain.number for study in content.case_studies):
            summary = tables.panel_scores(content, domain, figures)
            total = [TOTAL_WIDTH] * edition.has_points
            grade = min(GRADE_WIDTH, (WIDTH - NAME_WIDTH - sum(total)) / len(domain.codes))
            rest = [grade] * len(domain.codes) + total
            add_made_table(document, summary, (WIDTH - sum(rest), *rest))


# Who took part, overall rating, action plan


def _third_parties(document: Document, content: ReportContent) -> None:
    _part(document, content, "third-parties")
    third = content.third_parties
    rows = [
        ("Trade union representatives", labels.listed(third.trade_union_reps) or labels.NOT_RECORDED),
        (
            "Independent evaluators and peer reviewers",
            labels.listed(third.independent_evaluators) or labels.NOT_RECORDED,
        ),
    ]
    add_rows(document, "Who took part from outside", ("Role", "Names"), rows, (6, 11))


def _how_it_came_about(document: Document, content: ReportContent) -> None:
    """The evidence map, the panel's work and what the report says about itself."""
    there = parts(content)
    for name, add in (
        ("evidence-map", add_map),
        ("panel", add_panel),
        ("methods", add_methods),
        ("glossary", add_glossary),
        ("other-forms", add_other_forms),
    ):
        if name in there:
            _part(document, content, name)
            add(document, content)


def _overall(document: Document, content: ReportContent, figures: Results) -> None:
    _part(document, content, "overall")
    overall = figures.overall
    rating = " ".join(part for part in (overall.words, overall.rating) if part) or "No rating"
    names = labels.listed([content.organisation.name, *content.header.partners])
    rows = [
        ("EDS organisation rating", rating),
        ("How it was reached", overall.reason),
        ("Organisation", names),
        ("Approval", methods.approval(content) or labels.NOT_RECORDED),
    ]
    add_rows(document, "Overall rating", ("What", "Answer"), rows, (6, 11))


def _action_plan(document: Document, content: ReportContent) -> None:
    docx_document.turn_page(document)
    _part(document, content, "action-plan")
    add_made_table(document, methods.plan(content), (6, WIDE - 6))
    for theme in content.recommendations:
        add_heading(document, theme.theme, 2)
        if theme.actions:
            _actions(document, content, theme.theme, theme.actions)
    if not content.recommendations:
        add_paragraph(document, "No actions are recorded.", style="Result")


def _actions(document: Document, content: ReportContent, theme: str, actions: Sequence[Action]) -> None:
    noun = content.edition.domain_noun
    columns = (noun, "Outcome", "Objective", "Action", "Owner", "Completion date", "Status")
    table = add_table(document, f"Actions: {theme}", columns, (2.4, 2.6, 4.2, 7.3, 3.4, 3.2, 2.6))
    for action in actions:
        domains = [d.number for d in content.edition.domains if set(d.codes) & set(action.outcomes)]
        texts = (
            labels.listed([str(number) for number in domains]),
            labels.listed(action.outcomes),
            action.objective,
            action.action,
            action.owner,
            labels.day(action.due or ""),
            labels.STATUSES.get(action.status, action.status),
        )
        cells = add_row(table)
        for cell, text in zip(cells, texts, strict=True):
            add_paragraph(cell, text or labels.NOT_RECORDED)
        if action.case_studies:
            numbers = [str(number) for number in action.case_studies]
            add_paragraph(cells[3], capfirst(labels.named("case study", "case studies", numbers)))
        keep_whole(table.rows[-1])


# What the reporting template has no place for, in a Word file: the summary, last year, the panel, the map, methods.


def parts(content: ReportContent) -> dict[str, str]:
    """Name and heading of each part that the report has."""
    headings = {
        "summary": (content.summary, "Summary"),
        "change": (True, "Change since last year"),
        "evidence-map": (map_tables.has_map(content), "Evidence map"),
        "panel": (methods.has_part(content), "How the panel worked"),
        "methods": (methods.methods(content), "How this report was made"),
        "glossary": (True, "Glossary"),
        "other-forms": (True, "Other forms of this report"),
    }
    return {name: heading for name, (is_there, heading) in headings.items() if is_there}


def add_summary(document: Document, content: ReportContent) -> None:
    add_markdown(document, figures_in_text.filled(content.summary, content), heading_level=2)


def add_change(document: Document, content: ReportContent, shown: Pictures) -> None:
    add_paragraph(document, comparison_tables.sentence(content))
    shown.add(document, "change-since-last-year")
    if table := comparison_tables.totals(content):
        add_made_table(document, table, (6, 3.5, 3.5, 4))
    if table := comparison_tables.outcomes(content):
        add_made_table(document, table, (8, 3, 3, 3))


def add_map(document: Document, content: ReportContent) -> None:
    for sentence in map_tables.sentences(content):
        add_paragraph(document, sentence)
    made_table = map_tables.table(content)
    numbers = len(made_table.columns) - 1
    narrow = min(1.1, (WIDTH - 4) / numbers)
    add_made_table(document, made_table, (WIDTH - narrow * numbers, *[narrow] * numbers))


def add_panel(document: Document, content: ReportContent) -> None:
    if content.panel_work:
        add_markdown(document, figures_in_text.filled(content.panel_work, content), heading_level=2)
    for sentence in methods.sentences(content):
        add_paragraph(document, sentence)
    for found, widths in (
        (methods.represented(content), (13, 4)),
        (tables.panel(content), (6, 8, 3)),
        (tables.interests(content), (4, 5, 8)),
    ):
        if found:
            add_made_table(document, found, widths)
    for table, _ in methods.spreads(content):
        numbers = len(table.columns) - 2
        width = min(2.4, (WIDTH - 6) / numbers)
        add_made_table(document, table, (WIDTH - 2.4 - width * numbers, 2.4, *[width] * numbers))


def add_methods(document: Document, content: ReportContent) -> None:
    for sentence in methods.methods(content):
        add_paragraph(document, sentence)


def add_glossary(document: Document, content: ReportContent) -> None:
    add_made_table(document, methods.glossary(content), (5, 12))


def add_other_forms(document: Document, content: ReportContent) -> None:
    for sentence in methods.other_forms(content):
        add_paragraph(document, sentence)
