"""Case studies that stand in the report of another body too, scored once, by the panel of their own."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from casestudies.access import allowed
from casestudies.organisations.models import Organisation
from casestudies.reviews.models import Review
from casestudies.writing.models import CaseStudy, Version
from edsportal.audit.declaration import Audit
from edsportal.model_constraints import both_or_neither
from edsportal.web.addresses import url_of


class SharedCaseStudyQuerySet(models.QuerySet):
    def accepted(self):
        return self.filter(accepted_at__isnull=False)

    def visible_to(self, user):
        """The equality leads of both bodies: from the offer on. Of the body to which it was offered, readers and those
        of its panel who score the domain: once accepted and accepted for the panel."""
        ready = Q(Exists(Version.objects.filter(case_study=OuterRef("case_study"))))
        return self.filter(allowed("see_shared", user, case_study="case_study", shared="", ready=ready))

    def offered_in(self, review: Review):
        """Those offered to the review's body for its year and edition, whether accepted or not."""
        return self.filter(
            organisation=review.organisation_id,
            case_study__review__year=review.year,
            case_study__review__framework=review.framework_id,
        ).order_by("number", "offered_at")

    def shown(self):
        """With what a page says of them."""
        return self.select_related(
            "case_study__review__organisation", "case_study__domain", "organisation", "review"
        )


class SharedCaseStudy(models.Model):
    """One body offers a case study to another, which accepts it into its review of the same year and edition.

    `review` and `number` say where it stands there: none before it is accepted.
    """

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="shares")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="shared_case_studies"
    )
    offered_at = models.DateTimeField(default=timezone.now, editable=False)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(
        Review, on_delete=models.CASCADE, null=True, blank=True, related_name="shared_case_studies"
    )
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SharedCaseStudyQuerySet.as_manager()

    audit = Audit(area="case studies")

    class Meta:
        ordering = ["offered_at"]
        verbose_name_plural = "shared case studies"
        constraints = [
            models.UniqueConstraint(
                fields=["case_study", "organisation"], name="shared_case_study_once_per_organisation"
            ),
            models.UniqueConstraint(fields=["review", "number"], name="shared_case_study_once_per_number"),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=1), name="shared_case_study_number_from_1"
            ),
            both_or_neither(model="shared_case_study", first="accepted_at", second="accepted_by"),
            both_or_neither(model="shared_case_study", first="accepted_at", second="review"),
            both_or_neither(model="shared_case_study", first="review", second="number"),
        ]

    def __str__(self) -> str:
        """By the number that it has in the report of the other body."""
        return f"Case study {self.number}: {self.case_study.title}" if self.number else self.case_study.title

    def get_absolute_url(self) -> str:
        return url_of(self, "shared_case_study")

    @property
    def url_args(self) -> tuple:
        return (self.pk,)

    @property
    def home(self) -> Review:
        """The review whose panel scores it."""
        return self.case_study.review

    @property
    def is_accepted(self) -> bool:
        return self.accepted_at is not None
