"""What one person is in one review, and what the policy (eds/policy) says to them."""

from functools import cached_property

from django.db.models import F

from casestudies.access import stages_of
from casestudies.models import (
    CaseStudy,
    FixedPlace,
    Organisation,
    PanelMember,
    Review,
    Role,
    SharedCaseStudy,
)
from casestudies.organisations.roles import Can, Held, require
from eds import policy, stages
from eds.policy import rule as roles


class Standing:
    """Each fact is read when it is first asked for, in one query."""

    def __init__(self, user, review: Review):
        self.user = user
        self.review = review

    def why_not(self, action: str, case_study: CaseStudy | None = None, *, ready: bool = True) -> str | None:
        """Why they may not do this now, as a sentence to show; None where they may.

        Needs the case study where the rule is about one; `ready` says whether it was accepted. It speaks to people
        who may know of the review.
        """
        of_case_study = policy.RULES[action].of == "case_study"
        here = stages_of(case_study) if of_case_study else self._here
        held = Held(lambda role: HOLDS[role](self, case_study))
        return policy.why_not(action, held, here, ready=ready)

    def may(self, action: str, case_study: CaseStudy | None = None) -> bool:
        return self.why_not(action, case_study) is None

    @property
    def can(self) -> Can:
        """What they may do with the review, for its page."""
        return Can(self.may)

    def require(self, action: str, case_study: CaseStudy | None = None) -> None:
        """Raise PermissionDenied with the reason where they may not."""
        require(self.why_not(action, case_study))

    @cached_property
    def _here(self) -> frozenset[str]:
        return self.review.all_stages()

    @cached_property
    def _kinds(self) -> set[str]:
        rows = Role.objects.filter(user=self.user, organisation=self.review.organisation_id)
        return set(rows.values_list("kind", flat=True))

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
        """Are they one of its authors, with that role in the organisation?"""
        return self.is_author and case_study.authors.filter(pk=self.user.pk).exists()

    @cached_property
    def _seats(self) -> list[PanelMember]:
        """The person's seat on the panel, also one that they left, once for each of its domains and declared
        interests; read in one query."""
        rows = PanelMember.objects.select_related("joining").filter(user=self.user, review=self.review)
        rows = rows.marked_authors()
        return list(rows.annotate(domain=F("domains"), declared_in=F("declared_interests__case_study")))

    @property
    def member(self) -> PanelMember | None:
        """The person's seat on the panel, or None."""
        return self._seats[0] if self._seats and self._seats[0].declined_at is None else None

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
        seats = self._seats if self.is_member else ()
        return frozenset(seat.domain for seat in seats if seat.domain is not None)

    def scores(self, case_study: CaseStudy) -> bool:
        """Are they on the panel of the case study? From the reveal: were they then?"""
        if case_study.stage in stages.REVEALED:
            return self.is_member and case_study.pk in self._fixed
        return case_study.domain_id in self.domains and case_study.pk not in self._written

    @cached_property
    def _written(self) -> frozenset[int]:
        """Ids of the case studies of which they are an author: nobody scores what they wrote."""
        if not self._seats[0].writes:
            return frozenset()
        rows = self.review.case_studies.filter(authors=self.user.pk)
        return frozenset(rows.order_by().values_list("pk", flat=True))

    @cached_property
    def _fixed(self) -> frozenset[int]:
        """Ids of the revealed case studies on whose panel they are for good."""
        rows = FixedPlace.objects.filter(member=self.member)
        return frozenset(rows.values_list("case_study", flat=True))

    @cached_property
    def declared(self) -> frozenset[int]:
        """Ids of the case studies in which they declared an interest: it binds them after they left the panel too."""
        return frozenset(seat.declared_in for seat in self._seats if seat.declared_in is not None)


def _is_unconfirmed(standing: Standing) -> bool:
    return standing.is_member and not standing.is_counted


def _is_partner(kind: str, *, accepted: bool):
    """Holds this role in an organisation with which the case study is shared."""

    def holds(standing: Standing, case_study: CaseStudy) -> bool:
        held = Role.objects.filter(user=standing.user, kind=kind).values("organisation")
        rows = SharedCaseStudy.objects.filter(case_study=case_study, organisation__in=held)
        return (rows.accepted() if accepted else rows).exists()

    return holds


def _shown(standing: Standing, case_study: CaseStudy):
    """Where reviews that the person knows of show the case study."""
    rows = SharedCaseStudy.objects.accepted().filter(case_study=case_study)
    return rows.filter(review__in=Review.objects.visible_to(standing.user))


def _shown_to_members(standing: Standing, case_study: CaseStudy):
    """Where the person is on the panel of a review that shows the case study, for its domain."""
    places = PanelMember.objects.active().filter(user=standing.user, domains=case_study.domain_id)
    rows = SharedCaseStudy.objects.accepted().filter(case_study=case_study)
    return rows.filter(review__in=places.values("review"))


# For each role of the policy: does the person hold it, to this case study or (None) to the review?
HOLDS = {
    roles.ADMINISTRATOR: lambda standing, _: standing.user.is_administrator,
    roles.LEAD: lambda standing, _: standing.is_lead,
    roles.AUTHOR: lambda standing, _: standing.is_author,
    roles.READER: lambda standing, _: standing.is_reader,
    roles.MEMBER: lambda standing, _: standing.is_counted,
    roles.UNCONFIRMED: lambda standing, _: _is_unconfirmed(standing),
    roles.CHAIR: lambda standing, _: standing.is_counted and standing.member.is_chair,
    roles.UNINFORMED: lambda standing, _: standing.is_member and not standing.review.shows_self_assessment,
    roles.DECLARED_SOME: lambda standing, _: bool(standing.declared),
    roles.WRITER: lambda standing, row: standing.writes(row),
    roles.SCORER: lambda standing, row: standing.is_counted and standing.scores(row),
    roles.UNCONFIRMED_SCORER: lambda standing, row: _is_unconfirmed(standing) and standing.scores(row),
    roles.DECLARED: lambda standing, row: row.pk in standing.declared,
    roles.PARTNER_LEAD: _is_partner(Role.Kind.EQUALITY_LEAD, accepted=False),
    roles.PARTNER_READER: _is_partner(Role.Kind.READER, accepted=True),
    roles.PARTNER_SCORER: lambda standing, row: _shown_to_members(standing, row).exists(),
    roles.PARTNER: lambda standing, row: _shown(standing, row).exists(),
    roles.OWNER: lambda standing, _: False,  # of a row, which the queryset looks for
    roles.ANYBODY: lambda standing, _: True,
    roles.SIGNED_IN: lambda standing, _: standing.user.is_authenticated,
}


def why_not_take_in(review: Review | None) -> str | None:
    """Why nothing can be added to, or taken from, the case studies of other organisations in this review now."""
    if review is None:
        return None
    refusal = policy.why_not("take_in_shared", {roles.PARTNER_LEAD}, {review.stage})
    return refusal and refusal.format(organisation=review.organisation)


def why_not_with_shared(action: str, user, shared: SharedCaseStudy) -> str | None:
    """As `Standing.why_not`, of a case study that is shared, or offered, for the review that takes it in."""
    led = set(Organisation.objects.led_by(user).values_list("pk", flat=True))
    held = {roles.LEAD} if shared.home.organisation_id in led else set()
    held |= {roles.PARTNER_LEAD} if shared.organisation_id in led else set()
    stage = shared.review.stage if shared.review else stages.OPEN
    refusal = policy.why_not(action, held, {stage})
    return refusal and refusal.format(organisation=shared.organisation)
