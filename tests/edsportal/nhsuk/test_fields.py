"""From a form's field to its component: labels, hints, errors, values and hostile text."""

import datetime

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.formsets import formset_factory
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from edsportal.nhsuk.errors import error_items, error_summary
from edsportal.nhsuk.fields import field_html, fields_html
from edsportal.nhsuk.forms import DateField, NhsukForm, UrlField
from tests.edsportal.nhsuk.htmltree import elements, one, texts

HOSTILE = """"><script>alert('x')</script>"""
POINTS = [("0", "Undeveloped"), ("1", "Developing"), ("2", "Achieving"), ("3", "Excelling")]


def shown(field: forms.Field, data: dict | None = None, initial=None, **options) -> str:
    """The HTML of a field named "answer" with what was sent or is there at first."""
    form_class = type("AnswerForm", (NhsukForm,), {"answer": field, "nhsuk": {"answer": options}})
    return field_html(form_class(data=data, initial={"answer": initial})["answer"])


def test_text_has_its_label_hint_value_and_attributes():
    widget = forms.TextInput(attrs={"autocomplete": "name", "class": "vTextField", "data-x": "1"})
    field = forms.CharField(label="Name", help_text="In full", max_length=9, widget=widget)
    html = shown(field, initial="Ann")
    assert one(html, "input") == {
        "class": "nhsuk-input",
        "id": "id_answer",
        "name": "answer",
        "type": "text",
        "value": "Ann",
        "aria-describedby": "id_answer-hint",
        "autocomplete": "name",
        "data-x": "1",
    }
    assert one(html, "label")["for"] == "id_answer"
    assert "nhsuk-label--s" in one(html, "label")["class"]
    assert texts(html) == "Name In full"


def test_an_error_stands_by_its_field_and_what_was_typed_stays():
    html = shown(forms.CharField(max_length=3, help_text="Short"), {"answer": "too long"})
    box = one(html, "input")
    assert box["value"] == "too long"
    assert box["aria-describedby"] == "id_answer-hint id_answer-error"
    assert "nhsuk-input--error" in box["class"]
    assert one(html, "div", class_="nhsuk-form-group--error")
    assert texts(html) == "Answer Short Error: Use 3 characters or fewer: there are 8"


def test_several_errors_of_a_field_are_all_shown():
    class TwiceWrong(NhsukForm):
        answer = forms.CharField()

        def clean_answer(self):
            raise forms.ValidationError(["Too <short>", "Too common"])

    html = field_html(TwiceWrong({"answer": "x"})["answer"])
    assert "Too &lt;short&gt;<br>Too common" in html


@pytest.mark.parametrize(
    ("field", "kind"),
    [(forms.EmailField(), "email"), (UrlField(), "url"), (forms.CharField(), "text")],
)
def test_kinds_of_one_line(field, kind):
    box = one(shown(field, initial="a@example.org"), "input")
    assert (box["type"], box.get("spellcheck")) == (kind, None if kind == "text" else "false")


def test_a_number_is_a_text_box_with_a_number_keyboard():
    box = one(shown(forms.IntegerField(min_value=0, max_value=12), initial=0), "input")
    assert (box["type"], box["inputmode"], box["value"]) == ("text", "numeric", "0")
    assert not {"min", "max", "step"} & set(box)
    assert one(shown(forms.DecimalField()), "input")["inputmode"] == "decimal"
    assert one(shown(forms.IntegerField(), {"answer": "twelve"}), "input")["value"] == "twelve"


def test_a_password_is_never_sent_back():
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    html = shown(forms.CharField(widget=widget, min_length=12), {"answer": "secret"})
    box = one(html, "input")
    assert (box["type"], box["autocomplete"]) == ("password", "new-password")
    assert "secret" not in html
    assert "Use 12 characters or more" in html


def test_a_long_text_counts_what_is_left_and_is_never_cut():
    field = forms.CharField(widget=forms.Textarea(attrs={"rows": 8}), max_length=5)
    html = shown(field, {"answer": "much too long"})
    box = one(html, "textarea")
    assert (box["rows"], "maxlength" in box) == ("8", False)
    assert one(html, "div", class_="nhsuk-character-count")["data-maxlength"] == "5"
    assert ">much too long</textarea>" in html
    assert "maxlength" not in shown(forms.CharField(widget=forms.Textarea))


def test_a_long_text_comes_back_as_it_was_typed():
    typed = "\n\n  first\r\n    <b>indented</b> & \"quoted\" 'so'\n\n"
    html = shown(forms.CharField(widget=forms.Textarea, strip=False), {"answer": typed})
    inside = html.split("<textarea", 1)[1].split(">", 1)[1].split("</textarea>")[0]
    assert inside.startswith("\n\n\n  first")  # a browser drops the first of three
    assert "\n    &lt;b&gt;indented&lt;/b&gt; &amp; " in inside
    assert inside.endswith("\n\n")


def test_a_new_line_counts_as_one_character_as_in_the_browser():
    class Note(NhsukForm):
        note = forms.CharField(widget=forms.Textarea, max_length=3)

    assert Note({"note": "a\r\nb"}).is_valid()
    form = Note({"note": "a\r\nbc"})
    assert form.errors == {"note": ["Use 3 characters or fewer: there are 4"]}
    assert form["note"].value() == "a\nbc"


def test_radios_have_hints_dividers_and_the_legend_of_the_label():
    field = forms.ChoiceField(label="Score", help_text="0 to 3", choices=POINTS, widget=forms.RadioSelect)
    options = {
        "item_hints": {"2": "Some groups"},
        "dividers": {"3": "or"},
        "label": {"classes": "app-x"},
        "label_size": "m",
        "small": True,
        "inline": True,
    }
    html = shown(field, {"answer": "2"}, **options)
    radios = elements(html, "input", type="radio")
    assert [radio["id"] for radio in radios] == ["id_answer", "id_answer-2", "id_answer-3", "id_answer-5"]
    assert [radio["value"] for radio in radios if "checked" in radio] == ["2"]
    assert radios[2]["aria-describedby"] == "id_answer-3-item-hint"
    assert one(html, "fieldset")["aria-describedby"] == "id_answer-hint"
    assert {"nhsuk-fieldset__legend--m", "app-x"} <= set(one(html, "legend")["class"].split())
    assert one(html, "div", class_="nhsuk-radios--small")["class"].endswith("nhsuk-radios--inline")
    assert texts(html) == "Score 0 to 3 Undeveloped Developing Achieving Some groups or Excelling"


def test_zero_is_an_answer_and_none_is_not():
    field = forms.TypedChoiceField(choices=POINTS, widget=forms.RadioSelect, coerce=int)
    chosen = [radio["value"] for radio in elements(shown(field, initial=0), "input") if "checked" in radio]
    assert chosen == ["0"]
    assert not [radio for radio in elements(shown(field, initial=None), "input") if "checked" in radio]


def test_checkboxes_keep_what_was_ticked():
    field = forms.MultipleChoiceField(choices=POINTS, widget=forms.CheckboxSelectMultiple)
    boxes = elements(shown(field, MultiValueDict({"answer": ["1", "3"]})), "input", type="checkbox")
    assert [box["value"] for box in boxes if "checked" in box] == ["1", "3"]
    assert {box["name"] for box in boxes} == {"answer"}


def test_one_checkbox_has_its_label_beside_it():
    html = shown(forms.BooleanField(label="I agree", help_text="To all"), {"answer": "on"})
    assert "checked" in one(html, "input", id="id_answer", value="on")
    assert one(html, "input")["aria-describedby"] == "id_answer-item-hint"
    assert not elements(html, "fieldset")
    assert texts(html) == "I agree To all"
    wrong = shown(forms.BooleanField(label="I agree"), {})
    assert texts(wrong) == "Error: Tick “I agree” to continue I agree"
    assert "checked" not in one(wrong, "input")


def test_a_select_has_what_was_chosen_selected():
    html = shown(forms.ChoiceField(choices=[("", "Choose"), *POINTS]), {"answer": "9"})
    assert not [option for option in elements(html, "option") if "selected" in option]
    assert "Select one of the answers for “Answer”" in texts(html)
    html = shown(forms.ChoiceField(choices=[("", "Choose"), *POINTS]), initial="1")
    assert [option["value"] for option in elements(html, "option") if "selected" in option] == ["1"]


def test_a_list_of_many_is_refused_at_once():
    with pytest.raises(TypeError, match="CheckboxSelectMultiple"):
        shown(forms.MultipleChoiceField(choices=POINTS))
    with pytest.raises(TypeError, match="SelectDateWidget"):
        shown(forms.DateField(widget=forms.SelectDateWidget))


def test_a_date_is_three_boxes_and_the_wrong_ones_are_marked():
    html = shown(DateField(label="Held on"), {"answer_day": "8", "answer_month": "13", "answer_year": "2026"})
    boxes = elements(html, "input")
    assert [box["id"] for box in boxes] == ["id_answer_day", "id_answer_month", "id_answer_year"]
    assert [box["name"] for box in boxes] == ["answer_day", "answer_month", "answer_year"]
    assert [box["value"] for box in boxes] == ["8", "13", "2026"]
    assert ["nhsuk-input--error" in box["class"] for box in boxes] == [False, True, False]
    assert one(html, "fieldset")["aria-describedby"] == "id_answer-error"
    assert texts(html) == "Held on Error: The date must be a real date Day Month Year"
    first = elements(shown(DateField(), initial=datetime.date(2026, 3, 8)), "input")
    assert [box["value"] for box in first] == ["8", "3", "2026"]


def test_a_file_is_asked_for_again_when_something_else_was_wrong():
    class Evidence(NhsukForm):
        title = forms.CharField()
        file = forms.FileField()

    form = Evidence({"title": ""}, {"file": SimpleUploadedFile("<b>.pdf", b"x")})
    html = field_html(form["file"])
    assert one(html, "input")["type"] == "file"
    assert "Choose the file again: &lt;b&gt;.pdf was not kept." in html
    fine = Evidence({"title": "x"}, {"file": SimpleUploadedFile("a", b"x")})
    assert "again" not in field_html(fine["file"])


def test_a_stored_file_is_named_and_can_be_removed_where_one_may():
    class Stored:
        url = "/files/report.pdf"

        def __str__(self):
            return "<report>.pdf"

    html = shown(forms.FileField(required=False), initial=Stored())
    assert one(html, "a")["href"] == "/files/report.pdf"
    assert one(html, "input", type="checkbox")["name"] == "answer-clear"
    assert "<report>" not in html
    assert not elements(shown(forms.FileField(), initial=Stored()), "input", type="checkbox")


class Abstaining(NhsukForm):
    abstain = forms.ChoiceField(choices=[("no", "No"), ("yes", "Yes")], widget=forms.RadioSelect)
    reason = forms.CharField(widget=forms.Textarea, required=False)
    token = forms.CharField(widget=forms.HiddenInput)
    nhsuk = {"abstain": {"reveals": {"yes": ["reason"]}}}

    def clean(self):
        if self.cleaned_data.get("abstain") == "yes":
            self.need("reason", "Enter a reason")


def test_a_choice_reveals_its_fields_and_they_are_shown_once():
    html = fields_html(Abstaining({"abstain": "yes", "reason": "\n  because"}))
    assert len(elements(html, "textarea")) == 1
    assert elements(html, "input", value="yes")[0]["data-aria-controls"] == "conditional-id_abstain-2"
    assert one(html, "div", id="conditional-id_abstain-2")["class"] == "nhsuk-radios__conditional"
    assert "\n\n  because</textarea>" in html
    hidden = fields_html(Abstaining({"abstain": "no"}))
    assert "nhsuk-radios__conditional--hidden" in one(hidden, "div", id="conditional-id_abstain-2")["class"]
    assert one(html, "input", type="hidden")["name"] == "token"


def test_a_revealed_field_is_needed_only_with_its_choice():
    assert Abstaining({"abstain": "no", "token": "t"}).is_valid()
    assert Abstaining({"abstain": "yes", "token": "t"}).errors == {"reason": ["Enter a reason"]}


def test_every_error_is_in_the_summary_with_a_link_to_its_first_input():
    class Many(Abstaining):
        held = DateField(label="Held on")
        agree = forms.BooleanField()

        def clean(self):
            raise forms.ValidationError("The two don't fit <together>")

    form = Many({"abstain": "", "held_day": "1", "held_month": "x", "held_year": "2026"}, prefix="p")
    form = Many({"p-held_day": "1", "p-held_month": "x", "p-held_year": "2026"}, prefix="p")
    assert error_items(form) == [
        {"text": "The two don't fit <together>"},
        {"text": "Select an answer for “Abstain”", "href": "#id_p-abstain"},
        {"text": "Enter an answer for “Token”"},
        {"text": "The date must be a real date", "href": "#id_p-held_month"},
        {"text": "Tick “Agree” to continue", "href": "#id_p-agree"},
    ]
    html = fields_html(form)
    for item in error_items(form):
        if "href" in item:
            assert one(html, "input", id=item["href"][1:])
    assert "<together>" not in error_summary(form)
    assert error_summary(Abstaining()) == ""


def test_a_formset_lists_its_own_errors_and_those_of_each_form():
    class Line(NhsukForm):
        text = forms.CharField(error_messages={"required": "Enter the action"})

    lines = formset_factory(Line, extra=0, min_num=2, validate_min=True)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-text": "x", "form-1-text": ""}
    assert {"text": "Enter the action", "href": "#id_form-1-text"} in error_items(lines(data))


def test_only_what_the_programmer_marked_safe_is_html():
    link = format_html('<a href="{}">guide</a>', HOSTILE)
    html = shown(forms.CharField(help_text=link))
    assert len(elements(html, "a")) == 1
    assert "<script" not in html
    # A value that somebody marked as safe is what a person typed all the same.
    assert "<b>" not in shown(forms.CharField(), initial=SafeString("<b>"))
    assert "<b>" not in shown(forms.CharField(widget=forms.Textarea), initial=SafeString("</textarea><b>"))


ALL = {
    "text": forms.CharField(max_length=3),
    "email": forms.EmailField(),
    "url": UrlField(),
    "number": forms.IntegerField(),
    "long": forms.CharField(widget=forms.Textarea),
    "counted": forms.CharField(widget=forms.Textarea, max_length=3),
    "select": forms.ChoiceField(choices=[(HOSTILE, HOSTILE)]),
    "radios": forms.ChoiceField(choices=[(HOSTILE, HOSTILE)], widget=forms.RadioSelect),
    "boxes": forms.MultipleChoiceField(choices=[(HOSTILE, HOSTILE)], widget=forms.CheckboxSelectMultiple),
    "box": forms.BooleanField(),
    "date": DateField(),
    "file": forms.FileField(),
    "hidden": forms.CharField(widget=forms.HiddenInput),
    "password": forms.CharField(widget=forms.PasswordInput),
}


@pytest.mark.parametrize("name", ALL)
def test_hostile_text_is_only_text(name):
    class Hostile(NhsukForm):
        answer = type(ALL[name]).__deepcopy__(ALL[name], {})
        nhsuk = {"answer": {"item_hints": {HOSTILE: HOSTILE}, "dividers": {HOSTILE: HOSTILE}}}

        def clean(self):
            self.add_error("answer", HOSTILE)

    Hostile.base_fields["answer"].label = Hostile.base_fields["answer"].help_text = HOSTILE
    data = dict.fromkeys(("answer", "answer_day", "answer_month", "answer_year"), HOSTILE)
    form = Hostile(data, {"answer": SimpleUploadedFile("x" + HOSTILE.replace("/", ""), b"x")})
    html = field_html(form["answer"]) + error_summary(form)
    assert "<script" not in html
    assert "&lt;script" in html
    assert not elements(html, "script")
