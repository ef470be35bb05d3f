"""Hypothesis strategies: reports whose words are as awkward as those of real ones, for NHS England's template."""

from datetime import date

from hypothesis import strategies as st

from eds.content import (
    STATUSES,
    Action,
    CaseStudy,
    Evidence,
    Header,
    Judgement,
    LeftOut,
    Organisation,
    PreviousAction,
    ReportContent,
    Section,
    Stated,
    Theme,
    ThirdParties,
)
from eds.edition import Domain, Edition
from eds.editions import load

PEOPLE = st.sampled_from(
    [
        *["Head of access", "Jo O’Neill", "Smith, Jones & Co", "Dr A. Khan (deputy: B. Lowe)", "Lead midwife/matron"],
        *["Estates and Digital", "Director of People and Culture, Board sponsor", "2 leads", "Ann Lee"],
        *["Domain 3 lead", "EDS Lead", "Sam Doe – Unison", "Trade Union Rep", "Healthwatch: volunteers", "Amy Yes"],
        *["Asha Rao; UNISON", "Dr Smith (Vale; retired)"],
    ]
)  # fmt: skip
TITLES = st.sampled_from(
    [
        *["Maternity", "Dental services", "Community learning disabilities", "Talking Therapies – Three Valleys"],
        *["Accident & Emergency (A&E)", "End of life care: Hospice at home", "Service users’ interpreting", "NHS 111"],
        *["Domain expertise clinic", "Outcomes team", "Evidence-based physio", "Overall health checks", "Table tennis"],
        *["Patients with ‘no fixed abode’", "Cancer | imaging", "1A Ward", "Report and support", "24/7 crisis line"],
    ]
)  # fmt: skip
LINES = st.sampled_from(
    [
        *["We asked 45 people.", "Rating: 2 - Achieving activity", "Owner: Estates", "Total: 45 people came", "1B"],
        *["1A: as above", "Score: 1", "Domain 2 is told elsewhere", "Case study 1: Dementia Vision", "N/A", "2"],
        *["Additional commentary: none", "Status: on track", "Lead: Estates", "EDS Lead: Jo", "2.1 per cent", "Yes"],
        *["Overall rating", "Outcome", "Evidence", "Rating", "Panel scores", "10⁴ calls • 5 sites", "a | b", "☐ open"],
        *["Ends with a colon:", "What we did next (2023/24)", "May 2024", "Domain 1 overall rating: 5", "☒ yes", "…"],
        *["Recommendations", "2 out of 3 agree", "Trade Union Rep(s): Sam", "*starred*", "#1 priority", "1. one"],
    ]
)  # fmt: skip
MARKDOWN = st.sampled_from(
    [
        *["- one\n- two\n  - deeper", "1. first\n2. second", "**What patients say**", "## A heading\n\nBelow it."],
        *["| Group | Wait |\n|---|---|\n| White British | 5 |\n| Bangladeshi | 9 |", "> A quote of a patient."],
        *["[our plan](https://example.org/plan)", "A line  \nand another", "*Slanted* and **bold** and `code`."],
        *["| 1A | Rating |\n|---|---|\n| 1B | 2 |", "### 1B: a heading", "- 1C: point", "Line one\nline two"],
        *["| a | b | c | d | e |\n|---|---|---|---|---|\n| 1 | 2 | 3 | 4 | 5 |", "**Rating: 3**", "- Owner: Jo"],
    ]
)  # fmt: skip
BLOCKS = st.one_of(LINES.map(lambda text: text.replace("#", r"\#").replace("*", r"\*")), MARKDOWN)
BODIES = st.lists(BLOCKS, min_size=1, max_size=4).map("\n\n".join)
TEXTS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
DAYS = st.dates(min_value=date(2001, 1, 1), max_value=date(2099, 12, 31)).map(lambda day: day.isoformat())
DAYS_OR_MONTHS = DAYS | DAYS.map(lambda day: day[:7])


def tuples_of(strategy: st.SearchStrategy, most: int) -> st.SearchStrategy[tuple]:
    return st.lists(strategy, max_size=most, unique=True).map(tuple)


def judgements(edition: Edition) -> st.SearchStrategy[Judgement]:
    scores = [*range(edition.highest + 1), None, *([1.5] if edition.has_points else [])]
    scored = st.builds(Judgement, score=st.sampled_from(scores))
    return scored | st.just(Judgement(not_applicable=True)) if edition.allows_not_applicable else scored


@st.composite
def case_studies(draw, edition: Edition, domain: Domain, number: int, title: str) -> CaseStudy:
    codes = draw(st.lists(st.sampled_from(domain.codes), unique=True))
    sections = st.builds(
        Section, heading=PEOPLE | LINES, outcome=st.none() | st.sampled_from(domain.codes), body=BODIES
    )
    evidence = st.builds(
        Evidence,
        kind=st.just("link"),
        title=st.none() | LINES,
        text=st.none() | TEXTS,
        url=st.just("https://example.org/a?b=1&c=2"),
        source=st.none() | PEOPLE,
        date=st.none() | DAYS_OR_MONTHS,
        outcomes=tuples_of(st.sampled_from(domain.codes), 2),
    )
    return CaseStudy(
        number=number,
        domain=domain.number,
        title=title,
        sections=tuple(draw(st.lists(sections, max_size=4))),
        evidence=tuple(draw(st.lists(evidence, max_size=1))),
        scores={code: draw(judgements(edition)) for code in codes},
        owners=draw(st.dictionaries(st.sampled_from(domain.codes), PEOPLE, max_size=3)),
    )


@st.composite
def all_case_studies(draw, edition: Edition) -> tuple[CaseStudy, ...]:
    """Up to three services, and the other domains once each or not at all."""
    parts = []
    for domain in edition.domains:
        is_service = domain is edition.domains[0]
        titles = draw(tuples_of(TITLES, 3 if is_service else 1))
        for title in titles:
            title = title if is_service or draw(st.booleans()) else domain.title
            number = len(parts) + 1
            parts.append(draw(case_studies(edition, domain, number, title)))
    return tuple(parts)


def actions(edition: Edition) -> st.SearchStrategy[Action]:
    codes = [code for domain in edition.domains for code in domain.codes]
    return st.builds(
        Action,
        action=TEXTS,
        objective=st.none() | TEXTS,
        outcomes=tuples_of(st.sampled_from(codes), 3),
        owner=st.none() | PEOPLE,
        due=st.none() | DAYS_OR_MONTHS,
        status=st.sampled_from(STATUSES),
    )


headers = st.builds(
    Header,
    board_sponsor=st.none() | PEOPLE,
    eds_lead=st.none() | PEOPLE,
    level=st.sampled_from([None, "individual", "partnership", "ics"]),
    partners=tuples_of(PEOPLE, 3),
    engagement_dates=tuples_of(DAYS_OR_MONTHS, 3),
    completed_on=st.none() | DAYS,
    published=st.none() | DAYS_OR_MONTHS,
    authorised_on=st.none() | DAYS,
    revision_date=st.none() | DAYS,
)
previous_actions = st.builds(
    PreviousAction,
    action=TEXTS,
    objective=st.none() | TEXTS,
    status=st.none() | st.sampled_from(STATUSES),
)


@st.composite
def template_contents(draw, *, editions=("EDS 2022", "EDS2")) -> ReportContent:
    """Any report with what the template has a place for."""
    edition = load(draw(st.sampled_from(editions)))
    parts = draw(all_case_studies(edition).filter(bool))
    without = {domain.number for domain in edition.domains} - {part.domain for part in parts}
    return ReportContent(
        edition=edition,
        organisation=Organisation(name="NHS Westmoor", ics=draw(st.none() | TITLES)),
        year=draw(st.sampled_from(["2024", "2024-25"])),
        title=draw(st.sampled_from(["", "EDS report 2024", "Our equality report"])),
        header=draw(headers),
        previous_actions=tuple(draw(st.lists(previous_actions, max_size=3))),
        case_studies=parts,
        third_parties=draw(
            st.builds(
                ThirdParties,
                trade_union_reps=tuples_of(PEOPLE, 3),
                independent_evaluators=tuples_of(PEOPLE, 3),
            )
        ),
        recommendations=(Theme(theme="Access", actions=tuple(draw(st.lists(actions(edition), max_size=3)))),),
        left_out=tuple(LeftOut(domain=number, reason="It is due next year.") for number in sorted(without)),
        stated=draw(st.builds(Stated, overall=st.none() | st.sampled_from([7, 16, 33]))),
    )
