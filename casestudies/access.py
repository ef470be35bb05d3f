"""The policy (eds/policy) as conditions on rows: which rows a person may see or act on, in the database.

No model is imported here, so that every model's queryset can use this.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from eds import stages
from eds.policy import RULES
from eds.policy import rule as roles

KINDS = {roles.LEAD: "equality_lead", roles.AUTHOR: "author", roles.READER: "reader"}
EVERY = Q(pk__isnull=False)
NO = Q(pk__in=[])


def stages_of(case_study) -> frozenset[str]:
    """The stages at which a case study is: its own and that of its review."""
    return frozenset((case_study.stage, case_study.review.stage))


@dataclass(frozen=True, kw_only=True)
class Paths:
    """How a row leads to what it hangs on, as lookups; "" is the row itself, None what it does not hang on.

    From the case study follow its review and from that its organisation. `own` holds for rows that are the person's
    own, `ready` for rows that were accepted.
    """

    case_study: str | None = None
    review: str | None = None
    organisation: str | None = None
    shared: str | None = None  # a row that says that a case study is shared
    status: str | None = None  # the field that holds the stage, of rows that hang on no review
    own: Q = NO
    ready: Q = EVERY

    @property
    def to_review(self) -> str | None:
        return _step(self.case_study, "review") if self.review is None else self.review

    @property
    def to_organisation(self) -> str | None:
        return _step(self.to_review, "organisation") if self.organisation is None else self.organisation

    def at(self, at: tuple[str, ...], *, of: str) -> Q:
        """Rows at these stages, as `eds.stages.is_at`; `of` says whose stages are asked, as `Rule.of`."""
        if self.status is not None:
            return Q(**{f"{self.status}__in": at}) if at else EVERY
        rows = EVERY
        if named := [name for name in at if name in stages.CASE_STUDY]:
            rows = self._case_study_at(named) if of == "case_study" else self._review_with(named)
        if named := [name for name in at if name in stages.REVIEW]:
            rows = _and(rows, Q(**{f"{_step(self.to_review, 'stage')}__in": named}))
        return rows

    def _case_study_at(self, names: list[str]) -> Q:
        return Q(**{f"{_step(self.case_study, 'stage')}__in": names})

    def _review_with(self, names: list[str]) -> Q:
        """Rows of reviews that have a case study at one of these stages."""
        if self.to_review is None:
            return NO
        rows = _model("casestudies.CaseStudy").filter(
            review=OuterRef(self.to_review or "pk"), stage__in=names
        )
        return Q(Exists(rows))


def allowed(action: str, user, **paths) -> Q:
    """The rows with which the person may do this now, by the same entry as `Standing.why_not`; `paths` as `Paths`."""
    rule, way = RULES[action], Paths(**paths)
    together = defaultdict(list)
    for role, at in rule.may.items():
        bars = tuple(bar for bar, said in rule.barred.items() if role not in said.spares)
        together[at, role in rule.once_ready, bars].append(role)
    found = NO
    for (at, once_ready, bars), held in together.items():
        rows = _and(held_by(user, held, way), way.at(at, of=rule.of))
        if once_ready:
            rows = _and(rows, way.ready)
        for bar in bars if rows is not NO else ():
            rows &= ~_and(held_by(user, [bar], way), way.at(rule.barred[bar].at, of=rule.of))
        found = _or(found, rows)
    return found


def held_by(user, held: Collection[str], way: Paths) -> Q:
    """The rows to which the person is one of these: the equality lead, a scorer …"""
    if roles.ANYBODY in held:
        return EVERY
    if not user.is_authenticated:
        return NO
    if roles.SIGNED_IN in held or (roles.ADMINISTRATOR in held and user.is_administrator):
        return EVERY
    found = way.own if roles.OWNER in held else NO
    for family, rows in FAMILIES.items():
        if chosen := family & set(held):
            found = _or(found, rows(user, chosen, way))
    return found


def roles_of(user, held: Collection[str]) -> QuerySet:
    """The roles of these kinds that a person holds in organisations."""
    kinds = [KINDS[role] for role in held]
    return _model("casestudies.Role").filter(user=user, kind__in=kinds)


def places_of(user, held: Collection[str]) -> QuerySet:
    """The person's places on panels: counted ones, those not confirmed yet, or both."""
    rows = _model("scoring.PanelMember").active().filter(user=user)
    if set(roles.PANEL) <= held or set(roles.SCORERS) <= held:
        return rows
    counted = _model("scoring.PanelMember").counted().filter(user=user)
    if held & {roles.UNCONFIRMED, roles.UNCONFIRMED_SCORER}:
        return rows.exclude(pk__in=counted)
    return counted if held & {roles.MEMBER, roles.SCORER} else counted.filter(is_chair=True)


def _in_organisation(user, held: set[str], way: Paths) -> Q:
    return _among(way.to_organisation, roles_of(user, held).values("organisation"))


def _on_panel(user, held: set[str], way: Paths) -> Q:
    return _among(way.to_review, places_of(user, held).values("review"))


def _scores(user, held: set[str], way: Paths) -> Q:
    """Members for the domain, of the panel of the case study's own review, but for its authors.

    From the reveal those who were on it then.
    """
    places = places_of(user, held)
    rows = _model("casestudies.CaseStudy")
    before = rows.filter(
        stage__in=stages.BEFORE_REVEAL,
        review__panel_members__in=places,
        review__panel_members__domains=F("domain"),
    ).exclude(authors=user.pk)
    after = rows.filter(stage__in=stages.REVEALED, fixed_places__member__in=places)
    return _or(_among(way.case_study, before.values("pk")), _among(way.case_study, after.values("pk")))


def _writes(user, held: set[str], way: Paths) -> Q:
    bodies = roles_of(user, [roles.AUTHOR]).values("organisation")
    rows = _model("casestudies.CaseStudy").filter(authors=user, review__organisation__in=bodies)
    return _among(way.case_study, rows.values("pk"))


def _is_partner(user, held: set[str], way: Paths) -> Q:
    shares, found = _model("casestudies.SharedCaseStudy"), NO
    place, key = (way.case_study, "case_study") if way.shared is None else (way.shared, "pk")
    for role in sorted(held):  # one by one: together they would look through every share
        found = _or(found, _among(place, shares.filter(PARTNERS[role](user)).values(key)))
    return found


def _reviews_known(user) -> QuerySet:
    return _model("casestudies.Review").visible_to(user).values("pk")


PARTNERS = {
    roles.PARTNER_LEAD: lambda user: Q(organisation__in=roles_of(user, [roles.LEAD]).values("organisation")),
    roles.PARTNER_READER: lambda user: Q(
        accepted_at__isnull=False, organisation__in=roles_of(user, [roles.READER]).values("organisation")
    ),
    roles.PARTNER_SCORER: lambda user: Q(
        accepted_at__isnull=False,
        review__panel_members__in=places_of(user, set(roles.PANEL)),
        review__panel_members__domains=F("case_study__domain"),
    ),
    roles.PARTNER: lambda user: Q(accepted_at__isnull=False, review__in=_reviews_known(user)),
}


def _declared(user, held: set[str], way: Paths) -> Q:
    """An interest binds the person, also after they left the panel."""
    rows = _model("scoring.DeclaredInterest").filter(member__user=user)
    if roles.DECLARED in held:
        return _among(way.case_study, rows.values("case_study"))
    return _among(way.to_review, rows.values("case_study__review"))


def _uninformed(user, held: set[str], way: Paths) -> Q:
    rows = places_of(user, set(roles.PANEL)).filter(review__shows_self_assessment=False)
    return _among(way.to_review, rows.values("review"))


FAMILIES = {
    frozenset(KINDS): _in_organisation,
    frozenset((*roles.PANEL, roles.CHAIR)): _on_panel,
    frozenset(roles.SCORERS): _scores,
    frozenset([roles.WRITER]): _writes,
    frozenset(PARTNERS): _is_partner,
    frozenset([roles.DECLARED, roles.DECLARED_SOME]): _declared,
    frozenset([roles.UNINFORMED]): _uninformed,
}


def _model(label: str):
    return apps.get_model(label).objects


def _step(path: str | None, name: str) -> str | None:
    return None if path is None else f"{path}__{name}" if path else name


def _among(path: str | None, rows: QuerySet) -> Q:
    """Rows that this path leads to one of those."""
    return NO if path is None else Q(**{f"{path or 'pk'}__in": rows})


def _and(first: Q, second: Q) -> Q:
    if first is NO or second is NO:
        return NO
    return second if first is EVERY else first if second is EVERY else first & second


def _or(first: Q, second: Q) -> Q:
    if first is EVERY or second is EVERY:
        return EVERY
    return second if first is NO else first if second is NO else first | second
