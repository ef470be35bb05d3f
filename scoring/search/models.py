"""The index of the search: what can be found, one row for each piece of text; see docs/decisions/0017."""

from django.db import models
from django.db.models import Q

from casestudies.access import allowed
from casestudies.models import CaseStudy, Evidence, Review, Section, Version
from eds import stages
from edsportal.audit.declaration import Audit
from scoring.moderation.models import Commentary
from scoring.publishing.models import Publication
from scoring.recommendations.models import Recommendation


class SearchTextQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What this person may read. Each kind by the rule of the page that it leads to.

        Everybody: reports as last published. What is published is found there alone, not as it was written. Drafts
        are found by those who write them while they can be written.
        """
        newest = Publication.objects.visible_to(user).current()
        published = Q(publication__in=newest.values("pk"))
        drafts = Q(section__isnull=False) | Q(evidence__isnull=False)
        inside = (
            (Q(version__isnull=False) & allowed("read_case_study", user, case_study="case_study"))
            | (drafts & allowed("write", user, case_study="case_study"))
            | (Q(commentary__isnull=False) & allowed("find_commentary", user, case_study="case_study"))
            | (Q(recommendation__isnull=False) & allowed("see_recommendations", user, review="review"))
        )
        return self.filter(published | (~Q(review__stage=stages.PUBLISHED) & inside))


class SearchText(models.Model):
    """A piece of text that can be found. Just one of `version` to `publication` says what it is a part of.

    A section or an item of evidence stands here as itself while it says something else than the newest version.
    """

    class Kind(models.TextChoices):
        SECTION = "section", "Case study"
        EVIDENCE = "evidence", "Evidence"
        COMMENTARY = "commentary", "Commentary of the panel"
        RECOMMENDATION = "recommendation", "Recommendation"

    kind = models.CharField(max_length=20, choices=Kind)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="+")
    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, null=True, related_name="+")
    number = models.PositiveSmallIntegerField(null=True)  # of a case study in a published report
    title = models.CharField(max_length=200)  # of the case study, or the theme
    heading = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    anchor = models.CharField(max_length=250, blank=True)  # of the part of the page that it is in
    version = models.ForeignKey(Version, on_delete=models.CASCADE, null=True, related_name="+")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, null=True, related_name="+")
    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, null=True, related_name="+")
    commentary = models.ForeignKey(Commentary, on_delete=models.CASCADE, null=True, related_name="+")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, null=True, related_name="+")
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, null=True, related_name="+")

    objects = SearchTextQuerySet.as_manager()

    audit = Audit(not_logged="the index of the search: it repeats what other tables say")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.title}: {self.heading or self.get_kind_display()}"


class SearchWord(models.Model):
    """A word of some text that can be found, so that one that was mistyped leads to it.

    Words here may be of a text that a person must not see: `corrections` shows none that they can't find.
    """

    word = models.CharField(max_length=50, unique=True)

    audit = Audit(not_logged="the index of the search: it repeats what other tables say")

    class Meta:
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word
