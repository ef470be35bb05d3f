"""The demo's equality objectives, with progress by quarter and what was published when. All of it is made up."""

from datetime import date

from casestudies.models import DutyPublication, Organisation
from casestudies.objectives.actions import add_objective, end_objective, note_quarter, record_publication
from eds.equality_duty import Quarter
from edsportal.demo.story_time import moved_day

CYCLE = date(2026, 4, 1), date(2030, 3, 31)
SPRING_2026, SUMMER_2026 = Quarter(date(2026, 4, 1)), Quarter(date(2026, 7, 1))
OBJECTIVES = {
    "Everyone can use our services in the language and format they need": (
        "Nine in ten people who need an interpreter or another format get it at their first appointment.",
        {
            SPRING_2026: "Booking forms now ask for language and format. 61 in 100 people got what they needed.",
            SUMMER_2026: "Three clinics book interpreters with the appointment. 68 in 100 got what they needed.",
        },
    ),
    "We know which people we are not reaching": (
        "Every contract report shows who uses the service by ethnicity, disability and postcode.",
        {
            SUMMER_2026: "Seven of twelve contracts report by ethnicity. Disability is still missing in all but two."
        },
    ),
    "Staff are safe at work and heard": (
        "Fewer staff say that they were bullied or harassed, in every staff network.",
        {SPRING_2026: "The staff survey came out. We met all four networks about it."},
    ),
    "Leaders answer for closing gaps": (
        "Each board member reports twice a year on one gap that they have taken on.",
        {},
    ),
}
BEFORE = "Carers are asked what they need"


def make_objectives(organisation: Organisation, lead, years: int) -> None:
    """A cycle of four, and one from the cycle before that has ended."""
    old = add_objective(
        organisation=organisation,
        title=BEFORE,
        measure="",
        starts_on=moved_day(date(2022, 4, 1), years),
        ends_on=moved_day(date(2026, 3, 31), years),
        added_by=lead,
    )
    end_objective(objective=old, on=old.ends_on, why="It is met: all practices ask.", ended_by=lead)
    for title, (measure, notes) in OBJECTIVES.items():
        row = add_objective(
            organisation=organisation,
            title=title,
            measure=measure,
            starts_on=moved_day(CYCLE[0], years),
            ends_on=moved_day(CYCLE[1], years),
            added_by=lead,
        )
        for quarter, text in notes.items():
            of = Quarter(moved_day(quarter.first, years))
            note_quarter(objective=row, quarter=of, text=text, noted_by=lead)
    for kind, day in (
        (DutyPublication.Kind.OBJECTIVES, date(2026, 3, 27)),
        (DutyPublication.Kind.INFORMATION, date(2026, 1, 30)),
    ):
        record_publication(
            organisation=organisation,
            kind=kind,
            published_on=moved_day(day, years),
            address="",
            recorded_by=lead,
        )
