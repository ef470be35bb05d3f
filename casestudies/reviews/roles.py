"""What one person is in one review: their roles in its organisation and their seat on its panel."""

from functools import cached_property

from django.db.models import F

from casestudies.models import CaseStudy, PanelMember, Review, Role


class Standing:
    """Each fact is read when it is first asked for, in one query."""

    def __init__(self, user, review: Review):
        self.user = user
        self.review = review

    @cached_property
    def _kinds(self) -> set[str]:
        roles = Role.objects.filter(user=self.user, organisation=self.review.organisation_id)
        return set(roles.values_list("kind", flat=True))

    @property
    def is_lead(self) -> bool:
        return Role.Kind.EQUALITY_LEAD in self._kinds

    @property
    def is_author(self) -> bool:
        return Role.Kind.AUTHOR in self._kinds

    @property
    def is_reader(self) -> bool:
        return Role.Kind.READER in self._kinds

    @property
    def has_role(self) -> bool:
        """Holds any role in the organisation."""
        return bool(self._kinds)

    def writes(self, case_study: CaseStudy) -> bool:
        """Are they named as one of its authors?"""
        return case_study.authors.filter(pk=self.user.pk).exists()

    @cached_property
    def _seats(self) -> list[PanelMember]:
        """The person's seat on the panel, once for each of its domains and declared interests; read in one query."""
        rows = PanelMember.objects.active().select_related("joining")
        rows = rows.filter(user=self.user, review=self.review)
        return list(rows.annotate(domain=F("domains"), declared_in=F("declared_interests__case_study")))

    @property
    def member(self) -> PanelMember | None:
        """The person's seat on the panel, or None."""
        return self._seats[0] if self._seats else None

    @property
    def is_member(self) -> bool:
        return self.member is not None

    @property
    def is_counted(self) -> bool:
        """Has a seat on the panel that nobody has to confirm first."""
        return self.member is not None and self.member.is_counted

    @cached_property
    def domains(self) -> frozenset[int]:
        """Ids of the domains that they score."""
        return frozenset(seat.domain for seat in self._seats if seat.domain is not None)

    @cached_property
    def declared(self) -> frozenset[int]:
        """Ids of the case studies in which they declared an interest."""
        return frozenset(seat.declared_in for seat in self._seats if seat.declared_in is not None)

    @property
    def leads_moderation(self) -> bool:
        """The chair and the equality lead record what the panel agrees."""
        return (self.member is not None and self.member.is_chair) or self.is_lead
