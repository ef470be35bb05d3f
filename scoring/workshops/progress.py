"""What a workshop's room sees: how many have submitted while they score, and all scores at once afterwards."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import F, Max, Q

from casestudies.models import CaseStudy, DeclaredInterest, OutcomeArea, PanelMember, Review
from casestudies.reviews.panel_models import written_by_members
from eds import stages
from scoring.models import Score


@dataclass(frozen=True, kw_only=True)
class Progress:
    """One case study: how many members score it, and how many of them have submitted. Never a value."""

    case_study: CaseStudy
    members: int
    submitted: int

    @property
    def words(self) -> str:
        return f"{self.submitted} of {self.members} submitted"

    @property
    def missing(self) -> int:
        return self.members - self.submitted


def progress(review: Review) -> list[Progress]:
    """Each case study whose scoring is open, in its order, counting the members whose scores count."""
    counted = PanelMember.objects.counted().filter(review=review)
    seats = list(counted.marked_authors().values_list("pk", "user", "domains", "writes"))
    written = written_by_members(review) if any(writes for *_, writes in seats) else ()
    declared = set(DeclaredInterest.objects.filter(member__review=review).values_list("member", "case_study"))
    done = set(
        Score.objects.filter(member__in=counted)
        .order_by()
        .values_list("member", "version__case_study")
        .distinct()
    )
    progress = []
    for row in review.case_studies.filter(stage=stages.SCORING).order_by("number"):
        members = {
            pk
            for pk, user, domain, _ in seats
            if domain == row.domain_id and (pk, row.pk) not in declared and (user, row.pk) not in written
        }
        submitted = sum((pk, row.pk) in done for pk in members)
        progress.append(Progress(case_study=row, members=len(members), submitted=submitted))
    return progress


@dataclass(frozen=True, kw_only=True)
class Spread:
    """One outcome area: how many members gave each score, and how many abstained. Without names."""

    area: OutcomeArea
    counts: tuple[int, ...]
    abstained: int


@dataclass(frozen=True, kw_only=True)
class Revealed:
    case_study: CaseStudy
    spreads: tuple[Spread, ...]


def revealed(user, review: Review, case_study: CaseStudy) -> list[Revealed]:
    """All scores of a case study that this person may see, as counts; none before its scores are revealed."""
    if case_study.stage not in stages.REVEALED:
        return []
    rows = Score.objects.visible_to(user).filter(version__case_study__review=review).counted()
    counts = Counter(rows.values_list("version__case_study", "outcome_area", "value"))
    grades = [grade.score for grade in review.framework.grades.order_by("score")]
    case_studies = review.case_studies.filter(pk=case_study.pk).select_related("domain")
    return [
        Revealed(
            case_study=row,
            spreads=tuple(
                Spread(
                    area=area,
                    counts=tuple(counts[row.pk, area.pk, grade] for grade in grades),
                    abstained=counts[row.pk, area.pk, None],
                )
                for area in row.domain.outcome_areas.all()
            ),
        )
        for row in case_studies.prefetch_related("domain__outcome_areas")
    ]


def entries(review: Review) -> list[dict]:
    """The sheets that were entered from paper, newest first: for whom, which case study, by whom. Never a value."""
    entered = Q(member__user=None) | ~Q(submitted_by=F("member__user"))
    rows = Score.objects.filter(entered, version__case_study__review=review).order_by()
    names = {
        "name": F("member__name"),
        "number": F("version__case_study__number"),
        "by": F("submitted_by__name"),
    }
    return list(rows.values("member", **names).annotate(at=Max("submitted_at")).order_by("-at", "name"))
