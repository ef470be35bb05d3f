"""A complete report that raises nothing, and ways to spoil one thing in it."""

from dataclasses import replace

from eds.checks import Finding, check
from eds.content import (
    Action,
    CaseStudy,
    Choice,
    Header,
    Judgement,
    Organisation,
    PanelMember,
    ReportContent,
    Section,
    Stated,
    Theme,
    ThirdParties,
)
from eds.editions import load

EDS_2022 = load("EDS 2022")
EDS2 = load("EDS2")


def case_study(number, title, scores, commentary, *, domain=1):
    """A case study with a section for each outcome area."""
    codes = EDS_2022.domain(domain).codes
    return CaseStudy(
        number=number,
        domain=domain,
        title=title,
        sections=tuple(
            Section(heading=f"How {title} does", outcome=code, body=f"What we know of {code} in {title}.")
            for code in codes
        ),
        scores={code: Judgement(score=score) for code, score in zip(codes, scores, strict=True)},
        stated_total=sum(scores),
        commentary=commentary,
    )


CLINIC = case_study(
    1,
    "Women’s Health Hub (WHH)",
    (2, 1, 1, 1),
    "The hub opened two months before the panel met, so there was little to judge it by yet.",
)
DEMENTIA = case_study(
    2,
    "Dementia Vision",
    (1, 1, 2, 1),
    "The Dementia Vision spans many services, and the panel could not tell which of them a figure was about.",
)
ILLNESS = case_study(
    3,
    "Severe Mental Illness (SMI)",
    (1, 2, 2, 2),
    "People with SMI told the panel that their checks were thorough and their questions welcome.",
)
STAFF = case_study(
    4, "Our workforce", (2, 2, 1, 3), "Staff networks were heard, the night shift was not.", domain=2
)
LEADERS = case_study(
    5, "Our leaders", (2, 1, 2), "Board papers name inequalities and seldom act on them.", domain=3
)

CLEAN = ReportContent(
    edition=EDS_2022,
    organisation=Organisation(name="NHS Westmoor", ods_code="QZZ", kind="icb", ics="Westmoor and Vale"),
    year="2024",
    title="Equality Delivery System 2024",
    header=Header(
        board_sponsor="Ada Lee, Chief Nurse",
        eds_lead="Bo Fry",
        level="individual",
        engagement_dates=("2024-06-01",),
        completed_on="2024-12-20",
        published="2025-02",
        authorised_on="2025-01-30",
        revision_date="2026-01-30",
    ),
    case_studies=(CLINIC, DEMENTIA, ILLNESS, STAFF, LEADERS),
    panel=(
        PanelMember(name="Cy Ash", interest="healthwatch", domains=(1,), chair=True),
        PanelMember(name="Di Orr", interest="nhs_staff", domains=(1, 2, 3)),
    ),
    third_parties=ThirdParties(trade_union_reps=("Ed Poe, UNISON",), independent_evaluators=("Flo Day",)),
    recommendations=(
        Theme(
            theme="Know who is reached",
            actions=(
                Action(action="Open on Saturdays.", case_studies=(1,), owner="Hub lead", due="2025-09"),
                Action(action="Count who comes.", outcomes=("1A", "1B"), owner="Data team", due="2025-06-30"),
                Action(
                    action="Ask carers.", outcomes=("1D",), case_studies=(2,), owner="Gil Ray", due="2025-07"
                ),
                Action(action="Hear the night shift.", outcomes=("2C", "3B"), owner="HR", due="2025-08"),
            ),
        ),
    ),
    stated=Stated(domains={1: 5, 2: 8, 3: 5}, overall=18, rating="Developing"),
)


def codes(content: ReportContent, **more) -> list[str]:
    """The codes of what the checks find."""
    return [finding.code for finding in check(content, **more)]


def only(content: ReportContent, **more) -> Finding:
    """The one thing that the checks find."""
    (finding,) = check(content, **more)
    return finding


def with_part(number: int, *, content: ReportContent = CLEAN, **changes) -> ReportContent:
    """The report with some fields of one case study changed."""
    parts = tuple(
        replace(part, **changes) if part.number == number else part for part in content.case_studies
    )
    return replace(content, case_studies=parts)


def with_scores(number: int, content: ReportContent = CLEAN, **scores) -> ReportContent:
    """The report with some scores of one case study changed, and without figures that a source states."""
    part = next(part for part in content.case_studies if part.number == number)
    judgements = {**part.scores, **{code: Judgement(score=score) for code, score in scores.items()}}
    content = replace(content, stated=Stated())
    return with_part(number, content=content, scores=judgements, stated_total=None)


def with_text(text: str, number: int = 1, content: ReportContent = CLEAN) -> ReportContent:
    """The report with one more section, that speaks to no outcome, in a case study."""
    part = next(part for part in content.case_studies if part.number == number)
    section = Section(heading="More about it", body=text)
    return with_part(number, content=content, sections=(*part.sections, section))


def with_actions(*actions: Action) -> ReportContent:
    return replace(CLEAN, recommendations=(Theme(theme="What we will do", actions=actions),))


def with_services(*parts: CaseStudy, choices: tuple[Choice, ...] = ()) -> ReportContent:
    """The report with these case studies in Domain 1, and without figures that a source states."""
    numbered = tuple(replace(part, number=number) for number, part in enumerate(parts, 1))
    others = tuple(replace(part, number=part.number + 10) for part in (STAFF, LEADERS))
    actions = (
        Action(action="Do it all.", outcomes=("1A", "1B", "1C", "1D", "2C", "3B"), owner="A", due="2025-01"),
    )
    return replace(
        CLEAN,
        case_studies=(*numbered, *others),
        choices=choices,
        stated=Stated(),
        recommendations=(Theme(theme="All", actions=actions),),
    )
