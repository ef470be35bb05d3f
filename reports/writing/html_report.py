"""The annual report as HTML: one template for the web page, the file to keep and the PDF."""

from collections.abc import Sequence
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.text import capfirst

from eds import figures_in_text, labels
from eds.content import CaseStudy, Evidence, ReportContent, Theme
from eds.markdown import to_html
from eds.totals import Results, Total, results
from reports.writing import comparison_tables, methods, pictures, tables
from reports.writing import methods as about

STYLE = ("report/file.css", "report/report.css")
WEB = ("http://", "https://")


def page(content: ReportContent, *, styled: bool = True) -> str:
    """The report as a whole HTML document: a file to keep, or without its style what a PDF is made of."""
    style = "".join(Path(finders.find(path)).read_text(encoding="utf-8") for path in STYLE) if styled else ""
    context = {
        "title": f"{labels.title(content)}: {content.organisation.name}",
        "author": content.organisation.name,
        "made_on": labels.made_on(content).isoformat(),
        "style": style,
        "body": body(content),
    }
    return render_to_string("reports/page.html", context)


def body(content: ReportContent) -> str:
    """The report from its h1 on, as one `<article>`: safe to print as it is.

    Raises KeyError where a case study's domain is not in the edition.
    """
    figures = results(content)
    context = {
        "content": content,
        "title": labels.title(content),
        "contents": contents(content),
        **_cover(content),
        **_score_card(content, figures),
        **_change(content),
        "case_studies": [
            _case_study(content, study, result.total)
            for study, result in zip(content.case_studies, figures.case_studies, strict=True)
        ],
        "map": tables.table(content),
        "map_sentences": tables.sentences(content),
        "map_pictures": tables.pictures_of(content),
        "themes": _themes(content.recommendations),
        "plan": about.plan(content) if content.recommendations else None,
        "previous": tables.previous_actions(content),
        **_panel(content),
        "methods": about.methods(content),
        "glossary": about.glossary(content),
        "other_forms": about.other_forms(content),
    }
    return render_to_string("reports/body.html", context)


def contents(content: ReportContent) -> list[tuple[str, str]]:
    """The parts that the report has: anchor and heading, in order."""
    third = content.third_parties
    parts = (
        (content.summary, "summary", "Summary"),
        (True, "outcome-areas", "Outcome areas"),
        (True, "score-summary", "Score summary"),
        (True, "change", "Change since last year"),
        *((True, f"case-study-{one.number}", labels.heading(content, one)) for one in content.case_studies),
        (tables.has_map(content), "evidence-map", "Evidence map"),
        (content.recommendations, "recommendations", "Recommendations and action plan"),
        (content.previous_actions, "previous-actions", "Completed actions from previous year"),
        (methods.has_part(content), "panel", "How the panel worked"),
        (third.trade_union_reps or third.independent_evaluators, "third-parties", "Third-party involvement"),
        (True, "methods", "How this report was made"),
        (True, "glossary", "Glossary"),
        (True, "other-forms", "Other forms of this report"),
    )
    return [(anchor, heading) for is_there, anchor, heading in parts if is_there]


def _cover(content: ReportContent) -> dict:
    header = labels.header(content)
    return {
        "header": [(capfirst(label), value) for label, value in header if value],
        "header_missing": labels.listed([label for label, value in header if not value]),
        "approval": about.approval(content),
        "summary": _markdown(figures_in_text.filled(content.summary, content), heading_level=3),
    }


def _score_card(content: ReportContent, figures: Results) -> dict:
    domains = [content.edition.domain(number) for number in sorted({s.domain for s in content.case_studies})]
    return {
        "scale": labels.scale(content.edition),
        "outcomes": [tables.outcome_areas(domain) for domain in domains],
        "left_out": labels.left_out(content),
        "card": pictures.score_card(content, figures),
        "result": tables.domain_results(content, figures),
        "summaries": [tables.panel_scores(content, domain, figures) for domain in domains],
        "bands": tables.bands(content),
    }


def _change(content: ReportContent) -> dict:
    return {
        "change": comparison_tables.sentence(content),
        "change_picture": comparison_tables.picture(content),
        "change_tables": [
            table
            for table in (comparison_tables.totals(content), comparison_tables.outcomes(content))
            if table
        ],
    }


def _panel(content: ReportContent) -> dict:
    return {
        "has_panel": methods.has_part(content),
        "panel_sentences": methods.sentences(content),
        "panel_words": _markdown(figures_in_text.filled(content.panel_work, content), heading_level=3),
        "panel_tables": [
            table
            for table in (methods.represented(content), tables.panel(content), tables.interests(content))
            if table
        ],
        "spreads": methods.spreads(content),
    }


def _case_study(content: ReportContent, study: CaseStudy, total: Total) -> dict:
    domain = content.edition.domain(study.domain)
    return {
        "number": study.number,
        "heading": labels.heading(content, study),
        "domain": labels.domain(domain),
        "origin": labels.origin(study),
        "total": total.words if content.edition.has_points else "",
        "sections": [
            {"heading": labels.section_heading(content.edition, section), "html": _markdown(section.body)}
            for section in study.sections
        ],
        "evidence": [_evidence(content, item) for item in study.evidence],
        "picture": pictures.case_study(content, study, total).svg,
        "scores": tables.scores(content, study, total),
        "self_assessment": tables.self_assessment(content, study),
        "commentary": _markdown(study.commentary or ""),
    }


def _markdown(text: str, *, heading_level: int = 4) -> str:
    return to_html(text, heading_level=heading_level) if text.strip() else ""


def _evidence(content: ReportContent, item: Evidence) -> dict:
    """One piece of evidence. Its address becomes a link only where it is a web address."""
    groups = "; ".join(labels.group(content, code) for code in item.groups)
    about = [
        (item.source or "").rstrip(". "),
        labels.day(item.date or ""),
        capfirst(labels.named("outcome area", "outcome areas", item.outcomes)),
        groups and f"Groups: {groups}",
        item.file and f"File: {item.file.name}, {filesizeformat(item.file.size)}",
    ]
    linked = (item.url or "").lower().startswith(WEB)
    return {
        "is_quote": item.kind == "quote",
        "title": item.title or ("" if item.text else item.url or ""),
        "text": item.text or "",
        "url": item.url if linked else "",
        "address": "" if linked else item.url or "",
        "about": ". ".join(part for part in about if part),
    }


def _themes(themes: Sequence[Theme]) -> list[dict]:
    """The themes with actions numbered through; in tables once any has an owner, a date or a status."""
    detailed = any(tables.is_detailed(action) for theme in themes for action in theme.actions)
    made, first = [], 1
    for theme in themes:
        listed = [{"text": action.action, "about": labels.answers(action)} for action in theme.actions]
        table = tables.actions(theme, first) if detailed and theme.actions else None
        made.append({"name": theme.theme, "first": first, "actions": listed, "table": table})
        first += len(theme.actions)
    return made
