"""Where a case study stands on its way to the panel."""

from dataclasses import dataclass

from casestudies.models import CaseStudy, Comment, Handover, Section, Version
from casestudies.writing.versions import as_it_stands


@dataclass(frozen=True, kw_only=True)
class Way:
    """`newest` is the last handover that was not replaced; `comments` are those that its authors have to deal with."""

    newest: Handover | None
    version: Version | None
    comments: tuple[Comment, ...]
    is_new: bool  # it says something that was neither handed over nor accepted

    @property
    def waits(self) -> bool:
        return self.newest is not None and self.newest.state == Handover.State.WAITING

    @property
    def is_returned(self) -> bool:
        return self.newest is not None and self.newest.state == Handover.State.RETURNED

    @property
    def can_hand_over(self) -> bool:
        """Returned without a change it can be handed over again: an answer may be all that was needed."""
        return self.is_new or self.is_returned


def way_of(case_study: CaseStudy) -> Way:
    rows = case_study.handovers.exclude(state=Handover.State.REPLACED)
    newest = rows.select_related("marked_by", "decided_by").order_by("pk").last()
    version = case_study.versions.select_related("made_by").order_by("number").last()
    said = as_it_stands(case_study)
    waiting = newest.content if newest and newest.state == Handover.State.WAITING else None
    return Way(
        newest=newest,
        version=version,
        comments=tuple(open_comments(newest)),
        is_new=said != waiting and (version is None or version.content != said),
    )


def open_comments(newest: Handover | None) -> list[Comment]:
    """The comments with which it came back; none while it waits."""
    if newest is None or newest.state not in (Handover.State.RETURNED, Handover.State.ACCEPTED):
        return []
    rows = newest.comments.select_related("handover__decided_by", "section", "answered_by")
    return list(rows.order_by("pk"))


def comments_on(section: Section) -> list[Comment]:
    """Those of the open comments that are about this section."""
    rows = Handover.objects.filter(case_study=section.case_study_id).exclude(state=Handover.State.REPLACED)
    return [each for each in open_comments(rows.order_by("pk").last()) if each.section_id == section.pk]


def comments_before(handover: Handover) -> list[Comment]:
    """What was asked the last time that it was returned, for who reads it again."""
    earlier = Handover.objects.filter(case_study=handover.case_study_id, pk__lt=handover.pk)
    last = earlier.filter(decided_at__isnull=False).order_by("pk").last()
    return open_comments(last) if last and last.state == Handover.State.RETURNED else []
