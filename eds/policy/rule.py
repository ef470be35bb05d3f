"""What a rule of the policy is: which roles may do one thing at which stages, and what everybody else is told."""

from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, field

from eds import stages

ALL = ()  # whatever the stage

# What a person can be to an organisation …
ADMINISTRATOR = "administrator"  # of the portal
LEAD = "lead"
AUTHOR = "author"
READER = "reader"
# … to a review …
MEMBER = "member"  # on its panel, and counted
UNCONFIRMED = "unconfirmed"  # joined its panel in a workshop; the equality lead has not confirmed them yet
CHAIR = "chair"
UNINFORMED = "uninformed"  # on the panel of a review that shows no self-assessment before scoring
DECLARED_SOME = "declared some"  # declared an interest in one or more of its case studies
# … to a case study …
WRITER = "writer"  # one of its authors
SCORER = "scorer"  # a member for its domain
UNCONFIRMED_SCORER = "unconfirmed scorer"
DECLARED = "declared"  # declared an interest in it
# … where it is shared with another organisation …
PARTNER_LEAD = "partner lead"  # from the offer on
PARTNER_READER = "partner reader"  # once it is accepted, as are the next two
PARTNER_SCORER = "partner scorer"  # on the panel of the review that shows it, for its domain
PARTNER = "partner"  # knows of a review that shows it
# … and to a row of their own, or to nothing.
OWNER = "owner"
ANYBODY = "anybody"
SIGNED_IN = "signed in"

PANEL = (MEMBER, UNCONFIRMED)
INSIDE = (LEAD, AUTHOR, READER, *PANEL)  # who know of a review
SCORERS = (SCORER, UNCONFIRMED_SCORER)


@dataclass(frozen=True, kw_only=True)
class Bar:
    """What keeps a person from something at these stages, whatever else they are. Roles in `spares` are not kept."""

    why: str
    at: tuple[str, ...] = ALL
    spares: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Who may do one thing: `may` gives for each role the stages at which it may.

    `of` says whose stages are asked: those of the case study (its own and its review's), or of the review (its own and
    those of its case studies, of which one is enough); see `eds.stages.is_at`. `only` is told to people who hold none
    of the roles, `instead` to those of them who hold the role named there. `early` and `late` are told before and
    after the stages; as a mapping, to the first role of theirs in it. Roles in `once_ready` may only once what it is
    about was accepted.
    """

    of: str
    may: Mapping[str, tuple[str, ...]]
    only: str = ""
    instead: Mapping[str, str] = field(default_factory=dict)
    early: str | Mapping[str, str] = ""
    late: str | Mapping[str, str] = ""
    barred: Mapping[str, Bar] = field(default_factory=dict)
    once_ready: tuple[str, ...] = ()

    def is_open_at(self, here: Collection[str]) -> bool:
        """May somebody at these stages?"""
        return any(stages.is_at(here, at) for at in self.may.values())

    @property
    def asks_case_studies(self) -> bool:
        """Does it name a stage of case studies?"""
        every = (*self.may.values(), *(bar.at for bar in self.barred.values()))
        return any(name in stages.CASE_STUDY for at in every for name in at)

    def why_not(self, roles: Container[str], here: Collection[str], *, ready: bool = True) -> str | None:
        """Why a person with these roles may not at the stages `here`; None where they may.

        `ready` is whether what it is about was accepted. Of `roles` no more is asked than is needed, for each may
        cost a query.
        """
        may = {role: at for role, at in self.may.items() if ready or role not in self.once_ready}
        if not self.barred and any(stages.is_at(here, at) and role in roles for role, at in may.items()):
            return None
        held = [role for role in may if role in roles]
        if not held:
            return _to(self.instead, roles, self.only)
        bars = [bar for role, bar in self.barred.items() if role in roles and stages.is_at(here, bar.at)]
        timely = [role for role in held if stages.is_at(here, self.may[role])]
        if any(all(role in bar.spares for bar in bars) for role in timely):
            return None
        if bars:
            return bars[0].why
        is_early = any(stages.is_before(here, self.may[role]) for role in held)
        words = self.early if is_early else self.late
        return words if isinstance(words, str) else _to(words, roles, "")


def _to(words: Mapping[str, str], roles: Container[str], otherwise: str) -> str:
    return next((text for role, text in words.items() if role in roles), otherwise)
