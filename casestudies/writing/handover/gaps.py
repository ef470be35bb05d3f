"""What a case study still lacks before it is sent for review, each with the address of the field that fills it."""

from collections.abc import Iterator
from dataclasses import dataclass

from casestudies.models import CaseStudy, Comment, Evidence, OutcomeArea, Section
from casestudies.writing.handover.actions import HandoverState
from edsportal.web.addresses import url_of


@dataclass(frozen=True, kw_only=True)
class Gap:
    """`text` says what to do."""

    text: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """What is missing by where it is; `is_empty` says that no section has a text, so that there is nothing to read."""

    sections: tuple[Gap, ...]
    evidence: tuple[Gap, ...]
    comments: tuple[Gap, ...]
    is_empty: bool

    def __bool__(self) -> bool:
        return bool(self.sections or self.evidence or self.comments)

    def parts(self) -> list[tuple[str, tuple[Gap, ...]]]:
        """Those that lack something, with their names."""
        named = [("Sections", self.sections), ("Evidence", self.evidence), ("Comments", self.comments)]
        return [(name, gaps) for name, gaps in named if gaps]


def gaps_of(case_study: CaseStudy, state: HandoverState) -> Gaps:
    """`state` is its `handover_state`, with the comments that its authors have to deal with."""
    sections = list(case_study.sections.order_by("position"))
    evidence = list(case_study.evidence.order_by("position").prefetch_related("outcome_areas", "groups"))
    areas = list(case_study.domain.outcome_areas.order_by("position"))
    return Gaps(
        sections=tuple(_in_sections(case_study, sections, areas)),
        evidence=tuple(_in_evidence(case_study, evidence, areas)),
        comments=tuple(_in_comments(case_study, sections, state)),
        is_empty=not any(section.body.strip() for section in sections),
    )


def _in_sections(case_study: CaseStudy, sections: list[Section], areas: list[OutcomeArea]) -> Iterator[Gap]:
    for section in sections:
        if not section.body.strip():
            address = url_of(case_study, "section_change", section.pk)
            yield Gap(text=f"Write “{section.heading}”", address=f"{address}#id_body")
    covered = {section.outcome_area_id for section in sections}
    for area in areas:
        if area.pk not in covered:
            address = url_of(case_study, "section_add")
            yield Gap(text=f"Add a section about {area.code}", address=f"{address}#id_suggested")


def _in_evidence(case_study: CaseStudy, evidence: list[Evidence], areas: list[OutcomeArea]) -> Iterator[Gap]:
    covered = {area.pk for item in evidence for area in item.outcome_areas.all()}
    for area in areas:
        if area.pk not in covered:
            address = f"{url_of(case_study, 'evidence_add')}?outcome={area.code}"
            yield Gap(text=f"Add evidence for {area.code}", address=address)
    for item in evidence:
        address = url_of(case_study, "evidence_item", item.pk)
        for text, field in _lacks(item):
            yield Gap(text=text.format(f"“{item}”"), address=f"{address}#{field}")


def _lacks(item: Evidence) -> Iterator[tuple[str, str]]:
    if item.kind == Evidence.Kind.FILE and item.file is None:
        yield "Choose the file of {}", "id_file"
    if not item.source:
        yield "Enter where {} is from", "id_source"
    if not item.date:
        yield "Enter when {} is from", "id_date"
    if not item.outcome_areas.all():
        yield "Choose which outcome areas {} supports", "id_outcome_areas"
    if not item.strength:
        yield "Choose what type of evidence {} is", "id_strength"
    if not item.groups.all():
        yield "Choose which groups {} is about", "id_protected"


def _in_comments(case_study: CaseStudy, sections: list[Section], state: HandoverState) -> Iterator[Gap]:
    """Comments without a reply, on sections whose text is the same as when they were made."""
    if not state.is_returned:
        return
    before = {each["heading"]: each["body"] for each in state.newest.content["sections"]}
    now = {section.pk: section for section in sections}
    for comment in state.comments:
        section = now.get(comment.section_id)
        if comment.answer or (section and section.body != before.get(comment.heading)):
            continue
        yield Gap(text=_reply_to(comment), address=_where_to_reply(case_study, comment, section))


def _reply_to(comment: Comment) -> str:
    about = f"“{comment.heading}”" if comment.heading else "the whole case study"
    return f"Reply to the comment on {about}"


def _where_to_reply(case_study: CaseStudy, comment: Comment, section: Section | None) -> str:
    if section is None:
        return f"{url_of(case_study, 'comment_answer', comment.pk)}#id_answer"
    return f"{url_of(case_study, 'section_change', section.pk)}#id_answer_{comment.pk}"
