"""What somebody sends who tries everything: every form, the admin site's too, and posts that no form makes."""

from collections.abc import Iterator
from dataclasses import replace

from django.contrib import admin
from django.urls import resolve, reverse
from lxml import html

from casestudies.models import PanelMember
from edsportal.accounts.models import User
from tests.cast import Cast
from tests.hostile import Form, unseen
from tests.pages import ANY_STAGE, POSTS
from tests.test_actions_by_role import World
from tests.test_hostile_input import every_form

# Done after all else, for little can be done after them.
LAST = (
    *("declare", "move", "stage", "scoring", "meeting", "remove"),
    *("delete", "discard", "close", "end_", "leave", "take_back"),
)
NEVER = {"account_logout", "admin:logout"}  # who signs out sees what the public sees


def all_forms(world: World) -> list[tuple[str, Form]]:
    """Each form that stands on any page for anybody, with each of its buttons, and what is sent to the addresses that
    no form names."""
    forms = [form for _, _, form in every_form(world) if form.method == "post"]
    forms += [form for form in admin_forms(world) if form.method == "post"]
    forms += scoring_forms(world)
    names = {resolve(form.address).view_name for form in forms}
    forms += [blindly(world.addresses[name]) for name in sorted({*POSTS, *ANY_STAGE} - names)]
    return [
        (name, each)
        for form in forms
        if (name := resolve(form.address).view_name) not in NEVER
        for each in pressed(form)
    ]


def blindly(address: str) -> Form:
    form = unseen(address)
    return replace(form, values=form.values | {"why": ["A reason"], "check": ["yes"]})


def pressed(form: Form) -> Iterator[Form]:
    yield form
    for button, value in form.buttons[1:] if len(form.buttons) > 1 else form.buttons:
        yield replace(form, values=form.values | {button: [value]})


def admin_forms(world: World) -> Iterator[Form]:
    """Those of the admin site, as they are filled in: of the first rows of each of its tables."""
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        for row in model._base_manager.order_by("pk")[:12]:
            address = reverse(name, args=[row.pk])
            page = html.fromstring(world.clients["administrator"].get(address).getvalue())
            for form in page.forms:
                values = {
                    key: [value for each, value in form.form_values() if each == key] for key in form.fields
                }
                yield Form((form.action or address).split("?")[0], form.method.lower(), values)


def scoring_forms(world: World) -> Iterator[Form]:
    """The sheet on one page, which only those see who like it, filled in; to submit it has a form of its own."""
    codes = [area.code for area in world.cast.case_studies[0].domain.outcome_areas.all()]
    values = {f"score_{code}": ["2"] for code in codes} | {f"rationale_{code}": ["Mine"] for code in codes}
    yield Form(world.addresses["score"], "post", values | {"check": ["yes"]})


def about(cast: Cast, user: User | None, name: str, form: Form) -> list[str]:
    """The form's address; where it is about a member of the panel, also about Oscar Other and about oneself."""
    given = resolve(form.address).kwargs
    key = "member" if "member" in given else "pk"
    places = {cast.members[each].pk for each in (cast.chair, cast.member)}
    if given.get(key) not in places or not (key == "member" or name.startswith("panel")):
        return [form.address]
    mine = PanelMember.objects.filter(user=user, review=cast.review) if user else ()
    places = {given[key], cast.members[cast.other].pk, *(each.pk for each in mine)}
    return [reverse(name, kwargs=given | {key: place}) for place in sorted(places)]


def in_order(forms: list[tuple[str, Form]]) -> list[tuple[str, Form]]:
    return sorted(forms, key=lambda each: (place(each[0]), each[0], each[1].address))


def place(name: str) -> int:
    """What ends something comes after what begins something."""
    return next((number for number, part in enumerate(LAST, start=1) if part in name), 0)
