"""The search over published reports."""

from django import forms

from edsportal.nhsuk.forms import Button, NhsukForm


class ReportSearch(NhsukForm):
    """Both fields may stay empty. `years` are those of which there is a report, newest first."""

    body = forms.CharField(
        label="Organisation", help_text="All or part of its name", max_length=200, required=False
    )
    year = forms.ChoiceField(label="Year", required=False)
    method = "get"
    buttons = [Button("Search")]
    nhsuk = {"body": {"width": 20}}

    def __init__(self, *args, years: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", "All years"), *((year, year) for year in years)]
