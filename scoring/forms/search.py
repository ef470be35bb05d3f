"""What somebody looks for."""

from django import forms

from edsportal.nhsuk.forms import Button, NhsukForm


class WordsField(forms.CharField):
    """One line of text; control characters, which nobody types, are taken out."""

    def to_python(self, value):
        text = super().to_python(value)
        return "".join(sign if sign.isprintable() else " " for sign in text).strip()


class SearchForm(NhsukForm):
    q = WordsField(
        label="What are you looking for?",
        help_text="For example: interpreting, or evidence on access for carers.",
        max_length=200,
        error_messages={"required": "Enter a word to look for"},
    )
    method = "get"
    buttons = [Button("Search")]
