"""Writes of case studies."""

from django.db import transaction

from casestudies.models import CaseStudy, Version
from casestudies.versions import as_it_stands


@transaction.atomic
def mark_ready(*, case_study: CaseStudy, made_by) -> Version:
    """Make an immutable version of what the case study says now; the newest one again where nothing changed."""
    said = as_it_stands(case_study)
    newest = case_study.versions.order_by("number").last()
    if newest is not None and newest.content == said:
        return newest
    number = newest.number + 1 if newest else 1
    return case_study.versions.create(number=number, content=said, made_by=made_by)
