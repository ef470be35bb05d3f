"""What an annual report says, as one frozen value with no ORM in it.

Every importer makes a `ReportContent`, every output is made from one, the checks read one and publication stores
one. Its shape is that of the JSON form, eds-report/1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from eds.edition import Edition


@dataclass(frozen=True, kw_only=True)
class Organisation:
    name: str
    ods_code: str | None = None
    kind: str | None = None  # icb, trust, other
    ics: str | None = None


@dataclass(frozen=True, kw_only=True)
class Header:
    """The header block of NHS England's reporting template. Dates are ISO 8601; `published` may be a month."""

    board_sponsor: str | None = None
    eds_lead: str | None = None
    level: str | None = None  # individual, partnership, ics
    partners: tuple[str, ...] = ()
    engagement_dates: tuple[str, ...] = ()
    completed_on: str | None = None
    published: str | None = None
    authorised_on: str | None = None
    revision_date: str | None = None


@dataclass(frozen=True, kw_only=True)
class PreviousAction:
    action: str
    objective: str | None = None
    status: str | None = None


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a case study: heading, text in Markdown, and the outcome area that it speaks to, or None."""

    heading: str
    outcome: str | None = None
    body: str = ""


@dataclass(frozen=True, kw_only=True)
class EvidenceFile:
    """What a file of evidence is called, its size in bytes, and the SHA-256 of its bytes; not the bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    kind: str  # file, link, quote
    title: str | None = None
    text: str | None = None
    url: str | None = None
    source: str | None = None
    date: str | None = None
    strength: str | None = None  # figures, feedback, narrative
    file: EvidenceFile | None = None
    outcomes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """A score for one outcome area, in points of the edition's scale.

    `score` is None when there is none. `not_applicable` is another thing, and 0 is a score. A half point can only
    have been imported.
    """

    score: int | float | None = None
    not_applicable: bool = False
    rationale: str | None = None


@dataclass(frozen=True, kw_only=True)
class CaseStudy:
    """`scores` holds the panel's agreed scores by outcome code; `stated_total` is what a source document claims."""

    number: int
    domain: int
    title: str
    sections: tuple[Section, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    scores: Mapping[str, Judgement] = field(default_factory=dict)
    self_assessment: Mapping[str, Judgement] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    stated_total: int | float | None = None
    commentary: str | None = None
    scored_by: str | None = None  # another body, whose panel scored it


@dataclass(frozen=True, kw_only=True)
class PanelMember:
    name: str
    interest: str | None = None
    domains: tuple[int, ...] = ()
    chair: bool = False


@dataclass(frozen=True, kw_only=True)
class ThirdParties:
    trade_union_reps: tuple[str, ...] = ()
    independent_evaluators: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Action:
    """One recommendation. `due` is a date or a month; `case_studies` are numbers within this report."""

    action: str
    objective: str | None = None
    outcomes: tuple[str, ...] = ()
    case_studies: tuple[int, ...] = ()
    owner: str | None = None
    due: str | None = None
    status: str = "not_started"  # not_started, on_track, delayed, complete, dropped


@dataclass(frozen=True, kw_only=True)
class Theme:
    theme: str
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Stated:
    """Figures that a source document claims: compared, never used. `domains` is keyed by domain number."""

    domains: Mapping[int, int | float] = field(default_factory=dict)
    overall: int | float | None = None
    rating: str | None = None


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which case study a named person chose to stand for a domain that has no middle one, and why."""

    domain: int
    case_study: int
    chosen_by: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Interest:
    """Why a member of the panel did not score a case study. `member` is their name, as the panel lists it."""

    member: str
    case_study: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group that evidence may speak of: one that the national lists lack, or that has another name there."""

    code: str
    name: str
    kind: str = "local"  # protected, inclusion, local
    source: str | None = None


@dataclass(frozen=True, kw_only=True)
class Approval:
    """Who approved the report for publication, at which meeting, on which day (ISO 8601)."""

    approved_by: str
    committee: str
    date: str


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How far the scores of the members who scored a case study lay apart, in points of the scale.

    `apart` is by outcome code: 1 stands for one point or none, so that nobody's score can be told from it.
    """

    case_study: int
    members: int
    apart: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PanelScores:
    """What may be said in public of the members' own scores. `agreement` is high, fair, low, or None."""

    agreement: str | None = None
    spreads: tuple[Spread, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PreviousResults:
    """The published results of the report before this one, in points.

    `scores` by outcome code are those of the case studies that stood for a domain, `domains` the totals by number.
    """

    year: str
    framework: str
    scores: Mapping[str, int | float] = field(default_factory=dict)
    domains: Mapping[int, int | float] = field(default_factory=dict)
    overall: int | float | None = None
    rating: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReportContent:
    """`summary` and `panel_work` are the lead's words in Markdown, with placeholders (`eds/figures_in_text.py`).

    `contact` says where people ask for the report in another form.
    """

    edition: Edition
    organisation: Organisation
    year: str
    title: str = ""
    header: Header = Header()
    previous_actions: tuple[PreviousAction, ...] = ()
    case_studies: tuple[CaseStudy, ...] = ()
    panel: tuple[PanelMember, ...] = ()
    third_parties: ThirdParties = ThirdParties()
    recommendations: tuple[Theme, ...] = ()
    choices: tuple[Choice, ...] = ()
    interests: tuple[Interest, ...] = ()
    groups: tuple[Group, ...] = ()
    stated: Stated = Stated()
    summary: str | None = None
    panel_work: str | None = None
    contact: str | None = None
    approval: Approval | None = None
    panel_scores: PanelScores = PanelScores()
    previous_results: PreviousResults | None = None


def normalised(report: ReportContent) -> ReportContent:
    """The same report with sets (outcomes, groups, domains, case studies) in order and no empty judgements.

    Rows keep no order within a set and no judgement that says nothing, so two contents are compared in this form.
    """
    return replace(
        report,
        case_studies=tuple(_normalised_case_study(part) for part in report.case_studies),
        panel=tuple(replace(member, domains=tuple(sorted(member.domains))) for member in report.panel),
        recommendations=tuple(_normalised_theme(theme) for theme in report.recommendations),
        choices=tuple(sorted(report.choices, key=lambda choice: choice.domain)),
        interests=tuple(sorted(report.interests, key=lambda said: (said.case_study, said.member))),
        groups=tuple(sorted(report.groups, key=lambda group: (group.kind, group.name, group.code))),
        panel_scores=replace(
            report.panel_scores,
            spreads=tuple(sorted(report.panel_scores.spreads, key=lambda spread: spread.case_study)),
        ),
    )


def _normalised_case_study(part: CaseStudy) -> CaseStudy:
    return replace(
        part,
        evidence=tuple(
            replace(item, outcomes=tuple(sorted(item.outcomes)), groups=tuple(sorted(item.groups)))
            for item in part.evidence
        ),
        scores=_spoken(part.scores),
        self_assessment=_spoken(part.self_assessment),
    )


def _spoken(judgements: Mapping[str, Judgement]) -> dict[str, Judgement]:
    return {code: judgements[code] for code in sorted(judgements) if judgements[code] != Judgement()}


def _normalised_theme(theme: Theme) -> Theme:
    return replace(
        theme,
        actions=tuple(
            replace(
                action,
                outcomes=tuple(sorted(action.outcomes)),
                case_studies=tuple(sorted(action.case_studies)),
            )
            for action in theme.actions
        ),
    )
