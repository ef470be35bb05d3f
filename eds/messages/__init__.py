"""The messages that the portal writes to people about a review: one table of who gets which, when, and what it says.

Pure: casestudies/messages stores them in the outbox, and docs/messages.md lists them. No message holds a score, a
reason or anything about a person; `PLACEHOLDERS` is all that one may name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# What stands for something that is known when a message is written, and an example of it for a preview.
PLACEHOLDERS: dict[str, str | tuple[str, ...]] = {
    "name": "Sam Example",
    "organisation": "NHS Example",
    "year": "2026",
    "sender": "Lee Example",
    "case_study": "Case study 1: Maternity services",
    "title": "Maternity services",
    "case_studies": ("Case study 1: Maternity services, please submit by 8 March 2027",),
    "count": "1 case study",
    "message": "Thank you for giving your time.",
    "action": "Open the clinic on Saturdays",
    "due": "It is due by March 2027.",
    "access": "The link is only for you and works for 30 days. You do not need an account.",
    "days": "14",
    "led_to": "These actions answer the case studies that you scored:",
    "actions": ("Open the clinic on Saturdays: on track",),
    "months": "6",
}


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message. `to` and `when` say in words who gets it and when; `link` is what the link in it says.

    `before` and `after` are its paragraphs around the link. One whose placeholder stands for nothing is left out, one
    that stands for several things is a list. What is `urgent` never waits for a person's e-mail of the day.
    """

    kind: str
    title: str
    to: str
    when: str
    subject: str
    before: tuple[str, ...]
    link: str
    after: tuple[str, ...] = ()
    urgent: bool = False

    @property
    def preview_text(self) -> str:
        """What the button that shows an example says."""
        return f"Show an example of “{self.title}”"


INTEREST = (
    "Are you too close to one of these services to judge it fairly? Open its case study and choose “Declare an "
    "interest”."
)
OWNS = ("{organisation} names you as the owner of this action:", "{action}", "{due}")

MESSAGES = {
    each.kind: each
    for each in (
        Message(
            kind="assigned",
            title="Case study assigned",
            to="the author",
            when="the equality lead makes them an author of a case study",
            subject="You are an author of a case study of {organisation}",
            before=("{sender} asks you to write {case_study} for {organisation} {year}.",),
            link="Write the case study",
        ),
        Message(
            kind="sent_for_review",
            title="Sent for review",
            to="the equality leads of the organisation",
            when="an author sends a case study for review",
            subject="“{title}” is ready for your review",
            before=("{sender} has sent {case_study} ({organisation} {year}) for review.",),
            link="Read it and decide",
            after=("You can accept it for the panel, or return it with comments.",),
        ),
        Message(
            kind="returned",
            title="Returned with comments",
            to="the authors",
            when="the equality lead returns the case study",
            subject="“{title}” is returned to you with comments",
            before=("{sender} has read {case_study} ({organisation} {year}) and returned it with comments.",),
            link="Read the comments",
            after=("Edit the text or reply, then send the case study for review again.",),
        ),
        Message(
            kind="accepted",
            title="Accepted for the panel",
            to="the authors",
            when="the equality lead accepts the case study",
            subject="“{title}” is accepted",
            before=(
                "{sender} has accepted {case_study} ({organisation} {year}).",
                "The panel will read this version. You do not need to do anything.",
            ),
            link="Read the case study",
        ),
        Message(
            kind="invitation",
            title="Place on the panel",
            to="the panel member",
            when="the equality lead invites them",
            subject="You are invited to score case studies of {organisation}",
            before=(
                "{sender} invites you to join the panel of {organisation} for {year}.",
                "The panel looks at how fair its services are. You will read case studies, score each one and say why.",
                "You score on your own. Only you can see your scores until the panel meets.",
            ),
            link="Start here",
            after=(
                "The link works for {days} days. If you do not have a password, you can choose one there.",
                "If you do not want to take part, tell {sender}. Or sign in and leave the panel.",
            ),
            urgent=True,
        ),
        Message(
            kind="opened",
            title="Scoring has opened",
            to="panel members with an account who score the case studies",
            when="the equality lead opens scoring",
            subject="You can now score case studies of {organisation}",
            before=("You can now score for {organisation} {year}:", "{case_studies}", "{message}"),
            link="Start scoring",
            after=(INTEREST,),
        ),
        Message(
            kind="reminder",
            title="Reminder to score",
            to="panel members with scores still to submit",
            when="it is {reminder_days} days before the closing date, or the equality lead sends it",
            subject="Please finish scoring for {organisation}",
            before=("You still have {count} to score for {organisation} {year}:", "{case_studies}"),
            link="Continue scoring",
            after=(INTEREST,),
        ),
        Message(
            kind="meeting",
            title="Scoring has closed",
            to="panel members with an account who are on the panel of the case studies",
            when="the equality lead closes scoring",
            subject="Scoring has closed: the panel of {organisation} meets next",
            before=(
                "Scoring has closed for {organisation} {year}:",
                "{case_studies}",
                "You can now read what each member said. Next, the panel agrees one score for each outcome area.",
            ),
            link="Prepare for the meeting",
        ),
        Message(
            kind="published",
            title="Report published",
            to="the authors",
            when="the first edition of the report is published",
            subject="The EDS report of {organisation} for {year} is published",
            before=(
                "{organisation} has published its Equality Delivery System report for {year}.",
                "Thank you for your part in it.",
            ),
            link="Read the report",
        ),
        Message(
            kind="became",
            title="What became of your scores",
            to="panel members with an account",
            when="the first edition of the report is published",
            subject="What became of your scores for {organisation}",
            before=(
                "{organisation} has published its Equality Delivery System report for {year}. Thank you for scoring.",
                "{led_to}",
                "{actions}",
            ),
            link="See the result and the actions",
            after=("We will write to you {months} months after the report was published.",),
        ),
        Message(
            kind="how_far",
            title="How far the actions are",
            to="panel members with an account",
            when="{months_later} months after the first edition of the report was published",
            subject="How far the actions of {organisation} are",
            before=(
                "{organisation} published its Equality Delivery System report for {year} {months} months ago.",
                "{led_to}",
                "{actions}",
            ),
            link="See the actions",
        ),
        Message(
            kind="owner_named",
            title="Owner of an action",
            to="the owner of the recommendation",
            when="the report is published, or they are named after that",
            subject="You own an action of {organisation}",
            before=OWNS,
            link="Update its status",
            after=("{access}",),
        ),
        Message(
            kind="owner_asked",
            title="Request for an update",
            to="the owner of the recommendation",
            when="the equality lead asks for one, at most once a day",
            subject="Please update an action of {organisation} that you own",
            before=(*OWNS, "Please update its status."),
            link="Update its status",
            after=("{access}",),
        ),
        Message(
            kind="overdue",
            title="Overdue action",
            to="the owner of the recommendation",
            when="it is overdue, at most once a week",
            subject="Overdue: an action of {organisation} that you own",
            before=(*OWNS, "Please update its status."),
            link="Update its status",
            after=("{access}",),
        ),
        Message(
            kind="escalated",
            title="Overdue action, to the board sponsor",
            to="the board sponsor, at the address that the equality lead gives",
            when="the action is still overdue a week after the second reminder to its owner",
            subject="Still overdue: an action of {organisation}",
            before=(
                "An action in the Equality Delivery System report of {organisation} for {year} is overdue:",
                "{action}",
                "{due}",
                "We have reminded its owner twice. Please ask them what would help.",
            ),
            link="Read the published report",
        ),
    )
}
REMINDER_DAYS = 3  # before the closing date
MONTHS_LATER = (6, 12)  # after publication: when panel members hear how far its actions are


@dataclass(frozen=True, kw_only=True)
class Composed:
    """What a message says to one person. A paragraph is a text, or a list of texts."""

    subject: str
    name: str
    before: tuple[str | tuple[str, ...], ...]
    link: str
    after: tuple[str | tuple[str, ...], ...]
    sender: str


def compose(message: Message, values: Mapping[str, str | Sequence[str]]) -> Composed:
    """The message with `values` for its placeholders; those that are not given stand for nothing."""
    known = dict.fromkeys(PLACEHOLDERS, "") | dict(values)
    return Composed(
        subject=" ".join(message.subject.format_map(known).split()),
        name=str(known["name"]),
        before=_paragraphs(message.before, known),
        link=message.link,
        after=_paragraphs(message.after, known),
        sender=str(known["sender"]),
    )


def _paragraphs(texts: Sequence[str], values: Mapping) -> tuple[str | tuple[str, ...], ...]:
    made = (_paragraph(text, values) for text in texts)
    return tuple(each for each in made if each)


def _paragraph(text: str, values: Mapping) -> str | tuple[str, ...]:
    alone = values.get(text[1:-1]) if text.startswith("{") and text.endswith("}") else None
    if alone is None or isinstance(alone, str):
        return text.format_map(values).strip()
    return tuple(alone)


def when(message: Message) -> str:
    """When it is sent, in words."""
    return message.when.format(
        reminder_days=REMINDER_DAYS, months_later=" and ".join(str(months) for months in MONTHS_LATER)
    )
