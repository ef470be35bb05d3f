"""Members' scores (append-only) and the drafts that come before them.

A draft is what a member has typed and not submitted: it changes as they type. A score is what they submitted: a row
that never changes; the newest for a member, case study and outcome area is the current one.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from casestudies.access import allowed
from casestudies.models import CaseStudy, CaseStudyMove, OutcomeArea, Version
from casestudies.reviews.panel_models import DeclaredInterest, FixedPlace, PanelMember
from eds import stages
from edsportal.audit.declaration import RECORD, Audit

NEVER = Value(datetime(9999, 1, 1, tzinfo=UTC))
# Of those who joined in a workshop only whom the equality lead confirmed.
MEMBER_IS_SURE = Q(member__joining=None) | Q(member__joining__confirmed_at__isnull=False)


class ScoringPreferenceQuerySet(models.QuerySet):
    def choose(self, user, **chosen: bool) -> None:
        """Remember how this person likes to score: `one_page`, `easy_words`, or both."""
        self.update_or_create(user=user, defaults=chosen)

    def of(self, user) -> "ScoringPreference":
        """How this person likes to score: one question at a time and in usual words unless they said otherwise."""
        return self.filter(user=user).first() or self.model(user=user)


class ScoringPreference(models.Model):
    """How a person likes to score: one question at a time or all on one page, in usual or in easy words."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    one_page = models.BooleanField("all questions on one page", default=False)
    easy_words = models.BooleanField("questions in easy words", default=False)

    objects = ScoringPreferenceQuerySet.as_manager()

    audit = Audit(not_logged="how a page looks to one person")

    def __str__(self) -> str:
        return f"How {self.user} likes to score"


class ScoreSheet(models.Model):
    """One member's working sheet for one case study.

    `revision` counts its saves and `page` names the page that saved last, so that an older page is noticed.
    `version` is the text for which the answers were written, `reason` the draft of why submitted scores change.
    """

    member = models.ForeignKey(PanelMember, on_delete=models.CASCADE, related_name="sheets")
    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="sheets")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    page = models.CharField(max_length=32, blank=True)
    reason = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    audit = Audit(not_logged="counts the saves of a draft", fixed=("member", "case_study"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "case_study"], name="sheet_once_per_case_study"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.case_study}"


class Draft(models.Model):
    """What a member has put on their sheet for one outcome area so far. No value and not abstained: not scored.

    `revision` is the sheet's revision at which it was saved last and `page` the page that saved it, so that a page with
    one question is noticed as older only where its own question was answered elsewhere.
    """

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="drafts")
    outcome_area = models.ForeignKey(OutcomeArea, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    abstained = models.BooleanField(default=False)
    rationale = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    page = models.CharField(max_length=32, blank=True)

    audit = Audit(
        not_logged="what a member types before they submit is theirs alone and no record",
        fixed=("sheet", "outcome_area"),
    )

    class Meta:
        ordering = ["outcome_area__position"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "outcome_area"], name="draft_once_per_outcome"),
            models.CheckConstraint(condition=Q(value=None) | Q(value__lte=3), name="draft_value_0_to_3"),
            models.CheckConstraint(
                condition=Q(abstained=False) | Q(value=None), name="draft_abstained_has_no_value"
            ),
        ]

    def __str__(self) -> str:
        return f"Draft of {self.sheet.member} for {self.outcome_area.code}"


class ScoreQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The only door to scores.

        Everyone: their own. Once scoring has closed, the equality lead and the panel's members for the domain: all
        that count or counted, but of a case study in which they declared an interest. Nobody else ever. Who joined in
        a workshop and is not confirmed sees only their own, and only they see those.
        """
        own = allowed("see_own_scores", user, own=Q(member__user=user.pk))
        others = allowed("see_scores", user, case_study="version__case_study")
        return self.filter(own | (MEMBER_IS_SURE & others))

    def current(self):
        """The newest score of each member for each outcome area of each case study."""
        newer = Score.objects.filter(
            member=OuterRef("member"),
            outcome_area=OuterRef("outcome_area"),
            version__case_study=OuterRef("version__case_study"),
            pk__gt=OuterRef("pk"),
        )
        return self.filter(~Exists(newer))

    def as_revealed(self):
        """What members who count gave alone: their newest scores at the reveal, whatever they changed after it."""
        newer = Score.objects.filter(
            submitted_at__lte=OuterRef("revealed_at"),
            member=OuterRef("member"),
            outcome_area=OuterRef("outcome_area"),
            version__case_study=OuterRef("version__case_study"),
            pk__gt=OuterRef("pk"),
        )
        rows = self.with_reveal().filter(submitted_at__lte=F("revealed_at"))
        return rows.filter(~Exists(newer))._counting()

    def with_reveal(self):
        """Each with `revealed_at`, when the scores of its case study were revealed; far off where they were not."""
        moves = CaseStudyMove.objects.filter(
            case_study=OuterRef("version__case_study"), from_stage=stages.SCORING, to_stage=stages.MEETING
        )
        moved_at = moves.order_by("moved_at").values("moved_at")[:1]
        return self.annotate(revealed_at=Coalesce(Subquery(moved_at), NEVER))

    def marked_behind(self):
        """Each with `is_behind`: does it judge an older text than the one that was last accepted?"""
        newer = Version.objects.filter(
            case_study=OuterRef("version__case_study"), number__gt=OuterRef("version__number")
        )
        return self.annotate(is_behind=Exists(newer))

    def on_older_version(self):
        return self.marked_behind().filter(is_behind=True)

    def counted(self):
        """The current scores that the panel agrees by."""
        return self.current()._counting()

    def _counting(self):
        """Those of members who count.

        Scores of a member who declared an interest in the case study or left the panel before the reveal, or who
        joined in a workshop and is not confirmed, stay as rows and count for nothing. After the reveal a declaration,
        or withdrawing one, changes nothing of that.
        """
        declared = DeclaredInterest.objects.filter(
            member=OuterRef("member"), case_study=OuterRef("version__case_study")
        )
        fixed = FixedPlace.objects.filter(
            member=OuterRef("member"), case_study=OuterRef("version__case_study"), counts=True
        )
        is_revealed = Q(version__case_study__stage__in=stages.REVEALED)
        counts_now = Q(member__declined_at=None) & ~Q(Exists(declared))
        return self.filter(MEMBER_IS_SURE, (is_revealed & Q(Exists(fixed))) | (~is_revealed & counts_now))


class Score(models.Model):
    """One member's judgement of one outcome area of one case study version, in points 0 to 3, or abstained."""

    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="scores")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="scores")
    outcome_area = models.ForeignKey(OutcomeArea, on_delete=models.PROTECT, related_name="scores")
    sequence = models.PositiveSmallIntegerField(default=1)
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    abstained = models.BooleanField(default=False)
    rationale = models.TextField(blank=True)
    reason = models.TextField("reason for the change", blank=True)
    submitted_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ScoreQuerySet.as_manager()

    audit = Audit(
        area="scores", hidden=("value", "abstained", "rationale", "reason"), frozen=RECORD, is_judgement=True
    )

    class Meta:
        ordering = ["pk"]
        indexes = [
            # For the newest of each: the one on outcome areas alone leads to the scores of the whole country.
            models.Index(fields=["member", "outcome_area", "id"], name="score_of_member_and_outcome"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "version", "outcome_area", "sequence"], name="score_once_per_sequence"
            ),
            models.CheckConstraint(condition=Q(value=None) | Q(value__lte=3), name="score_value_0_to_3"),
            models.CheckConstraint(
                condition=Q(abstained=True, value__isnull=True) | Q(abstained=False, value__isnull=False),
                name="score_value_or_abstained",
            ),
            models.CheckConstraint(condition=Q(sequence=1) | ~Q(reason=""), name="score_change_has_reason"),
        ]

    def __str__(self) -> str:
        """Without the value: the admin site prints this of rows that stand in the way of a deletion."""
        return f"Score of {self.member} for {self.outcome_area.code}"

    @property
    def entered_by(self):
        """The person who entered what the member wrote on paper; None where the member submitted it themselves."""
        return None if self.submitted_by_id == self.member.user_id else self.submitted_by
