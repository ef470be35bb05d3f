"""A group that evidence may speak of: its name, and where it is named."""

from django import forms

from casestudies.models import Group
from edsportal.nhsuk.forms import Button, Link, NhsukModelForm


class GroupForm(NhsukModelForm):
    source = forms.CharField(
        label="Where is this group named?",
        help_text="For example “Joint strategic needs assessment 2025, page 14”.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter where this group is named"},
    )

    class Meta:
        model = Group
        fields = ["name", "source"]
        labels = {"name": "What is the group called?"}
        help_texts = {"name": "As people of the group would say it, for example “Farm workers from abroad”."}
        error_messages = {"name": {"required": "Enter a name"}}

    def __init__(self, *args, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.buttons = [Button("Save"), Link("Cancel", back)]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        others = Group.objects.of(self.instance.organisation).exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise forms.ValidationError(f"There is a group called “{name}” already")
        return name
