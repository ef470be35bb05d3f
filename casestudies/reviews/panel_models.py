"""Who sits on the panel of a review, and the interests they declared."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from casestudies.frameworks.models import Domain
from casestudies.lists.models import represented
from casestudies.reviews.models import Review
from casestudies.writing.models import CaseStudy
from edsportal.audit.declaration import RECORD, Audit
from edsportal.model_constraints import has_text
from edsportal.web.addresses import url_of


class PanelMemberQuerySet(models.QuerySet):
    def active(self):
        return self.filter(declined_at=None)

    def counted(self):
        """Those whose scores count: of people who joined in a workshop, whom the equality lead confirmed."""
        return self.active().filter(Q(joining=None) | Q(joining__confirmed_at__isnull=False))

    def scoring(self, case_study: CaseStudy):
        """Those on the panel of a case study whose scores are not revealed: not its authors."""
        rows = self.active().filter(review=case_study.review_id, domains=case_study.domain_id)
        authors = CaseStudy.authors.through.objects.filter(casestudy=case_study.pk).values("user")
        return rows.exclude(user__in=authors)

    def with_group(self):
        """Each with `represents`, the name of the group that they represent, and `is_from_outside`, whether it is
        outside the NHS; None where nobody said."""
        outside = represented("interest", "outside_nhs")
        return self.annotate(represents=represented("interest"), is_from_outside=outside)

    def marked_authors(self):
        """Each with `writes`: is their person an author of a case study of the review?"""
        authors = CaseStudy.authors.through.objects
        own = authors.filter(user=OuterRef("user"), casestudy__review=OuterRef("review"))
        return self.annotate(writes=Exists(own))

    def told(self):
        """Those whom the report lists: counted now, or when the scores of a case study were revealed.

        Not people who were invited and never came, nor phones that joined a workshop and never scored.
        """
        sure = Q(joining=None) | Q(joining__confirmed_at__isnull=False)
        fixed = FixedPlace.objects.filter(member=OuterRef("pk"))
        scored = apps.get_model("scoring.Score").objects.filter(member=OuterRef("pk"))
        came = Q(user=None, email="") | Q(user__isnull=False, joining=None) | Q(Exists(scored))
        declared = DeclaredInterest.objects.filter(member=OuterRef("pk"))
        return self.filter(
            sure & (Q(declined_at=None) | Q(Exists(fixed))) & (came | Q(is_chair=True) | Q(Exists(declared)))
        )


def written_by_members(review: Review) -> frozenset[tuple[int, int]]:
    """The pairs of person and case study of which nobody on the panel scores what they wrote."""
    authors = CaseStudy.authors.through.objects.filter(casestudy__review=review)
    return frozenset(authors.values_list("user", "casestudy"))


# An empty place is taken by the person who acts, with an account whose address an invitation to it was sent to.
INVITATION = """SELECT 1 FROM scoring_panelmessage m JOIN accounts_user u ON LOWER(u.email) = LOWER(m.address)
    WHERE m.member_id = NEW."id" AND u.id = NEW."user_id" """
ACCEPTED = (
    'NEW."user_id" = {by} AND EXISTS (' + INVITATION + "AND m.kind = 'invitation' AND m.sent_at IS NOT NULL)"
)
# Else somebody could delete a place and make one with the same number for another person, who would read the scores.
HAS_JUDGED = """EXISTS (SELECT 1 FROM scoring_score s WHERE s.member_id = OLD."id")
    OR EXISTS (SELECT 1 FROM scoring_scoresheet s WHERE s.member_id = OLD."id")"""


class PanelMember(models.Model):
    """A person on a review's panel. Someone imported from an old report has no account.

    Whose place it is never changes; one without an account gets it from the person who accepts an invitation.
    """

    class NamedAs(models.TextChoices):
        NAME = "name", "My name and the group I represent"
        GROUP = "group", "Only the group I represent"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="panel_members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="panel_members",
    )
    name = models.CharField(max_length=200)
    email = models.EmailField("e-mail address", blank=True)  # where an invitation goes; see also `address`
    # The code of an entry in the administrators' list; see `with_group`.
    interest = models.CharField("the group they represent", max_length=30, blank=True)
    domains = models.ManyToManyField(Domain, related_name="panel_members", blank=True)
    # What they chose for the report; "" while they were not asked, which prints no name.
    named_as = models.CharField("how the report names them", max_length=10, choices=NamedAs, blank=True)
    is_chair = models.BooleanField("chairs the panel", default=False)
    asked_again = models.BooleanField("said that they may be asked again next year", default=False)
    position = models.PositiveSmallIntegerField(default=0)
    declined_at = models.DateTimeField(null=True, blank=True, editable=False)
    joined_at = models.DateTimeField(null=True, blank=True, editable=False)  # first signed in as a member

    objects = PanelMemberQuerySet.as_manager()

    audit = Audit(
        area="panel",
        hidden=("name", "email"),
        is_named=True,
        fixed=("review", "user"),
        first_set={"user": ACCEPTED},
        kept_while=HAS_JUDGED,
    )

    class Meta:
        app_label = "scoring"  # where its tables have been since the first migration
        ordering = ["review", "position", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "user"], condition=Q(user__isnull=False), name="panel_member_once"
            ),
            has_text(model="panel_member", field="name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return url_of(self, "panel_member")

    @property
    def url_args(self) -> tuple:
        return *self.review.url_args, self.pk

    @property
    def is_counted(self) -> bool:
        """False while somebody who joined in a workshop is not confirmed."""
        joining = getattr(self, "joining", None)
        return joining is None or joining.is_confirmed

    @property
    def address(self) -> str:
        """Where messages go: the address of their account once they have one. "" where none is known."""
        return self.user.email if self.user and not self.user.is_guest else self.email


class FixedPlace(models.Model):
    """Somebody who was on the panel of a case study when its scores were revealed: they are shown with it for good.

    `counts` is whether their scores count. Whoever had declared an interest by then does not count, nor who joined a
    workshop and was not confirmed. Nobody changes that once values were seen: neither by a declaration, nor by
    withdrawing one, nor by confirming somebody.
    """

    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="fixed_places")
    case_study = models.ForeignKey(CaseStudy, on_delete=models.PROTECT, related_name="fixed_places")
    counts = models.BooleanField("their scores count", default=True, editable=False)

    audit = Audit(area="panel", frozen=RECORD)

    class Meta:
        app_label = "scoring"  # as those above
        ordering = ["case_study", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "case_study"], name="fixed_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.case_study}"


class PanelMessage(models.Model):
    """An e-mail to a member of a panel. Without `sent_at` it could not be sent."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", "Invitation"
        REMINDER = "reminder", "Reminder"
        OPENED = "opened", "Scoring has opened"

    member = models.ForeignKey(PanelMember, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=20, choices=Kind)
    address = models.EmailField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # nobody: the portal's own reminders
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)

    audit = Audit(area="panel", hidden=("address",))

    class Meta:
        app_label = "scoring"  # where its tables have been since the first migration
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["invitation", "reminder", "opened"]), name="panel_message_kind_known"
            ),
            has_text(model="panel_message", field="address"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} to {self.member}"


class DeclaredInterest(models.Model):
    """Why a member neither scores one case study nor reads the scores of it. Taken back, it becomes a PastInterest.

    Reports print the category. The reason is what the member wrote, for the equality lead alone.
    """

    class Category(models.TextChoices):
        WORKS_FOR = "works_for", "Works for the service"
        USES = "uses", "Uses the service"
        FAMILY_OR_FRIEND = "family_or_friend", "Family or friend"
        FINANCIAL = "financial", "Financial"
        OTHER = "other", "Other"

    member = models.ForeignKey(PanelMember, on_delete=models.CASCADE, related_name="declared_interests")
    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="declared_interests")
    category = models.CharField(max_length=20, choices=Category, default=Category.OTHER, db_default="other")
    reason = models.TextField()
    declared_at = models.DateTimeField(default=timezone.now, editable=False)

    audit = Audit(area="panel", hidden=("reason",), fixed=("member", "case_study"))

    class Meta:
        app_label = "scoring"  # where its tables have been since the first migration
        ordering = ["declared_at"]
        constraints = [
            models.UniqueConstraint(fields=["member", "case_study"], name="interest_declared_once"),
            models.CheckConstraint(
                condition=Q(category__in=["works_for", "uses", "family_or_friend", "financial", "other"]),
                name="declared_interest_category_known",
            ),
            has_text(model="declared_interest", field="reason"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.case_study}"


class PastInterest(models.Model):
    """An interest that was declared and taken back: both reasons, and who took it back. Never changed."""

    member = models.ForeignKey(PanelMember, on_delete=models.CASCADE, related_name="past_interests")
    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="past_interests")
    reason = models.TextField()
    declared_at = models.DateTimeField()
    why = models.TextField("why it was withdrawn")
    taken_back_at = models.DateTimeField(default=timezone.now, editable=False)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    audit = Audit(area="panel", hidden=("reason", "why"))

    class Meta:
        app_label = "scoring"  # where its tables have been since the first migration
        ordering = ["taken_back_at", "pk"]
        constraints = [
            has_text(model="past_interest", field="reason"),
            has_text(model="past_interest", field="why"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.case_study}"
