"""What an annual report says, as one frozen value with no ORM in it.

Every importer makes a `ReportContent`, every output is made from one, the checks read one and publication stores
one. Its shape is that of the JSON form, eds-report/2.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BeforeValidator

from eds.edition import Edition
from eds.fields import (
    LONG,
    AnyLine,
    AnyText,
    Bytes,
    CaseStudyNumber,
    Code,
    CodeKey,
    Count,
    Day,
    DayOrMonth,
    DomainKey,
    DomainNumber,
    Known,
    Line,
    LongText,
    OneOf,
    Points,
    Record,
    Score,
    StatusAsStored,
    Text,
    WithoutNulls,
    Year,
    YesOrNo,
    case_studies_of_domain,
    codes_of_case_study,
    codes_of_domain,
    each_once,
    not_applicable,
    of_other_edition,
    since,
    within,
)
from eds.text.easy_sentences import NAMES

ORGANISATION_KINDS = ("icb", "trust", "other")
LEVELS = ("individual", "partnership", "ics")
STATUSES = ("not_started", "on_track", "delayed", "complete", "dropped")
INTERESTS = (  # the groups that members of a panel represent, as they ship
    *("service_user", "carer", "vcse", "healthwatch", "local_authority", "independent_evaluator"),
    *("peer_reviewer", "trade_union", "staff_network", "nhs_staff", "other"),
)
INTEREST_CATEGORIES = ("works_for", "uses", "family_or_friend", "financial", "other")
EVIDENCE_KINDS = ("file", "link", "quote")
STRENGTHS = ("figures", "feedback", "narrative")
GROUP_KINDS = ("protected", "inclusion", "core20plus5", "local")
OPTIONAL_PARTS = ("evidence_map", "panel_names", "self_assessment", "methods")
AGREEMENTS = ("high", "fair", "low")
ORIGINS = ("panel", "imported")
LOGO = "iVBORw0KGgo[A-Za-z0-9+/]+={0,2}"  # the first bytes of each PNG, in base64

Status = Annotated[str, OneOf((*STATUSES, "open")), StatusAsStored]
Codes = Annotated[tuple[Code, ...], each_once()]


@dataclass(frozen=True, kw_only=True)
class Organisation(Record):
    """`logo` is a PNG picture in base64, `colour` what its reports are coloured with, such as "#005eb8"."""

    name: Annotated[str, Text(pattern=r"(?s).*[A-Za-z0-9].*", expected="a name")]
    ods_code: Annotated[str, Text(10, needed=False)] | None = None
    kind: Annotated[str, OneOf(ORGANISATION_KINDS)] | None = None
    ics: AnyLine | None = None
    colour: (
        Annotated[str, Text(pattern="#[0-9a-f]{6}", expected="a colour like #005eb8", needed=False)] | None
    ) = field(default=None, metadata=since(2))
    logo: (
        Annotated[str, Text(LONG, pattern=LOGO, expected="a PNG picture in base64", needed=False)] | None
    ) = field(default=None, metadata=since(2))


@dataclass(frozen=True, kw_only=True)
class Header(Record):
    """The header block of NHS England's reporting template. Dates are ISO 8601; `engagement_dates` and
    `published` may be months."""

    board_sponsor: AnyLine | None = None
    eds_lead: AnyLine | None = None
    level: Annotated[str, OneOf(LEVELS)] | None = None
    partners: tuple[Line, ...] = ()
    engagement_dates: tuple[DayOrMonth, ...] = ()
    completed_on: Day | None = None
    published: DayOrMonth | None = None
    authorised_on: Day | None = None
    revision_date: Day | None = None


@dataclass(frozen=True, kw_only=True)
class PreviousAction(Record):
    action: LongText
    objective: AnyText | None = None
    status: Status | None = None


@dataclass(frozen=True, kw_only=True)
class Section(Record):
    """A part of a case study: heading, text in Markdown, and the outcome area that it speaks to, or None."""

    heading: Line
    outcome: Code | None = None
    body: AnyText = ""


@dataclass(frozen=True, kw_only=True)
class EvidenceFile(Record):
    """What a file of evidence is called, its size in bytes, and the SHA-256 of its bytes; not the bytes."""

    name: Line
    size: Bytes
    sha256: Annotated[str, Text(pattern="[0-9a-f]{64}", expected="a SHA-256 in hex")]


@dataclass(frozen=True, kw_only=True)
class Evidence(Record):
    kind: Annotated[str, OneOf(EVIDENCE_KINDS)]
    title: AnyLine | None = None
    text: AnyText | None = None
    url: (
        Annotated[str, Text(500, pattern=r"https?://\S+", expected="an address that starts with https://")]
        | None
    ) = None
    source_kind: AnyLine | None = field(default=None, metadata=since(2))
    source: AnyLine | None = None
    date: DayOrMonth | None = None
    strength: Annotated[str, OneOf(STRENGTHS)] | None = None
    file: EvidenceFile | None = None
    outcomes: Codes = ()
    groups: tuple[Annotated[str, Text(100)], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Judgement(Record):
    """A score for one outcome area, in points of the edition's scale.

    `score` is None when there is none. `not_applicable` is another thing, and 0 is a score. A half point can only
    have been imported.
    """

    score: Score | None = None
    not_applicable: YesOrNo = False
    rationale: AnyText | None = None


Judgements = Annotated[
    Mapping[CodeKey, Annotated[Judgement, BeforeValidator(not_applicable)] | None], WithoutNulls
]
PointsByDomain = Annotated[Mapping[DomainKey, Points | None], WithoutNulls]


@dataclass(frozen=True, kw_only=True)
class Correction(Record):
    """What of a case study's text was corrected after its scoring had opened, and on which day (ISO 8601)."""

    on: Day
    what: LongText


@dataclass(frozen=True, kw_only=True)
class CaseStudy(Record):
    """`scores` holds the panel's agreed scores by outcome code; `stated_total` is what a source document claims.

    `origin` is "panel" where members scored it in the portal, "imported" where it came in from the file
    `imported_from` on the day `imported_on`, and None where neither is known.
    """

    number: Count
    domain: DomainNumber
    title: Line
    sections: tuple[Section, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    scores: Judgements = field(default_factory=dict)
    self_assessment: Judgements = field(default_factory=dict)
    owners: Annotated[Mapping[CodeKey, AnyLine | None], WithoutNulls] = field(default_factory=dict)
    stated_total: Points | None = None
    commentary: AnyText | None = None
    scored_by: AnyLine | None = None  # another organisation, whose panel scored it
    origin: Annotated[str, OneOf(ORIGINS)] | None = field(default=None, metadata=since(2))
    imported_from: AnyLine | None = field(default=None, metadata=since(2, key="from"))
    imported_on: Day | None = field(default=None, metadata=since(2, key="on"))
    corrections: tuple[Correction, ...] = field(default=(), metadata=since(2))


@dataclass(frozen=True, kw_only=True)
class RepresentedGroup(Record):
    """A group that members of the panel represent, where it is not one of those that ship, or is changed."""

    code: Annotated[str, Text(30)]
    name: Annotated[str, Text(100)]
    outside_nhs: YesOrNo = False


@dataclass(frozen=True, kw_only=True)
class PanelMember(Record):
    name: Line
    interest: Annotated[str, Known("interest")] | None = None
    domains: Annotated[tuple[DomainNumber, ...], each_once()] = ()
    chair: YesOrNo = False


@dataclass(frozen=True, kw_only=True)
class ThirdParties(Record):
    trade_union_reps: tuple[Line, ...] = ()
    independent_evaluators: tuple[Line, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Action(Record):
    """One recommendation. `due` is a date or a month; `case_studies` are numbers within this report."""

    action: LongText
    objective: AnyText | None = None
    outcomes: Codes = ()
    case_studies: Annotated[tuple[CaseStudyNumber, ...], each_once()] = ()
    owner: AnyLine | None = None
    due: DayOrMonth | None = None
    status: Status = "not_started"


@dataclass(frozen=True, kw_only=True)
class Theme(Record):
    theme: Line
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Stated(Record):
    """Figures that a source document claims: compared, never used. `domains` is keyed by domain number."""

    domains: PointsByDomain = field(default_factory=dict)
    overall: Points | None = None
    rating: AnyLine | None = None


@dataclass(frozen=True, kw_only=True)
class Choice(Record):
    """Which case study a named person chose to stand for a domain that has no middle one, and why."""

    domain: DomainNumber
    case_study: CaseStudyNumber
    chosen_by: Line
    reason: LongText


@dataclass(frozen=True, kw_only=True)
class LeftOut(Record):
    """A domain that was not assessed this year, and why."""

    domain: DomainNumber
    reason: LongText


@dataclass(frozen=True, kw_only=True)
class Interest(Record):
    """Why a member of the panel did not score a case study. `member` is their name, as the panel lists it.

    Reports print the category alone. `reason` is what the member wrote: files of before there were categories hold it,
    and no output of the portal does.
    """

    member: Annotated[str, Known("member")]
    case_study: CaseStudyNumber
    category: Annotated[str, OneOf(INTEREST_CATEGORIES)] | None = field(default=None, metadata=since(2))
    reason: LongText | None = None


@dataclass(frozen=True, kw_only=True)
class Group(Record):
    """A group that evidence may speak of: one that the national lists lack, or that has another name there."""

    code: Annotated[str, Text(100)]
    name: Line
    kind: Annotated[str, OneOf(GROUP_KINDS)] = "local"
    source: AnyText | None = None


@dataclass(frozen=True, kw_only=True)
class Approval(Record):
    """Who approved the report for publication, at which meeting, on which day (ISO 8601)."""

    approved_by: Line
    committee: Line
    date: Day


@dataclass(frozen=True, kw_only=True)
class Spread(Record):
    """How far the scores of the members who scored a case study lay apart, in points of the scale.

    `apart` is by outcome code: 1 stands for one point or none, so that nobody's score can be told from it.
    """

    case_study: CaseStudyNumber
    members: Count
    apart: Mapping[CodeKey, Annotated[int, Known("points")]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PanelScores(Record):
    """What may be said in public of the members' own scores. `agreement` is high, fair, low, or None.

    `people` is how many people scored; None where that is not known.
    """

    agreement: Annotated[str, OneOf(AGREEMENTS)] | None = None
    spreads: Annotated[
        tuple[Annotated[Spread, within(codes_of_case_study)], ...], each_once("case_study", of="spreads")
    ] = ()
    people: Count | None = None


@dataclass(frozen=True, kw_only=True)
class PreviousResults(Record):
    """The published results of the report before this one, in points.

    `scores` by outcome code are those of the case studies that stood for a domain, `domains` the totals by number.
    """

    year: Year
    framework: Line
    scores: Annotated[Mapping[CodeKey, Points | None], WithoutNulls] = field(default_factory=dict)
    domains: PointsByDomain = field(default_factory=dict)
    overall: Points | None = None
    rating: AnyLine | None = None


@dataclass(frozen=True, kw_only=True)
class ReportContent(Record):
    """`summary` and `panel_work` are the lead's words in Markdown, with placeholders (`eds/text/figures_in_text.py`).

    `contact` says where people ask for the report in another form. `omitted` are optional parts that it does not print.
    """

    edition: Edition
    organisation: Organisation
    year: Year
    title: AnyLine = ""
    header: Header = Header()
    previous_actions: tuple[PreviousAction, ...] = ()
    case_studies: Annotated[
        tuple[Annotated[CaseStudy, within(codes_of_domain)], ...], each_once("number", of="case_studies")
    ] = ()
    panel: tuple[PanelMember, ...] = ()
    represented_groups: Annotated[
        tuple[RepresentedGroup, ...], each_once("code", of="represented_groups")
    ] = field(default=(), metadata=since(2))
    third_parties: ThirdParties = ThirdParties()
    recommendations: tuple[Theme, ...] = ()
    stated: Stated = Stated()
    choices: Annotated[
        tuple[Annotated[Choice, within(case_studies_of_domain)], ...], each_once("domain", of="choices")
    ] = ()
    left_out: Annotated[tuple[LeftOut, ...], each_once("domain", of="left_out")] = field(
        default=(), metadata=since(2)
    )
    omitted: Annotated[tuple[Annotated[str, OneOf(OPTIONAL_PARTS)], ...], each_once()] = field(
        default=(), metadata=since(2)
    )
    interests: tuple[Interest, ...] = ()
    groups: Annotated[tuple[Group, ...], each_once("code", of="groups")] = ()
    summary: AnyText | None = None
    panel_work: AnyText | None = None
    contact: AnyLine | None = None
    easy_read: Mapping[Annotated[str, OneOf(NAMES)], AnyText] = field(default_factory=dict, metadata=since(2))
    approval: Approval | None = None
    panel_scores: PanelScores = PanelScores()
    previous_results: Annotated[PreviousResults, within(of_other_edition)] | None = None
