"""How far a person has come with scoring each case study, in the words that every list uses. Only ever their own."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from casestudies.access import allowed
from casestudies.models import CaseStudy, DeclaredInterest, Review, Version
from eds import stages
from scoring.models import Draft, Score

NOT_STARTED, STARTED, SUBMITTED = "Not started", "In progress", "Submitted"
CHANGED = "Changed since you scored it"
CHANGE_BEGUN = "Change not submitted"
DECLARED = "Interest declared"
WRITTEN = Q(value__isnull=False) | Q(abstained=True) | ~Q(rationale="")  # of a draft that says something


def with_own_work(rows: QuerySet[CaseStudy], user) -> QuerySet[CaseStudy]:
    """Case studies with what `status_of` reads: what this person submitted, typed and declared for each."""
    own = Score.objects.filter(member__user=user, version__case_study=OuterRef("pk"))
    newest = Version.objects.filter(case_study=OuterRef("pk")).order_by("-number")
    drafts = Draft.objects.filter(WRITTEN, sheet__member__user=user, sheet__case_study=OuterRef("pk"))
    declared = DeclaredInterest.objects.filter(member__user=user, case_study=OuterRef("pk"))
    return rows.annotate(
        submitted=Exists(own),
        behind=Exists(own.current().on_older_version()),
        started=Exists(drafts),
        declared=Exists(declared),
        changed_at=Subquery(newest.values("made_at")[:1]),
        correction=Subquery(newest.values("correction")[:1]),
    )


def status_of(row: CaseStudy) -> str:
    """The status of a case study that `with_own_work` gave."""
    if row.declared:
        return DECLARED
    if row.submitted and row.started:
        return CHANGE_BEGUN
    # Of a correction after the reveal nobody is asked: the report says that the panel scored the text before it.
    if row.behind and not (row.correction and row.stage in stages.REVEALED):
        return CHANGED
    return SUBMITTED if row.submitted else STARTED if row.started else NOT_STARTED


def own_statuses(review: Review, user) -> dict[int, str]:
    """The status of each case study of the review that this person scores or scored, by its id."""
    declared = CaseStudy.objects.filter(declared_interests__member__user=user).values("pk")
    own = allowed("have_sheet", user, case_study="") | Q(pk__in=declared)
    rows = CaseStudy.objects.ready().filter(own, review=review).order_by("pk")
    return {row.pk: status_of(row) for row in with_own_work(rows, user)}
