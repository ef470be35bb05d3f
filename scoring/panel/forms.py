"""The forms of a panel: a member's seat, and an interest declared in one case study."""

from django import forms

from casestudies.models import DeclaredInterest, Domain, ListEntry, PanelMember
from edsportal.nhsuk.forms import Button, Link, NhsukForm


class MemberForm(NhsukForm):
    """A seat on the panel. Where `has_account`, the e-mail address is not asked for: it is the account's."""

    name = forms.CharField(max_length=200, error_messages={"required": "Enter their name"})
    email = forms.EmailField(
        label="E-mail address",
        help_text="We will send the invitation there. No one else on the panel sees it. "
        "Leave it empty for someone who scores on paper.",
        required=False,
    )
    interest = forms.ChoiceField(
        label="Which group do they represent?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which group they represent"},
    )
    domains = forms.MultipleChoiceField(
        label="Which domains do they score?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one domain"},
    )
    named_as = forms.ChoiceField(
        label="How should the report name them?",
        help_text="Ask them. They can choose for themselves once they have joined.",
        choices=[
            ("", "They have not said, so the report shows only their group"),
            ("name", "Their name and the group they represent"),
            ("group", "Only the group they represent"),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    is_chair = forms.BooleanField(
        label="They chair the panel",
        help_text="A chair can record the scores that the panel agrees.",
        required=False,
    )
    asked_again = forms.BooleanField(
        label="They said that you may ask them again next year",
        help_text="The next review can then start with this panel.",
        required=False,
    )
    nhsuk = {name: {"small": True} for name in ("interest", "domains", "named_as", "is_chair", "asked_again")}

    def __init__(self, *args, domains: list[Domain], back: str, has_account: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.domains = {str(domain.pk): domain for domain in domains}
        offered = ListEntry.objects.groups().offered(self.initial.get("interest", ""))
        self.fields["interest"].choices = offered.values_list("code", "name")
        if domains:
            self.fields["domains"].label = f"Which {domains[0].noun.lower()}s do they score?"
        self.fields["domains"].choices = [(pk, str(domain)) for pk, domain in self.domains.items()]
        if has_account:
            del self.fields["email"], self.fields["named_as"]
        self.buttons = [Button("Save"), Link("Cancel", back)]

    def values(self) -> dict:
        """The arguments of `add_member` and `change_member`; only for a valid form."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "email": data.get("email", ""),
            "interest": data["interest"],
            "domains": [self.domains[pk] for pk in data["domains"]],
            "is_chair": data["is_chair"],
            "asked_again": data["asked_again"],
        } | ({"named_as": data["named_as"]} if "named_as" in data else {})

    @staticmethod
    def initial_of(member: PanelMember) -> dict:
        return {
            "name": member.name,
            "email": member.email,
            "interest": member.interest,
            "domains": [str(domain.pk) for domain in member.domains.all()],
            "is_chair": member.is_chair,
            "named_as": member.named_as,
            "asked_again": member.asked_again,
        }


class TakeBackForm(NhsukForm):
    why = forms.CharField(
        label="Why are you withdrawing it?",
        help_text="For example, the wrong case study was chosen. We keep this with the declaration.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter why you are withdrawing it"},
    )

    def __init__(self, *args, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.buttons = [Button("Withdraw the declaration", variant="warning"), Link("Keep it", back)]


class InterestForm(NhsukForm):
    category = forms.ChoiceField(
        label="What kind of interest is it?",
        help_text="The report shows this with your name.",
        choices=DeclaredInterest.Category,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of interest it is"},
    )
    reason = forms.CharField(
        label="What is your interest in this case study?",
        help_text="Only the equality lead can read this. Do not name patients.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter what your interest is"},
    )
    nhsuk = {"category": {"small": True}}
    buttons = [Button("Declare this interest", variant="warning")]
