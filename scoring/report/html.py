"""The annual report as HTML: one template for the web page, the file to keep and the PDF."""

from collections.abc import Sequence
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.text import capfirst

from casestudies.edition import Domain
from scoring.markdown import to_html
from scoring.report import pictures, tables, words
from scoring.report.content import CaseStudy, Evidence, Judgement, ReportContent, Theme
from scoring.totals import Total, results

STYLE = ("report/file.css", "report/report.css")
WEB = ("http://", "https://")


def page(content: ReportContent, *, styled: bool = True) -> str:
    """The report as a whole HTML document: a file to keep, or without its style what a PDF is made of."""
    style = "".join(Path(finders.find(path)).read_text(encoding="utf-8") for path in STYLE) if styled else ""
    context = {
        "title": f"{words.title(content)}: {content.organisation.name}",
        "author": content.organisation.name,
        "made_on": words.made_on(content).isoformat(),
        "style": style,
        "body": body(content),
    }
    return render_to_string("report/page.html", context)


def body(content: ReportContent) -> str:
    """The report from its h1 on, as one `<article>`: safe to print as it is.

    Raises KeyError where a case study's domain is not in the edition.
    """
    figures = results(content)
    header = words.header(content)
    domains = [content.edition.domain(number) for number in sorted({s.domain for s in content.case_studies})]
    context = {
        "content": content,
        "title": words.title(content),
        "header": [(capfirst(label), value) for label, value in header if value],
        "header_missing": words.listed([label for label, value in header if not value]),
        "scale": words.scale(content.edition),
        "outcomes": [tables.outcome_areas(domain) for domain in domains],
        "left_out": words.left_out(content),
        "result": tables.domain_results(content, figures),
        "summaries": [tables.panel_scores(content, domain, figures) for domain in domains],
        "bands": tables.bands(content),
        "case_studies": [
            _case_study(content, study, result.total)
            for study, result in zip(content.case_studies, figures.case_studies, strict=True)
        ],
        "themes": _themes(content.recommendations),
        "previous": tables.previous_actions(content),
        "panel": tables.panel(content),
        "interests": tables.interests(content),
    }
    return render_to_string("report/body.html", context)


def _case_study(content: ReportContent, study: CaseStudy, total: Total) -> dict:
    domain = content.edition.domain(study.domain)
    return {
        "number": study.number,
        "heading": words.heading(content, study),
        "domain": words.domain(domain),
        "total": total.words if content.edition.has_points else "",
        "sections": [
            {"heading": words.section_heading(content.edition, section), "html": _markdown(section.body)}
            for section in study.sections
        ],
        "evidence": [_evidence(content, item) for item in study.evidence],
        "picture": _picture(content, domain, study, total),
        "scores": tables.scores(content, study, total),
        "self_assessment": tables.self_assessment(content, study),
        "commentary": _markdown(study.commentary or ""),
    }


def _markdown(text: str) -> str:
    return to_html(text, heading_level=4) if text.strip() else ""


def _evidence(content: ReportContent, item: Evidence) -> dict:
    """One piece of evidence. Its address becomes a link only where it is a web address."""
    groups = "; ".join(words.group(content, code) for code in item.groups)
    about = [
        (item.source or "").rstrip(". "),
        words.day(item.date or ""),
        capfirst(words.named("outcome area", "outcome areas", item.outcomes)),
        groups and f"Groups: {groups}",
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


def _picture(content: ReportContent, domain: Domain, study: CaseStudy, total: Total) -> str:
    edition = content.edition
    judged = [(code, study.scores.get(code, Judgement())) for code in domain.codes]
    bars = [
        pictures.Bar(
            label=code,
            points=judgement.score,
            out_of=edition.highest,
            words=words.score(edition, judgement),
            marks=0 if judgement.not_applicable else edition.highest,
        )
        for code, judgement in judged
    ]
    if edition.has_points and total.is_complete and total.scored:
        bars.append(
            pictures.Bar(
                label="Total", points=total.points, out_of=total.out_of, words=total.words, marks=1, bold=True
            )
        )
    return pictures.score_bar(title=f"Panel {words.scores(edition)} for {study.title}", bars=bars)


def _themes(themes: Sequence[Theme]) -> list[dict]:
    """The themes with actions numbered through; in tables once any has an owner, a date or a status."""
    detailed = any(tables.is_detailed(action) for theme in themes for action in theme.actions)
    made, first = [], 1
    for theme in themes:
        listed = [{"text": action.action, "about": words.answers(action)} for action in theme.actions]
        table = tables.actions(theme, first) if detailed and theme.actions else None
        made.append({"name": theme.theme, "first": first, "actions": listed, "table": table})
        first += len(theme.actions)
    return made
