"""Whole forms and formsets through `{% crispy %}`, their buttons and layouts, and the page's errors."""

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from crispy_forms.layout import Fieldset as CrispyFieldset
from django import forms
from django.core.paginator import Paginator
from django.forms.formsets import BaseFormSet, formset_factory
from django.template import Context, Template
from django.test import RequestFactory

from edsportal.nhsuk.forms import Button, Fieldset, Include, Link, NhsukForm, NhsukFormSetMixin
from tests.edsportal.nhsuk.htmltree import elements, one, texts


class CaseStudyForm(NhsukForm):
    title = forms.CharField()
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    why = forms.CharField(required=False)
    nhsuk = {"title": {"width": 20}, "kind": {"reveals": {"b": ["why"]}}}
    buttons = [
        Button("Save and continue"),
        Button("Save a draft", "action", "draft", variant="secondary"),
        Button("Delete", "action", "delete", variant="warning"),
        Link("Cancel", "/reviews/?a=1&b=2"),
    ]


def crispy(form, **context) -> str:
    source = "{% load crispy_forms_tags %}{% crispy form %}"
    return Template(source).render(Context({"form": form, "csrf_token": "TOKEN", **context}))


def test_a_form_is_sent_by_post_with_the_token_to_its_own_page():
    html = crispy(CaseStudyForm())
    assert one(html, "form") == {"method": "post", "novalidate": ""}
    assert one(html, "input", name="csrfmiddlewaretoken")["value"] == "TOKEN"
    assert [box["name"] for box in elements(html, "input")[1:]] == ["title", "kind", "kind", "why"]


def test_each_button_has_its_own_name_and_value():
    html = crispy(CaseStudyForm())
    buttons = elements(html, "button")
    assert [(button.get("name"), button.get("value")) for button in buttons] == [
        (None, None),
        ("action", "draft"),
        ("action", "delete"),
    ]
    assert "nhsuk-button--warning" in buttons[2]["class"]
    assert {button["data-prevent-double-click"] for button in buttons} == {"true"}
    assert one(html, "a")["href"] == "/reviews/?a=1&b=2"


def test_errors_are_left_to_the_frame_of_the_page():
    class Plain(forms.Form):
        title = forms.CharField()

    assert "nhsuk-error-summary" not in crispy(CaseStudyForm({}))
    assert "nhsuk-error-summary" not in crispy(Plain({}))


def test_options_of_one_form_are_not_those_of_the_next():
    first = CaseStudyForm()
    first.nhsuk["title"]["width"] = 2
    assert "nhsuk-input--width-20" in crispy(CaseStudyForm())
    assert "nhsuk-input--width-2 " in crispy(first).replace('"', " ")


def test_a_layout_groups_fields_and_shows_texts_as_they_are():
    form = CaseStudyForm()
    form.layout = [Fieldset("{{ site }} <1A>", "title", hint="{% now %}"), "kind"]
    html = crispy(form, site="leaked")
    assert texts(html).startswith("{{ site }} <1A> {% now %} Title")
    assert "&lt;1A&gt;" in html
    assert "leaked" not in html


def test_a_template_stands_between_fields(settings, tmp_path):
    (tmp_path / "note.html").write_text("<p>{{ outcome }} for {{ form.title.label }} on {{ page }}</p>")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    form = CaseStudyForm()
    form.layout = [Include("note.html", outcome="<1A>"), "title", "kind"]
    assert "<p>&lt;1A&gt; for Title on page 1</p>" in crispy(form, page="page 1")


def test_a_form_with_a_file_is_sent_in_parts_and_one_without_form_tag_not_at_all():
    class Upload(NhsukForm):
        file = forms.FileField()
        form_tag = False

    assert not elements(crispy(Upload()), "form")
    assert "csrfmiddlewaretoken" not in crispy(Upload())
    Upload.form_tag = True
    assert one(crispy(Upload()), "form")["enctype"] == "multipart/form-data"


def test_a_search_is_sent_by_get_without_a_token():
    class Search(NhsukForm):
        q = forms.CharField()
        method = "get"
        action = "/reports/"

    html = crispy(Search())
    assert one(html, "form") == {"method": "get", "action": "/reports/", "novalidate": ""}
    assert "csrfmiddlewaretoken" not in html


def test_crispys_own_layouts_and_buttons_work_too():
    class Plain(forms.Form):
        title = forms.CharField()

        @property
        def helper(self):
            helper = FormHelper()
            helper.layout = Layout(Div(CrispyFieldset("Legend", "title"), css_class="app-x"))
            helper.add_input(Submit("save", "Save <it>"))
            return helper

    html = crispy(Plain({}))
    assert one(html, "button")["name"] == "save"
    assert "Save &lt;it&gt;" in html
    assert one(html, "div", class_="app-x")
    assert texts(html) == "Legend Title Error: This field is required. Save <it>"


class ActionForm(NhsukForm):
    text = forms.CharField(error_messages={"required": "Enter the action"})


class Actions(NhsukFormSetMixin, BaseFormSet):
    legend = "Action"


def test_a_formset_is_one_form_with_headings_and_its_counters():
    actions = formset_factory(ActionForm, formset=Actions, extra=2)()
    html = Template("{% load crispy_forms_tags %}{% crispy formset %}").render(
        Context({"formset": actions, "csrf_token": "TOKEN"})
    )
    assert one(html, "form")["method"] == "post"
    assert one(html, "input", name="form-TOTAL_FORMS")["value"] == "2"
    assert [box["name"] for box in elements(html, "input", type="text")] == ["form-0-text", "form-1-text"]
    assert texts(html) == "Action 1 Text Action 2 Text Save and continue"
    assert len(elements(html, "button")) == 1


def frame(**context) -> str:
    source = "{% load nhsuk %}<title>{% title_prefix %}Page</title>{% page_errors %}"
    return Template(source).render(Context(context))


def test_the_page_says_error_first_and_lists_each_form_once():
    wrong, right = CaseStudyForm({"kind": "a"}), CaseStudyForm({"title": "x", "kind": "a"})
    assert texts(frame(form=right)) == "Page"
    assert texts(frame(form=CaseStudyForm())) == "Page"
    assert texts(frame()) == "Page"
    assert texts(frame(form=wrong, forms=[wrong, right])) == (
        "Error: Page There is a problem Enter an answer for “Title”"
    )
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-text": ""}
    actions = formset_factory(ActionForm, formset=Actions, min_num=1, validate_min=True)(data)
    assert texts(frame(formset=actions)).startswith("Error: Page There is a problem")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        (forms.CharField(label="Who?"), "", "Enter an answer for “Who?”"),
        (forms.ChoiceField(choices=[("a", "A")]), "", "Select an answer for “Answer”"),
        (forms.FileField(), "", "Choose a file for “Answer”"),
        (forms.EmailField(), "a@", "Enter an e-mail address, like name@example.nhs.uk"),
        (forms.IntegerField(max_value=3), "4", "Enter 3 or less"),
        (forms.IntegerField(min_value=1), "0", "Enter 1 or more"),
        (forms.CharField(error_messages={"required": "Enter why"}), "", "Enter why"),
        (forms.ChoiceField(choices=[("a", "A")], label="100%"), "z", "Select one of the answers for “100%”"),
    ],
)
def test_messages_say_what_to_do(field, value, message):
    form = type("AnswerForm", (NhsukForm,), {"answer": field})({"answer": value})
    assert form.errors == {"answer": [message]}


def test_pages_of_a_list_keep_the_search():
    page = Paginator(range(200), 10).page(7)
    request = RequestFactory().get("/", {"q": "<b>&c", "page": "7"})
    html = Template("{% load nhsuk %}{% pagination page 'reviews' %}").render(
        Context({"page": page, "request": request})
    )
    assert one(html, "nav")["aria-label"] == "Pages of reviews"
    assert one(html, "a", rel="next")["href"] == "?q=%3Cb%3E%26c&page=8"
    assert one(html, "a", **{"aria-current": "page"})["aria-label"] == "Page 7"
    assert "⋯" in html or "&ctdot;" in html
    single = {"page": Paginator([1], 10).page(1), "request": request}
    assert Template("{% load nhsuk %}{% pagination page 'reviews' %}").render(Context(single)) == ""
