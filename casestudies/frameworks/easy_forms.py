"""The form on which administrators write an outcome area of a draft in easy words, and the practice for it."""

from django import forms

from casestudies.frameworks.easy_words import easy_words_of, mark_of_easy_words
from casestudies.frameworks.forms import ScaleForm
from casestudies.models import OutcomeArea
from eds.text.easy_words import LONGEST, PICTURES, long_sentences
from edsportal.nhsuk.forms import Button, Fieldset, Link


class EasyWordsForm(ScaleForm):
    easy_statement = forms.CharField(
        label="The question in easy words (optional)",
        help_text=f"Use everyday words, and at most {LONGEST} words in a sentence.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
    )
    picture = forms.ChoiceField(
        label="Which picture is beside the question?",
        choices=[("", "No picture"), *PICTURES.items()],
        widget=forms.RadioSelect,
        required=False,
    )
    practice = forms.CharField(
        label="What the practice case study says about it (optional)",
        help_text="A made-up service. Members practise on it before their first real case study.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args, area: OutcomeArea, grades: dict[int, str], address: str, **kwargs):
        self.grades = grades
        super().__init__(*args, initial=self._said(area), **kwargs)
        for score, words in grades.items():
            self.fields[f"easy_{score}"] = self._text(f"What “{words}” means in easy words (optional)")
            self.fields[f"reason_{score}"] = self._text(
                f"Why someone gave “{words}” in the practice (optional)"
            )
        self.layout = [
            "easy_statement",
            "picture",
            *(f"easy_{score}" for score in grades),
            Fieldset("Practice", "practice", *(f"reason_{score}" for score in grades)),
            "seen",
        ]
        self.buttons = [Button("Save the easy words"), Link("Cancel", address)]

    @staticmethod
    def _text(label: str) -> forms.CharField:
        widget = forms.Textarea(attrs={"rows": 2})
        return forms.CharField(label=label, widget=widget, max_length=1000, required=False)

    @staticmethod
    def _said(area: OutcomeArea) -> dict[str, str]:
        said = easy_words_of(area)
        easy, reasons = said.pop("easy_descriptors"), said.pop("practice_reasons")
        texts = {f"easy_{score}": text for score, text in easy.items()}
        texts |= {f"reason_{score}": text for score, text in reasons.items()}
        return said | texts | {"seen": mark_of_easy_words(area)}

    def clean(self) -> dict:
        data = super().clean()
        for name in ("easy_statement", *(f"easy_{score}" for score in self.grades)):
            if too_long := long_sentences(data.get(name, "")):
                words = f"Use at most {LONGEST} words in a sentence. Shorten “{too_long[0]}”"
                self.add_error(name, words)
        return data

    def wording(self) -> dict:
        """What was typed, as `edit_easy_words` takes it; only for a valid form."""
        data = self.cleaned_data
        return {name: data[name] for name in ("picture", "easy_statement", "practice")} | {
            "easy_descriptors": {score: data[f"easy_{score}"] for score in self.grades},
            "practice_reasons": {score: data[f"reason_{score}"] for score in self.grades},
        }
