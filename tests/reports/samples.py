"""Reports made up for the tests: one with all that EDS 2022 asks for, others with gaps, one under EDS2."""

import base64
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image

from eds.content import (
    Action,
    Approval,
    CaseStudy,
    Choice,
    Evidence,
    Header,
    Interest,
    Judgement,
    Organisation,
    PanelMember,
    PanelScores,
    PreviousAction,
    PreviousResults,
    ReportContent,
    Section,
    Spread,
    Theme,
    ThirdParties,
)
from eds.editions import load
from reports.reading.json_report import from_json
from reports.reading.logo import drawn_anew

EDS_2022 = load("EDS 2022")
EDS2 = load("EDS2")
# The demo's fullest report, of one year only: what it says never changes, so that pages can be counted.
FIXED = from_json((Path(__file__).parent / "data/fenbridge-2023.json").read_text(encoding="utf-8"), load)
DAY = datetime(2025, 1, 30, tzinfo=UTC)

RATIONALE = (
    "The service showed waits by ethnic group and by age, and changed its hours after hearing from carers. "
    "It could not yet show whether people who use British Sign Language are seen as quickly."
)


def judged(codes, scores, rationale=RATIONALE):
    return {
        code: Judgement(score=score, rationale=rationale and f"{code}: {rationale}")
        for code, score in zip(codes, scores, strict=True)
        if score is not None
    }


def service(number, title, scores, **more):
    """A Domain 1 case study with four scores, None where there is none."""
    return CaseStudy(
        number=number, domain=1, title=title, scores=judged(EDS_2022.domain(1).codes, scores), **more
    )


TALKING = service(
    1,
    "Talking Therapies in Three Valleys",
    (2, 1, 3, 2),
    sections=(
        Section(
            heading="Background",
            body="It saw **4,210 people** last year.\n\n- Self-referral is open\n\n- Evening clinics began\n",
        ),
        Section(heading="Reaching people", outcome="1A", body="Posters went up in *three* mosques."),
        Section(
            heading="What we heard", outcome="1D", body="#### In their words\n\nPeople said they felt heard."
        ),
    ),
    evidence=(
        Evidence(
            kind="quote",
            text="They called me back the same day.",
            source="Friends and Family Test",
            date="2024-11",
            outcomes=("1D",),
            groups=("age", "gypsy-roma-and-traveller"),
        ),
        Evidence(
            kind="link",
            title="Waiting times by ethnic group",
            url="https://www.example.nhs.uk/waits",
            date="2024-10-04",
        ),
        Evidence(kind="file", title="Safeguarding audit", source="Quality team"),
    ),
    owners={"1A": "Head of access", "1B": "Clinical lead"},
    self_assessment={"1A": Judgement(score=3, rationale="We met our own target.")},
    commentary="The panel saw real change for younger adults.\n\nIt wants to see the same for older people.",
)
EYES = service(
    2, "Diabetic Eye Screening", (1, 1, 0, 2), commentary="Screening reaches fewer people in rural wards."
)
BIRTH = service(3, "Home Birth & Midwifery", (3, 3, 3, 2))
STAFF = CaseStudy(
    number=4,
    domain=2,
    title="Our workforce",
    sections=(Section(heading="Support for staff", outcome="2A", body="A menopause café meets monthly."),),
    scores=judged(EDS_2022.domain(2).codes, (2, 2, 1, 3)),
)
LEADERS = CaseStudy(
    number=5, domain=3, title="Our leaders", scores=judged(EDS_2022.domain(3).codes, (2, 1, 2))
)

THEMES = (
    Theme(
        theme="Reach older people",
        actions=(
            Action(
                action="Open a monthly clinic at the day centre in Ludworth.",
                objective="Fair access",
                outcomes=("1A", "1D"),
                case_studies=(1,),
                owner="Head of access",
                due="2025-09",
                status="on_track",
            ),
            Action(action="Offer telephone assessments <before> 9am & after 6pm.", outcomes=("1A",)),
        ),
    ),
    Theme(
        theme="Make screening safe",
        actions=(
            Action(
                action="Review every missed result with the pathway board.",
                case_studies=(2, 3),
                owner="Screening lead",
                due="2025-06-30",
                status="complete",
            ),
        ),
    ),
)

FULL = ReportContent(
    edition=EDS_2022,
    organisation=Organisation(
        name="Three Valleys Care Trust", ods_code="X99", kind="trust", ics="Valleys and Vale"
    ),
    year="2024-25",
    title="Equality Delivery System report 2024-25",
    header=Header(
        board_sponsor="Amara Bello, Chief Nurse",
        eds_lead="Tom Whitlock",
        level="partnership",
        partners=("Vale Hospital", "Ludworth Hospice"),
        engagement_dates=("2024-11-04", "2024-11-19"),
        completed_on="2024-12-20",
        published="2025-02",
        authorised_on="2025-01-30",
        revision_date="2025-02-14",
    ),
    previous_actions=(
        PreviousAction(action="Train reception staff", objective="Fair access", status="complete"),
        PreviousAction(action="Map interpreting gaps"),
    ),
    case_studies=(TALKING, EYES, BIRTH, STAFF, LEADERS),
    panel=(
        PanelMember(name="Farah Aziz", interest="healthwatch", domains=(1,), chair=True),
        PanelMember(name="Joe Penrose", interest="vcse", domains=(1, 2, 3)),
    ),
    third_parties=ThirdParties(
        trade_union_reps=("Carol Marsh, UNISON",), independent_evaluators=("Dr Ifan Gŵyn",)
    ),
    recommendations=THEMES,
    interests=(Interest(member="Joe Penrose", case_study=1, category="family_or_friend"),),
    summary=(
        "We reached {overall total}, which is rated **{overall rating}**.\n\n"
        "- Talking therapies got {total of case study 1}\n- Access (1A) was {score of 1A}\n"
    ),
    panel_work="The panel met twice at Ludworth library, and looked at {number of case studies} case studies.",
    contact="eds@threevalleys.example, or telephone 01632 960 001",
    approval=Approval(
        approved_by="Amara Bello, Chief Nurse", committee="Quality Committee", date="2025-01-30"
    ),
    panel_scores=PanelScores(
        agreement="fair",
        spreads=(
            Spread(case_study=1, members=6, apart={"1A": 1, "1B": 2, "1C": 1, "1D": 3}),
            Spread(case_study=2, members=4),
        ),
    ),
    previous_results=PreviousResults(
        year="2023-24",
        framework="EDS 2022",
        scores={"1A": 1, "1B": 2, "1C": 3, "2A": 2, "3A": 2},
        domains={1: 7, 2: 8},
        overall=None,
    ),
)

UNFINISHED = replace(
    FULL,
    title="",
    header=Header(),
    case_studies=(service(1, "Talking Therapies", (2, None, 0, 2)), replace(EYES, scores={})),
    recommendations=(Theme(theme="Reach older people", actions=(Action(action="Open a monthly clinic."),)),),
    previous_actions=(),
    panel=(),
    third_parties=ThirdParties(),
    interests=(),
    summary=None,
    panel_work=None,
    contact=None,
    approval=None,
    panel_scores=PanelScores(),
    previous_results=None,
)

CHOSEN = replace(
    FULL,
    case_studies=(TALKING, EYES),
    interests=(),
    choices=(Choice(domain=1, case_study=2, chosen_by="Amara Bello", reason="it serves the most people"),),
)

GRADED = replace(
    FULL,
    edition=EDS2,
    title="EDS2 report 2016",
    year="2016",
    case_studies=(
        CaseStudy(
            number=1,
            domain=1,
            title="Health visiting",
            scores={
                "1.1": Judgement(score=2),
                "1.2": Judgement(score=0),
                "1.3": Judgement(not_applicable=True, rationale="No transitions in this service."),
                "1.4": Judgement(score=None),
            },
        ),
    ),
    recommendations=(),
    interests=(),
    panel_scores=PanelScores(),
    summary="Health visitors are {score of 1.1 in case study 1}.",
)


def _logo() -> str:
    file = BytesIO()
    Image.new("RGB", (600, 300), "#330072").save(file, "PNG")
    return base64.b64encode(drawn_anew(file.getvalue())).decode()


# The same as FULL with a logo of one colour, and that colour.
BRANDED = replace(FULL, organisation=replace(FULL.organisation, colour="#330072", logo=_logo()))
