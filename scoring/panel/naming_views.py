"""The page on which a member of panels chooses how each report names them."""

from django import forms
from django.contrib import messages
from django.shortcuts import render

from casestudies.models import PanelMember
from eds.policy import RULES
from eds.policy.rule import MEMBER
from edsportal.nhsuk.forms import Button, NhsukForm
from edsportal.web.form_pages import edit, posted
from scoring.panel.actions import choose_naming


class NamingForm(NhsukForm):
    """One choice for each place on a panel."""

    buttons = [Button("Save your choice")]

    def __init__(self, *args, members: list[PanelMember], **kwargs):
        super().__init__(*args, **kwargs)
        self.members = {f"member_{member.pk}": member for member in members}
        for name, member in self.members.items():
            self.fields[name] = forms.ChoiceField(
                label=f"How should the report of {member.review} name you?",
                choices=PanelMember.NamedAs,
                widget=forms.RadioSelect,
                initial=member.named_as,
                error_messages={"required": f"Choose how the report of {member.review} names you"},
            )
        self.nhsuk = {name: {"label_size": "m"} for name in self.members}


def naming(request):
    """How the reports of the reviews on whose panels the person is name them, while they can still change."""
    stages = RULES["choose_naming"].may[MEMBER]
    places = request.user.panel_members.active().filter(review__stage__in=stages)
    members = list(places.select_related("review__organisation"))
    if not members:
        if request.method == "POST":
            messages.warning(request, "We saved nothing, as you are not on the panel of an open review.")
        return render(request, "scoring/panel/naming.html", {})
    form = NamingForm(posted(request), members=members)

    def save() -> str:
        for name, member in form.members.items():
            choose_naming(member=member, named_as=form.cleaned_data[name])
        return "Your choice is saved."

    return edit(request, form, save, "scoring/panel/naming.html", {}, to="my_work")
