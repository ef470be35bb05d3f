"""The annual report as HTML: one template for the web page, the file to keep and the PDF."""

from collections.abc import Iterator
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.text import capfirst

from eds.content import Evidence, ReportContent
from eds.edition import Domain
from eds.text import figures_in_text, labels
from eds.totals import DomainResult, Results, results
from reports.writing import (
    action_plan,
    anchors,
    at_a_glance,
    comparison_tables,
    look,
    map_tables,
    methods,
    tables,
)
from reports.writing.author_html import author_html
from reports.writing.drawing.svg_domains import Column, domain_picture

STYLE = ("report/file.css", "report/report.css")
WEB = ("http://", "https://")
MAP_ACROSS, MAP_ACROSS_LARGE = 20, 11  # outcome areas of one table of the evidence map


def page(
    content: ReportContent, *, styled: bool = True, large_print: bool = False, audit_head: str = ""
) -> str:
    """The report as a whole HTML document: a file to keep, or without its style what a PDF is made of.

    A published one prints the head of the audit log.
    """
    style = "".join(Path(finders.find(path)).read_text(encoding="utf-8") for path in STYLE) if styled else ""
    context = {
        "title": f"{labels.title(content)}: {content.organisation.name}",
        "author": content.organisation.name,
        "made_on": labels.made_on(content).isoformat(),
        "style": style,
        "colour": look.own_colour_of(content.organisation),
        "body": body(content, large_print=large_print, on_paper=not styled, audit_head=audit_head),
    }
    return render_to_string("reports/page.html", context)


def body(
    content: ReportContent,
    *,
    large_print: bool = False,
    on_paper: bool = False,
    after_glance: str = "",
    folded: bool = False,
    audit_head: str = "",
) -> str:
    """The report from its h1 on, as one `<article>`: safe to print as it is. `after_glance` is HTML of a page's own.

    `folded` is for a page with NHS.UK's style sheet: case studies and the appendix open when a reader asks for them.

    `on_paper` leaves out what only a small screen or its style sheet needs: a third of the elements.

    Large print has no table of more columns than fit, and lists instead. Raises KeyError where a case study's domain
    is not in the edition.
    """
    context = _context(content, large_print=large_print) | {
        "after_glance": after_glance,
        "folded": folded,
        "on_paper": on_paper,
        "head_of_log": methods.head_of_log(audit_head),
    }
    return render_to_string("reports/body.html", context)


def description(content: ReportContent) -> str:
    """The report in a sentence or three, for search engines and for links that people share."""
    sentences = at_a_glance.sentences(content, results(content))
    return " ".join((f"{labels.title(content)} of {content.organisation.name}.", *sentences))


def _context(content: ReportContent, *, large_print: bool) -> dict:
    figures = results(content)
    return {
        "content": content,
        "title": labels.title(content),
        "contents": contents(content),
        **_cover(content, figures),
        **_glance(content, figures, large_print=large_print),
        "summary": _markdown(figures_in_text.filled(content.summary, content), heading_level=3),
        "previous": tables.previous_actions(content),
        "result": at_a_glance.results_table(content, figures),
        "left_out": labels.left_out(content),
        "change": comparison_tables.sentence(content),
        "case_studies": list(_case_studies(content, figures)),
        "third_parties": [(role, labels.listed(names)) for role, names in _third_parties(content) if names],
        **_plan(content, large_print=large_print),
        **_panel(content),
        "methods": methods.methods(content),
        "statements": tables.outcome_areas(content.edition),
        "map_sentences": map_tables.sentences(content),
        "maps": map_tables.shaded_maps(content, across=MAP_ACROSS_LARGE if large_print else MAP_ACROSS),
        "glossary": methods.glossary(content),
        "other_forms": methods.other_forms(content),
    }


def contents(content: ReportContent) -> list[tuple[str, str]]:
    """The parts that the report has: anchor and heading, in order."""
    third = content.third_parties
    parts = (
        (True, "at-a-glance", at_a_glance_heading(content)),
        (True, "about-this-report", "About this report"),
        (content.summary, "summary", "Summary"),
        (content.previous_actions, "previous-actions", "Completed actions from previous year"),
        (True, "score-card", "Rating and score card"),
        *((True, f"case-study-{one.number}", labels.heading(content, one)) for one in content.case_studies),
        (third.trade_union_reps or third.independent_evaluators, "third-parties", "Third-party involvement"),
        (content.recommendations, "recommendations", "Recommendations and action plan"),
        (methods.has_part(content), "panel", "How the panel worked"),
        (methods.methods(content), "methods", "How this report was made"),
        (True, "outcome-areas", "Outcome areas"),
        (map_tables.has_map(content), "evidence-map", "Evidence map"),
        (True, "glossary", "Glossary"),
        (True, "other-forms", "Other forms of this report"),
    )
    return [(anchor, heading) for is_there, anchor, heading in parts if is_there]


def at_a_glance_heading(content: ReportContent) -> str:
    return f"{content.year} at a glance"


def _cover(content: ReportContent, figures: Results) -> dict:
    header, overall = labels.header(content), figures.overall
    return {
        "header": [(capfirst(label), value) for label, value in header if value],
        "header_missing": labels.listed([label for label, value in header if not value]),
        "published": labels.day(content.header.published or ""),
        "approval": methods.approval(content),
        "rating": overall.rating or ("No overall rating" if content.edition.has_points else ""),
        "rating_points": at_a_glance.points(overall.total, overall.out_of) or capfirst(overall.reason),
        "domain_cards": [
            {"name": result.name, "title": domain.title, "total": result.words, "picture": picture}
            for domain, result in zip(content.edition.domains, figures.domains, strict=True)
            if (picture := _domain_picture(content, domain, result))
        ],
    }


def _domain_picture(content: ReportContent, domain: Domain, result: DomainResult) -> str:
    """Blocks as high as the scores of the case study that is used for the domain; "" where none is."""
    used = next((study for study in content.case_studies if study.number == result.case_study), None)
    if used is None or not content.edition.has_points:
        return ""
    columns = [
        Column(
            code=code,
            marks=tables.marks_of(content.edition, used.scores.get(code)),
            words=labels.score(content.edition, used.scores.get(code)),
        )
        for code in domain.codes
    ]
    return domain_picture(title=f"{labels.domain(domain)}: {result.words}", columns=columns)


def _glance(content: ReportContent, figures: Results, *, large_print: bool) -> dict:
    return {
        "glance_heading": at_a_glance_heading(content),
        "glance_sentences": at_a_glance.sentences(content, figures),
        "grids": at_a_glance.grids(content, figures, brief=large_print),
        "scale": labels.scale(content.edition),
        "gaps": at_a_glance.gaps(content),
        "next_actions": [
            {"text": action.action, "owner": action.owner, "due": labels.day(action.due or "")}
            for action in at_a_glance.actions(content)
        ],
    }


def _plan(content: ReportContent, *, large_print: bool) -> dict:
    detailed = action_plan.is_detailed(content)
    in_table = detailed and not large_print
    return {
        "has_plan": bool(content.recommendations),
        "plan": action_plan.about(content),
        "plan_actions": action_plan.table(content) if in_table else None,
        "themes": [] if in_table else action_plan.lists(content, detailed=detailed),
    }


def _panel(content: ReportContent) -> dict:
    return {
        "has_panel": methods.has_part(content),
        "panel_sentences": methods.sentences(content),
        "panel_words": _markdown(figures_in_text.filled(content.panel_work, content), heading_level=3),
        "panel_tables": [table for table in (tables.panel(content), tables.interests(content)) if table],
        "spreads": [table for table, _ in methods.spreads(content)],
    }


def _third_parties(content: ReportContent) -> list[tuple[str, tuple[str, ...]]]:
    return [
        ("Trade union representatives", content.third_parties.trade_union_reps),
        ("Independent evaluators and peer reviewers", content.third_parties.independent_evaluators),
    ]


def _case_studies(content: ReportContent, figures: Results) -> Iterator[dict]:
    used = {result.case_study: result for result in figures.domains}
    several = [study.domain for study in content.case_studies]
    for study, result in zip(content.case_studies, figures.case_studies, strict=True):
        domain = content.edition.domain(study.domain)
        is_used = study.number in used and several.count(study.domain) > 1
        yield {
            "number": study.number,
            "heading": labels.heading(content, study),
            "domain": labels.domain(domain),
            "notes": labels.notes(study),
            "total": result.total.words if content.edition.has_points else "",
            "used_for": f"Used for the {domain.name} score" if is_used else "",
            "sections": [
                {
                    "anchor": anchors.section(study.number, place),
                    "heading": labels.section_heading(content.edition, section),
                    "html": _markdown(section.body),
                }
                for place, section in enumerate(study.sections, start=1)
            ],
            "evidence_anchor": anchors.evidence(study.number),
            "commentary_anchor": anchors.commentary(study.number),
            "evidence": [_evidence(content, item) for item in study.evidence],
            "scores": tables.scores(content, study),
            "commentary": _markdown(study.commentary or ""),
        }


def _markdown(text: str, *, heading_level: int = 4) -> str:
    return author_html(text, heading_level=heading_level) if text.strip() else ""


def _evidence(content: ReportContent, item: Evidence) -> dict:
    """One piece of evidence. Its address becomes a link only where it is a web address."""
    groups = "; ".join(labels.group(content, code) for code in item.groups)
    about = [
        labels.source(item).rstrip(". "),
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
