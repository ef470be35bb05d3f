"""Forms on which administrators change the domains of a draft, and say where an edition comes from."""

from django import forms

from casestudies.frameworks.domain_actions import mark_of_domain, mark_of_rules, mark_of_source
from casestudies.frameworks.forms import ScaleForm
from casestudies.models import Domain, Framework
from eds.edition import AGGREGATION_EXAMPLES, AGGREGATION_WORDS
from edsportal.nhsuk.forms import Button, Link


class DomainForm(ScaleForm):
    title = forms.CharField(
        label="Name of the domain",
        help_text="Reports print it.",
        max_length=200,
        error_messages={"required": "Enter the name of the domain"},
    )
    aggregation = forms.ChoiceField(
        label="How do its scores add up?",
        choices=list(AGGREGATION_WORDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how its scores add up"},
    )
    tested_by_third_parties = forms.BooleanField(
        label="A trade union representative and an independent evaluator or peer reviewer test it",
        required=False,
    )

    nhsuk = {"aggregation": {"item_hints": AGGREGATION_EXAMPLES}}
    practice_title = forms.CharField(
        label="Name of the made-up case study for practice (optional)",
        help_text="Write what it says on the page of easy words of each outcome area.",
        max_length=200,
        required=False,
    )

    def __init__(self, *args, domain: Domain, address: str, **kwargs):
        names = ("title", "aggregation", "tested_by_third_parties", "practice_title")
        initial = {name: getattr(domain, name) for name in names} | {"seen": mark_of_domain(domain)}
        super().__init__(*args, initial=initial, **kwargs)
        self.buttons = [Button("Save the domain"), Link("Cancel", address)]


class NewDomainForm(DomainForm):
    """As for one that is there, at the end of the edition."""

    def __init__(self, *args, address: str, **kwargs):
        super().__init__(*args, domain=Domain(), address=address, **kwargs)
        del self.fields["seen"]
        self.buttons[0] = Button("Add the domain")


class RulesForm(ScaleForm):
    name = forms.CharField(
        label="Name of the edition",
        help_text="Reports print it.",
        max_length=100,
        error_messages={"required": "Enter the name of the edition"},
    )
    has_points = forms.BooleanField(
        label="Grades count as points",
        help_text="Without points, reports show grades and no totals.",
        required=False,
    )
    allows_not_applicable = forms.BooleanField(label="An outcome area may be not applicable", required=False)

    def __init__(self, *args, framework: Framework, address: str, **kwargs):
        names = ("name", "has_points", "allows_not_applicable")
        initial = {name: getattr(framework, name) for name in names} | {"seen": mark_of_rules(framework)}
        super().__init__(*args, initial=initial, **kwargs)
        self.buttons = [Button("Save the name and rules"), Link("Cancel", address)]


class SourceForm(ScaleForm):
    source = forms.CharField(
        label="Where do the outcome areas and the rules come from?",
        help_text="Reports print it. If you changed the wording, say so and name your organisation.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter where they come from"},
    )
    help_source = forms.CharField(
        label="Where do the descriptions and the guidance come from? (optional)",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args, framework: Framework, address: str, **kwargs):
        names = ("source", "help_source")
        initial = {name: getattr(framework, name) for name in names} | {"seen": mark_of_source(framework)}
        super().__init__(*args, initial=initial, **kwargs)
        self.buttons = [Button("Save the source"), Link("Cancel", address)]
