"""Adding several people to a panel at once: pasted from a spreadsheet, or from last year's panel."""

import re
from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q

from casestudies.models import Domain, ListEntry, PanelMember, Review, Succession
from casestudies.reviews.doors import review_door
from eds.succession import PANEL
from edsportal.nhsuk.forms import Button, Link, NhsukForm
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import edit, posted
from scoring.panel.actions import NewMember, add_members
from scoring.panel.pasted_rows import rows
from scoring.succession.carry_over import sources
from scoring.succession.joined_panels import last_panels, without_repeats

LONGEST = 100  # people in one list


class PasteForm(NhsukForm):
    """A list of people, one on each line, as copied from a spreadsheet. `members()` gives them."""

    people = forms.CharField(
        label="Paste the list",
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=20_000,
        error_messages={"required": "Paste a list with a person on each line"},
    )

    def __init__(self, *args, review: Review, **kwargs):
        super().__init__(*args, **kwargs)
        self.review = review
        self.domains = {domain.number: domain for domain in _domains(review)}
        self.groups = _groups()
        self.fields["people"].help_text = (
            "Put each person on a new line: name, e-mail address, group, and the numbers of their domains. "
            "Only the name and the group are needed. Without numbers they score every domain."
        )
        self.buttons = [Button("Add these people"), Link("Cancel", url_of(review, "panel"))]

    def clean_people(self) -> list[NewMember]:
        lines = list(rows(self.cleaned_data["people"]))
        if not lines:
            raise ValidationError("Paste a list with a person on each line")
        if len(lines) > LONGEST:
            raise ValidationError(f"Paste {LONGEST} people or fewer at a time")
        errors, members = [], []
        present = _present(self.review)
        for number, cells in lines:
            try:
                member = self._member(**cells)
                _require_new(member, present)
            except ValidationError as wrong:
                errors.append(f"Line {number}: {wrong.message}")
            else:
                present[_key(member)] = f"{member.name} is also on line {number}"
                members.append(member)
        if errors:
            raise ValidationError(errors)
        return members

    def _member(self, *, name: str, email: str, group: str, domains: str) -> NewMember:
        if not name or len(name) > 200:
            raise ValidationError("Enter a name of up to 200 characters")
        if email:
            try:
                validate_email(email)
            except ValidationError:
                raise ValidationError(f"“{email[:60]}” is not an e-mail address") from None
        interest = self.groups.get(group.casefold())
        if interest is None:
            raise ValidationError(f"Use one of the groups in the list on this page instead of “{group[:60]}”")
        return NewMember(name=name, email=email, interest=interest, domains=self._domains(domains))

    def _domains(self, text: str) -> tuple[Domain, ...]:
        numbers = [int(number) for number in re.findall(r"[0-9]{1,3}", text)]
        if not numbers:
            return tuple(self.domains.values())
        if unknown := [number for number in numbers if number not in self.domains]:
            raise ValidationError(f"There is no domain {unknown[0]}")
        return tuple(self.domains[number] for number in sorted(set(numbers)))


def _key(member: NewMember) -> str:
    """What tells one person from another: their address, or their name where they have none."""
    return (member.email or member.name).casefold()


def _present(review: Review) -> dict[str, str]:
    """Why somebody can't be added again, by `_key`: everybody who has, or had, a place on this panel."""
    members = PanelMember.objects.filter(review=review).select_related("user")
    return {
        (member.address or member.name).casefold(): f"{member.name} is already on this panel"
        for member in members
    }


def _require_new(member: NewMember, present: dict[str, str]) -> None:
    if why := present.get(_key(member)):
        raise ValidationError(why)


def _groups() -> dict[str, str]:
    """The codes of the groups in use, by each way to write them in small letters."""
    return {
        words.casefold(): row.code
        for row in ListEntry.objects.groups().offered()
        for words in (row.code, row.code.replace("_", " "), row.name)
    }


class LastYearForm(NhsukForm):
    """Those of an earlier panel who are not on this one; at first those are ticked who may be asked again."""

    people = forms.MultipleChoiceField(
        label="Who do you want to add?",
        help_text="They get a new invitation. The people who said that you may ask them again are ticked.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose one or more people"},
    )

    def __init__(self, *args, members: Sequence[PanelMember], back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = {str(member.pk): member for member in members}
        choices = [(pk, f"{row.name}, {row.represents or ''}") for pk, row in self.members.items()]
        self.fields["people"].choices = choices
        self.initial["people"] = [pk for pk, member in self.members.items() if member.asked_again]
        self.buttons = [Button("Add them to the panel"), Link("Cancel", back)]

    def chosen(self) -> list[PanelMember]:
        """Only for a valid form."""
        return [self.members[pk] for pk in self.cleaned_data["people"]]


def has_earlier_panel(review: Review) -> bool:
    """Did a panel of the organisation score in an earlier year, or one of an organisation that it follows?"""
    followed = Succession.objects.filter(carried_in=review, takes_panel=True).values("predecessor")
    places = PanelMember.objects.counted()
    return places.filter(_own_earlier(review) | Q(review__organisation__in=followed)).exists()


def _own_earlier(review: Review) -> Q:
    return Q(review__organisation=review.organisation_id, review__year__lt=review.year)


def _followed_panels(review: Review) -> list[int]:
    """The last reviews with a panel of organisations whose panels followed with this review."""
    rows = sources(review.organisation, PANEL, review=review)
    return last_panels([row.predecessor_id for row in rows])


def earlier_members(review: Review) -> list[PanelMember]:
    """Those of earlier panels who did not leave them and are not on this one, nobody twice.

    It is the organisation's own last panel, and those of organisations that it follows with this review.
    """
    own = PanelMember.objects.counted().filter(_own_earlier(review))
    newest = own.order_by("-review__year").values_list("review", flat=True).first()
    panels = [*([newest] if newest else []), *_followed_panels(review)]
    rows = PanelMember.objects.counted().with_group().filter(review__in=panels)
    rows = list(rows.select_related("user").prefetch_related("domains").order_by("position", "pk"))
    rows.sort(key=lambda member: panels.index(member.review_id))
    present = PanelMember.objects.filter(review=review).select_related("user")
    names = {member.name.casefold() for member in present}
    return without_repeats([member for member in rows if member.name.casefold() not in names])


def paste(request, organisation: str, year: str):
    """Add people from a list."""
    review, standing = review_door(request, organisation, year)
    standing.require("change_panel")
    form = PasteForm(posted(request), review=review)

    def save() -> str:
        return _added(add_members(review=review, members=form.cleaned_data["people"]))

    page = {"review": review, "groups": ListEntry.objects.groups().offered()}
    return edit(request, form, save, "scoring/panel/panel_paste.html", page, to=url_of(review, "panel"))


def last_year(request, organisation: str, year: str):
    """Add people from the panel of the year before."""
    review, standing = review_door(request, organisation, year)
    standing.require("change_panel")
    domains = {domain.number: domain for domain in _domains(review)}
    form = LastYearForm(posted(request), members=earlier_members(review), back=url_of(review, "panel"))

    def save() -> str:
        return _added(
            add_members(review=review, members=[_again(member, domains) for member in form.chosen()])
        )

    page = {"review": review}
    return edit(request, form, save, "scoring/panel/panel_last_year.html", page, to=url_of(review, "panel"))


def _again(member: PanelMember, domains: dict[int, Domain]) -> NewMember:
    """The same place in this year's panel. It is theirs once they accept the invitation."""
    numbers = [domain.number for domain in member.domains.all()]
    return NewMember(
        name=member.name,
        email=member.address,
        interest=member.interest,
        domains=tuple(domains[number] for number in numbers if number in domains),
        is_chair=member.is_chair,
    )


def _domains(review: Review) -> list[Domain]:
    return list(review.framework.domains.order_by("number"))


def _added(members: Sequence[PanelMember]) -> str:
    if len(members) == 1:
        return f"{members[0].name} is on the panel. Send them an invitation next."
    return f"{len(members)} people are on the panel. Send them invitations next."
