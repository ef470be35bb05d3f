"""The demo's owners of recommendations: one who signs in, one who would answer by a link, and what they noted."""

from casestudies.models import Review
from edsportal.accounts.models import User
from edsportal.demo.people import AUTHOR, ICB, ICB_LEAD
from edsportal.demo.story_time import moved
from scoring.models import Recommendation
from scoring.recommendations.actions import name_owner, note_progress

TEAM, POST = "Screening and immunisation team", "Dental contracts team"
NOTED = {
    TEAM: "Two of three districts match their lists. The camera waits for the board in spring.",
    POST: "Women only mornings began in May. The ramp is ordered.",
}


def name_owners(users: dict[str, User], years: int) -> None:
    """Their words and status stay as the report of 2024 tells them."""
    review = Review.objects.get(organisation__slug=ICB, year=moved("2024", years))
    addresses = {TEAM: users[AUTHOR].email, POST: "dental.contracts@fenbridge.example"}
    rows = Recommendation.objects.filter(theme__review=review, owner__in=addresses)
    for row in rows.order_by("pk"):
        email = addresses[row.owner]
        name_owner(recommendation=row, owner=row.owner, owner_email=email, named_by=users[ICB_LEAD])
        by = (
            {"noted_by": users[AUTHOR]} if row.owner == TEAM else {"noted_as": f"{POST}, by the owner’s link"}
        )
        note_progress(recommendation=row, status=row.status, text=NOTED[row.owner], **by)
