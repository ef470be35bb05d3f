"""Hypothesis strategies for whole reports: any `ReportContent` that the portal can hold."""

from collections.abc import Sequence

from hypothesis import strategies as st

from eds.content import (
    INTEREST_CATEGORIES,
    OPTIONAL_PARTS,
    Action,
    Approval,
    CaseStudy,
    Choice,
    Evidence,
    EvidenceFile,
    Group,
    Header,
    Interest,
    Judgement,
    Organisation,
    PanelMember,
    PanelScores,
    PreviousAction,
    PreviousResults,
    ReportContent,
    RepresentedGroup,
    Section,
    Spread,
    Stated,
    Theme,
    ThirdParties,
)
from eds.edition import Edition
from eds.editions import load, names
from eds.lists.national_groups import CORE20PLUS5, INCLUSION, PROTECTED
from eds.text.easy_sentences import NAMES

GROUPS = [code for code, _ in (*PROTECTED, *INCLUSION, *CORE20PLUS5)]
STATUSES = ["not_started", "on_track", "delayed", "complete", "dropped"]
INTERESTS = [
    *["service_user", "carer", "vcse", "healthwatch", "local_authority", "independent_evaluator"],
    *["peer_reviewer", "trade_union", "staff_network", "nhs_staff", "other"],
]
REPRESENTED = (
    RepresentedGroup(code="healthwatch", name="Patient voice", outside_nhs=False),
    RepresentedGroup(code="parents", name="Parents’ forum", outside_nhs=True),
)


def texts(*, longest: int = 40, lines: bool = False) -> st.SearchStrategy[str]:
    """Text that says something. Without `lines` it has no control characters, so that it stays one line."""
    categories = ("Cs", "Cc", "Zl", "Zp") if not lines else ("Cs",)
    letters = st.characters(exclude_categories=categories, exclude_characters="\x00")
    return st.text(letters, min_size=1, max_size=longest).filter(str.strip)


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


def tuples_of(
    strategy: st.SearchStrategy, *, most: int = 3, unique: bool = False
) -> st.SearchStrategy[tuple]:
    return st.lists(strategy, max_size=most, unique=unique).map(tuple)


def some_of(members: list) -> st.SearchStrategy[tuple]:
    """Some of the members, each once, in any order."""
    return tuples_of(st.sampled_from(members), unique=True) if members else st.just(())


days = st.dates().map(str)
days_or_months = days | days.map(lambda day: day[:7])
points = st.integers(0, 99) | st.integers(0, 198).map(lambda halves: halves / 2)


evidence_files = st.builds(
    EvidenceFile,
    name=texts(),
    size=st.integers(0, 10**9),
    sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
)
organisations = st.builds(
    Organisation,
    name=texts().map(lambda text: f"NHS {text}"),
    ods_code=maybe(st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=3, max_size=5)),
    kind=st.sampled_from([None, "icb", "trust", "other"]),
    ics=maybe(texts()),
)
headers = st.builds(
    Header,
    board_sponsor=maybe(texts()),
    eds_lead=maybe(texts()),
    level=st.sampled_from([None, "individual", "partnership", "ics"]),
    partners=tuples_of(texts()),
    engagement_dates=tuples_of(days_or_months),
    completed_on=maybe(days),
    published=maybe(days_or_months),
    authorised_on=maybe(days),
    revision_date=maybe(days),
)
previous_actions = st.builds(
    PreviousAction,
    action=texts(lines=True),
    objective=maybe(texts(lines=True)),
    status=maybe(st.sampled_from(STATUSES)),
)
third_parties = st.builds(
    ThirdParties, trade_union_reps=tuples_of(texts()), independent_evaluators=tuples_of(texts())
)


def judgements(edition: Edition) -> st.SearchStrategy[Judgement]:
    scores = st.integers(0, edition.highest)
    if edition.has_points:
        scores |= st.integers(0, 2 * edition.highest).map(lambda halves: halves / 2)
    scored = st.builds(Judgement, score=maybe(scores), rationale=maybe(texts(lines=True)))
    if not edition.allows_not_applicable:
        return scored
    return scored | st.builds(Judgement, not_applicable=st.just(True), rationale=texts(lines=True))


@st.composite
def case_studies(draw, *, edition: Edition, number: int) -> CaseStudy:
    domain = draw(st.sampled_from(edition.domains))
    codes = list(domain.codes)
    by_code = st.dictionaries(st.sampled_from(codes), judgements(edition))
    sections = st.builds(
        Section,
        heading=texts(),
        outcome=st.sampled_from([None, *codes]),
        body=st.just("") | texts(lines=True),
    )
    evidence = st.builds(
        Evidence,
        kind=st.sampled_from(["file", "link", "quote"]),
        title=maybe(texts()),
        text=maybe(texts(lines=True)),
        url=st.sampled_from([None, "https://example.org/survey?year=2024&part=1"]),
        source_kind=maybe(texts()),
        source=maybe(texts()),
        date=maybe(days_or_months),
        strength=st.sampled_from([None, "figures", "feedback", "narrative"]),
        file=maybe(evidence_files),
        outcomes=some_of(codes),
        groups=some_of(GROUPS),
    )
    return CaseStudy(
        number=number,
        domain=domain.number,
        title=draw(texts()),
        sections=draw(tuples_of(sections)),
        evidence=draw(tuples_of(evidence, most=2)),
        scores=draw(by_code),
        self_assessment=draw(by_code),
        owners=draw(st.dictionaries(st.sampled_from(codes), texts())),
        stated_total=draw(maybe(points)),
        commentary=draw(maybe(texts(lines=True))),
        scored_by=draw(maybe(texts())),
        origin=draw(st.sampled_from([None, "panel", "imported"])),
        imported_from=draw(maybe(texts())),
        imported_on=draw(maybe(st.dates().map(str))),
    )


@st.composite
def choices(draw, *, parts: list[CaseStudy]) -> tuple[Choice, ...]:
    """At most one choice for each domain that has a case study."""
    chosen = []
    for domain in sorted({part.domain for part in parts}):
        number = draw(maybe(st.sampled_from([part.number for part in parts if part.domain == domain])))
        if number is not None:
            reason = draw(texts(lines=True))
            chosen.append(Choice(domain=domain, case_study=number, chosen_by=draw(texts()), reason=reason))
    return tuple(chosen)


@st.composite
def interests(draw, *, panel: tuple[PanelMember, ...], numbers: list[int]) -> tuple[Interest, ...]:
    """Each member of the panel declares an interest in each case study at most once."""
    pairs = {(member.name, number) for member in panel for number in numbers}
    chosen = draw(st.sets(st.sampled_from(sorted(pairs)), max_size=2)) if pairs else ()
    return tuple(
        Interest(member=name, case_study=number, category=draw(st.sampled_from(INTEREST_CATEGORIES)))
        for name, number in sorted(chosen)
    )


def themes(edition: Edition, numbers: list[int]) -> st.SearchStrategy[tuple[Theme, ...]]:
    actions = st.builds(
        Action,
        action=texts(lines=True),
        objective=maybe(texts(lines=True)),
        outcomes=some_of([code for domain in edition.domains for code in domain.codes]),
        case_studies=some_of(numbers),
        owner=maybe(texts()),
        due=maybe(days_or_months),
        status=st.sampled_from(STATUSES),
    )
    return tuples_of(st.builds(Theme, theme=texts(), actions=tuples_of(actions)), most=2)


local_groups = st.lists(
    st.builds(
        Group, code=st.from_regex(r"local-[a-z]{1,8}", fullmatch=True), name=texts(), source=maybe(texts())
    ),
    max_size=2,
    unique_by=lambda group: group.code,
).map(tuple)


approvals = st.builds(Approval, approved_by=texts(), committee=texts(), date=days)


@st.composite
def panel_scores(draw, *, edition: Edition, parts: list[CaseStudy]) -> PanelScores:
    """How far members' scores lay apart, for some of the case studies."""
    spreads = []
    for part in parts:
        if draw(st.booleans()):
            codes = st.sampled_from(edition.domain(part.domain).codes)
            apart = draw(st.dictionaries(codes, st.integers(1, edition.highest)))
            spreads.append(Spread(case_study=part.number, members=draw(st.integers(1, 99)), apart=apart))
    agreement = draw(st.sampled_from([None, "high", "fair", "low"]))
    return PanelScores(agreement=agreement, spreads=tuple(spreads))


@st.composite
def previous_results(draw, *, edition: Edition) -> PreviousResults:
    """Of a report under the same edition, or under another, of which nothing can be compared."""
    year = draw(st.from_regex(r"20[0-9]{2}(-[0-9]{2})?", fullmatch=True))
    if draw(st.booleans()):
        return PreviousResults(year=year, framework="EDS 2011")
    codes = [code for domain in edition.domains for code in domain.codes]
    numbers = [domain.number for domain in edition.domains]
    return PreviousResults(
        year=year,
        framework=edition.name,
        scores=draw(st.dictionaries(st.sampled_from(codes), st.integers(0, edition.highest))),
        domains=draw(st.dictionaries(st.sampled_from(numbers), points)),
        overall=draw(maybe(points)),
        rating=draw(maybe(texts())),
    )


def members(domains: list[int], added: Sequence[RepresentedGroup] = ()) -> st.SearchStrategy[PanelMember]:
    return st.builds(
        PanelMember,
        name=texts(),
        interest=maybe(st.sampled_from([*INTERESTS, *(group.code for group in added)])),
        domains=some_of(domains),
        chair=st.booleans(),
    )


@st.composite
def contents(draw, *, edition: Edition | None = None) -> ReportContent:
    """Any report under the edition, or under any edition that ships."""
    edition = edition or load(draw(st.sampled_from(names())))
    numbers = draw(st.lists(st.integers(1, 9), max_size=3, unique=True).map(sorted))
    parts = [draw(case_studies(edition=edition, number=number)) for number in numbers]
    domains = [domain.number for domain in edition.domains]
    stated = st.builds(
        Stated,
        domains=st.dictionaries(st.sampled_from(domains), points),
        overall=maybe(points),
        rating=maybe(texts()),
    )
    groups = draw(st.sampled_from([(), REPRESENTED]))
    panel = draw(tuples_of(members(domains, groups)))
    return ReportContent(
        edition=edition,
        organisation=draw(organisations),
        year=draw(st.from_regex(r"20[0-9]{2}(-[0-9]{2})?", fullmatch=True)),
        title=draw(st.just("") | texts()),
        header=draw(headers),
        previous_actions=draw(tuples_of(previous_actions, most=2)),
        case_studies=tuple(parts),
        panel=panel,
        represented_groups=groups,
        third_parties=draw(third_parties),
        recommendations=draw(themes(edition, numbers)),
        choices=draw(choices(parts=parts)),
        interests=draw(interests(panel=panel, numbers=numbers)),
        groups=draw(local_groups),
        stated=draw(stated),
        summary=draw(maybe(texts(lines=True) | st.just("We got {overall total}: {score of 1A}, {nothing}."))),
        easy_read=draw(st.dictionaries(st.sampled_from(NAMES), texts(lines=True), max_size=3)),
        omitted=draw(some_of(list(OPTIONAL_PARTS))),
        panel_work=draw(maybe(texts(lines=True))),
        contact=draw(maybe(texts())),
        approval=draw(maybe(approvals)),
        panel_scores=draw(panel_scores(edition=edition, parts=parts)),
        previous_results=draw(maybe(previous_results(edition=edition))),
    )
