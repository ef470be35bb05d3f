"""The first page of administrators: what needs them, each with a link to where it is put right."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.shortcuts import render
from django.template.defaultfilters import date as in_words
from django.urls import reverse

from casestudies.administration import attention
from casestudies.models import Review, Role
from casestudies.organisations.roles import OrganisationStanding, name_shown
from edsportal.accounts.models import User
from edsportal.web.addresses import url_of

SHOWN = 10  # rows of each list


@dataclass(frozen=True, kw_only=True)
class Line:
    text: str
    hint: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """One question with its newest lines; `more` says how many there are beside them."""

    title: str
    lines: list[Line]
    more: int


def administration(request):
    OrganisationStanding(request.user).require("see_administration")
    groups = [
        _group(
            "Organisations without an equality lead", attention.organisations_without_lead(), _organisation
        ),
        _group("Open reviews without an equality lead", attention.reviews_without_lead(), _review),
        _group("Invitations not taken up", attention.waiting_invitations(), _invitation),
        _group("People with a role who are not active", attention.inactive_people(), _person),
        _group("Drafts of editions", attention.drafts(), _draft),
    ]
    page = {
        "groups": [group for group in groups if group.lines],
        "changes": attention.latest_changes()[:SHOWN],
    }
    return render(request, "casestudies/administration/administration.html", page)


def _group(title: str, rows: QuerySet, line_of) -> Group:
    shown = list(rows[: SHOWN + 1])
    more = rows.count() - SHOWN if len(shown) > SHOWN else 0
    return Group(title=title, lines=[line_of(row) for row in shown[:SHOWN]], more=more)


def _organisation(row) -> Line:
    return Line(text=str(row), hint="Invite an equality lead", address=url_of(row, "invite_person"))


def _review(row: Review) -> Line:
    hint = "Invite an equality lead, or give someone the role"
    return Line(text=str(row), hint=hint, address=url_of(row.organisation, "people"))


def _invitation(row: Role) -> Line:
    name = name_shown(row.user, since=row.given_at)
    hint = f"{row.organisation}, invited on {in_words(row.given_at, 'j F Y')}"
    return Line(text=name, hint=hint, address=url_of(row.organisation, "people"))


def _person(row: User) -> Line:
    last = f"Last signed in on {in_words(row.last_login, 'j F Y')}" if row.last_login else "Never signed in"
    hint = last if row.is_active else f"Account closed. {last}"
    address = reverse("account_of_person", args=[row.pk])
    return Line(text=name_shown(row, since=row.role_from), hint=hint, address=address)


def _draft(row) -> Line:
    return Line(text=str(row), hint="Finish it and put it in use, or delete it", address=url_of(row))
