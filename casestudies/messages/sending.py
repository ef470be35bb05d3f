"""Writing messages about a review to people: stored in the outbox with the change that causes them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Model
from django.template.loader import render_to_string

from casestudies.models import CaseStudy, Review, Role, SwitchedOffMessage
from eds.messages import MESSAGES, Composed, Message, compose
from edsportal.accounts.models import OutgoingEmail, User
from edsportal.accounts.outbox import put_in_outbox
from edsportal.web.site_address import site_address

_SILENT = ContextVar("no-messages", default=False)


@contextmanager
def telling_nobody() -> Iterator[None]:
    """Inside, nothing is written to anybody: to build the demo."""
    token = _SILENT.set(True)
    try:
        yield
    finally:
        _SILENT.reset(token)


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """One person to write to. `is_daily` where they asked for one e-mail a day."""

    name: str
    address: str
    is_daily: bool = False


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message to one person as it will be sent."""

    subject: str
    text: str
    html: str


def is_on(kind: str, review: Review) -> bool:
    """Has the equality lead left this message switched on?"""
    return not SwitchedOffMessage.objects.filter(review=review, kind=kind).exists()


def people(users: Iterable[User]) -> list[Recipient]:
    """Those who can get e-mail, each once."""
    chosen = {user.pk: user for user in users if user.is_active and not user.is_guest}
    return [recipient(user) for _, user in sorted(chosen.items())]


def recipient(user: User) -> Recipient:
    return Recipient(name=user.name, address=user.email, is_daily=user.daily_email)


def recipient_at(address: str, name: str) -> Recipient:
    """Whoever has this address, with or without an account."""
    is_daily = User.objects.filter(email=address, is_active=True, daily_email=True).exists()
    return Recipient(name=name, address=address, is_daily=is_daily)


def leads_of(review: Review) -> list[User]:
    """The equality leads of its organisation."""
    kind = Role.Kind.EQUALITY_LEAD
    return list(User.objects.filter(roles__organisation=review.organisation_id, roles__kind=kind))


def tell(
    kind: str,
    review: Review,
    to: Iterable[Recipient],
    link: str,
    values: Mapping[str, str | Sequence[str]],
    once: str = "",
    row: Model | None = None,
    site: str = "",
) -> list[OutgoingEmail]:
    """Store this message to each of them, in the transaction of the change; gives those that are new.

    Nothing is stored while it is switched off, nor twice for one address with the same text in `once`. `link` is the
    address of a page without the portal's own, which is `site` where the caller knows it. `row` as `put_in_outbox`.
    """
    chosen = [each for each in to if each.address]
    if not chosen or _SILENT.get() or not is_on(kind, review):
        return []
    message, stored = MESSAGES[kind], []
    known = {"organisation": str(review.organisation), "year": review.year}
    for each in chosen:
        letter = write(message, known | values | {"name": each.name}, (site or site_address()) + link)
        stored.append(
            put_in_outbox(
                template=kind,
                subject=letter.subject,
                text=letter.text,
                html=letter.html,
                to=each.address,
                row=row,
                of_review=review.pk,
                once=once,
                is_daily=each.is_daily and not message.urgent,
            )
        )
    return [email for email in stored if email is not None]


def write(message: Message, values: Mapping[str, str | Sequence[str]], address: str) -> Letter:
    """The message as plain text and HTML; `address` is where its link leads."""
    said = compose(message, values)
    page = {"said": said, "address": address, "site_name": settings.SITE_NAME}
    template = "casestudies/messages/email"
    return Letter(
        subject=said.subject,
        text=render_to_string(f"{template}.txt", page | _as_text(said)),
        html=render_to_string(f"{template}.html", page | _as_pairs(said)),
    )


def _as_text(said: Composed) -> dict[str, str]:
    return {name: "".join(_text(each) + "\n" for each in getattr(said, name)) for name in ("before", "after")}


def _text(paragraph: str | tuple[str, ...]) -> str:
    if isinstance(paragraph, str):
        return paragraph + "\n"
    return "".join(f"- {item}\n" for item in paragraph)


def _as_pairs(said: Composed) -> dict[str, list]:
    """Each paragraph as its text and its items, of which one is empty."""
    return {
        name: [(each, ()) if isinstance(each, str) else ("", each) for each in getattr(said, name)]
        for name in ("before", "after")
    }


def about(case_study: CaseStudy, sender: User | None = None) -> dict[str, str]:
    """What messages about one case study say of it."""
    return {
        "case_study": str(case_study),
        "title": case_study.title,
        "sender": sender.name if sender else "",
    }
