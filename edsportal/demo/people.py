"""The people of the demo. All are made up; none has a password."""

from dataclasses import dataclass

from django.utils import timezone

from casestudies.models import Organisation, Role
from edsportal.accounts.models import User
from edsportal.demo.story_time import moved

ICB, TRUST = "nhs-fenbridge-and-marlow-vale", "fenbridge-community-nhs-trust"
MERGED = "marlow-and-calder-nhs-foundation-trust"
CHAIR, ICB_LEAD, TRUST_LEAD, AUTHOR = "Tom Hartley", "Priya Shah", "Callum Reid", "Daniel Okafor"
ADMINISTRATOR, MERGED_LEAD = "Grace Adeyemi", "Nadia Begum"


@dataclass(frozen=True, kw_only=True)
class Person:
    """`note` is their role and what they can try; who has none gets no button and can't sign in."""

    name: str
    note: str = ""
    role: str = ""
    organisation: str = ICB  # the slug of the one in which they hold the role
    administrator: bool = False

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@fenbridge.example"


PEOPLE = (
    Person(name="Amina Yusuf", note="Panel member: score three case studies"),
    Person(
        name="Bronwen Pugh", note="Panel member, half way: continue a draft, and score one more case study"
    ),
    Person(name=CHAIR, note="Chair of the panel: see all scores of 2025, and agree them"),
    Person(
        name=ICB_LEAD,
        note="Equality lead: run five reviews, each at another stage, and download reports",
        role=Role.Kind.EQUALITY_LEAD,
    ),
    Person(name=AUTHOR, note="Author: read the case studies he is writing for 2027", role=Role.Kind.AUTHOR),
    Person(
        name="Ruth Pemberton",
        note="Reader: read the case studies, and reports with agreed scores",
        role=Role.Kind.READER,
    ),
    Person(
        name=ADMINISTRATOR,
        note="Administrator: edit outcome areas, organisations and people",
        administrator=True,
    ),
    Person(
        name=TRUST_LEAD,
        note="Equality lead of another organisation: run its reviews, one with a case study that Priya Shah shares",
        role=Role.Kind.EQUALITY_LEAD,
        organisation=TRUST,
    ),
    Person(
        name=MERGED_LEAD,
        note="Equality lead of a trust that merged: start its review of 2027, and see what follows from two trusts",
        role=Role.Kind.EQUALITY_LEAD,
        organisation=MERGED,
    ),
    Person(name="Leon Fairweather"),
    Person(name="Sunita Rao"),
    Person(name="Marek Zielinski"),
    Person(name="Farida Siddiqui"),
    Person(name="Keith Marsden"),
    Person(name="Helen Ashworth"),
)


def make_people(years: int) -> dict[str, User]:
    """Everybody, by name, as moved by these years. Without a password given, Django stores one that can't be used."""
    return {
        person.name: User.objects.create_user(
            email=person.email,
            name=person.name,
            is_demo=True,
            demo_note=moved(person.note, years),
            is_active=bool(person.note),
            is_staff=person.administrator,
            is_superuser=person.administrator,
            last_login=timezone.now()
            if person.note
            else None,  # nobody of them still has an invitation to take up
        )
        for person in PEOPLE
    }


def give_roles(users: dict[str, User]) -> None:
    """Needs the organisations, which come with the reports."""
    organisations = {row.slug: row for row in Organisation.objects.filter(slug__in=(ICB, TRUST, MERGED))}
    for person in PEOPLE:
        if person.role:
            Role.objects.create(
                user=users[person.name], organisation=organisations[person.organisation], kind=person.role
            )
