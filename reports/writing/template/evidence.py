"""The evidence of an outcome area as the template's column has it: what is told of it, and what it is based on."""

from collections.abc import Iterator

from eds.content import CaseStudy, Evidence
from eds.text import labels
from eds.text.markdown import escaped


def evidence_text(part: CaseStudy, code: str) -> str:
    """Markdown: the sections about the outcome area, each below its heading in bold, then the items of evidence."""
    return "\n\n".join(_parts(part, code))


def _parts(part: CaseStudy, code: str) -> Iterator[str]:
    for section in part.sections:
        if section.outcome == code:
            if section.heading.strip().casefold() not in (code.casefold(), ""):
                yield f"**{escaped(section.heading.strip())}**"
            if section.body.strip():
                yield section.body.strip()
    for item in part.evidence:
        if code in item.outcomes:
            yield escaped(_item(item))


def _item(item: Evidence) -> str:
    """For example "Waiting times by ethnic group (Trust data, 2024-10-04), https://…"."""
    text = item.title or (item.file.name if item.file else "")
    if item.text:
        quoted = " ".join(item.text.split())
        text = f"{text}: “{quoted}”" if text else f"“{quoted}”"
    about = ", ".join(filter(None, (labels.source(item), item.date)))
    text = f"{text} ({about})" if about else text
    return f"{text}, {item.url}" if item.url else text
