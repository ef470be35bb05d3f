"""Writes of case studies."""

from django.db import transaction

from casestudies.models import CaseStudy, Version


@transaction.atomic
def mark_ready(*, case_study: CaseStudy, made_by) -> Version:
    """Make an immutable version of what the case study says now; the newest one again where nothing changed."""
    said = _as_it_stands(case_study)
    newest = case_study.versions.order_by("number").last()
    if newest is not None and newest.content == said:
        return newest
    number = newest.number + 1 if newest else 1
    return case_study.versions.create(number=number, content=said, made_by=made_by)


def _as_it_stands(case_study: CaseStudy) -> dict:
    return {
        "title": case_study.title,
        "sections": [
            {
                "heading": section.heading,
                "outcome": section.outcome_area.code if section.outcome_area else None,
                "body": section.body,
            }
            for section in case_study.sections.select_related("outcome_area")
        ],
        "evidence": [
            {
                "kind": item.kind,
                "title": item.title,
                "text": item.text,
                "url": item.url,
                "source": item.source,
                "date": item.date,
                "outcomes": [area.code for area in item.outcome_areas.all()],
                "groups": [group.code for group in item.groups.all()],
            }
            for item in case_study.evidence.prefetch_related("outcome_areas", "groups")
        ],
    }
