"""The base of every form of the portal: NHS.UK look, plain messages, buttons.

    class ReviewForm(NhsukModelForm):
        class Meta:
            model = Review
            fields = ["title", "starts_on", "kind"]
            field_classes = {"starts_on": DateField}

        nhsuk = {"title": {"width": 20}, "kind": {"small": True}}
        buttons = [Button("Save"), Button("Save as a draft", "action", "draft", variant="secondary")]

The view gives it to the page as `form` (a formset as `formset`, several forms as `forms`); the page says
`{% crispy form %}`. The frame of the page lists the errors above its heading. The module `fields` beside this one
explains the options that `nhsuk` may hold.
"""

import copy
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.conf import settings
from django.forms.utils import pretty_name
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.html import format_html, strip_tags
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from edsportal.nhsuk.dates import DateField
from edsportal.nhsuk.fields import revealed
from edsportal.nhsuk.macros import render, words

__all__ = [
    "Button",
    "DateField",
    "Fieldset",
    "Include",
    "Link",
    "NhsukForm",
    "NhsukFormMixin",
    "NhsukFormSetMixin",
    "NhsukModelForm",
    "RowsField",
    "Textarea",
    "UrlField",
]

DJANGO_REQUIRED = forms.Field.default_error_messages["required"]
DJANGO_CHOICE = forms.ChoiceField.default_error_messages["invalid_choice"]
PLAIN_MESSAGES = {
    "max_length": "Use %(limit_value)d characters or fewer: there are %(show_value)d",
    "min_length": "Use %(limit_value)d characters or more: there are %(show_value)d",
    "min_value": "Enter %(limit_value)s or more",
    "max_value": "Enter %(limit_value)s or less",
}


@dataclass
class Button:
    """A button that sends the form; `name` and `value` tell which was pressed.

    `variant` is "" for the main button, "secondary" or "warning".
    """

    text: str
    name: str = ""
    value: str = ""
    variant: str = ""
    attributes: dict = field(default_factory=dict)

    def render(self, form, context, template_pack=None, **kwargs) -> SafeString:
        params = {"preventDoubleClick": True, "attributes": self.attributes} | words(self.text)
        if self.name:
            params |= {"name": self.name, "value": self.value}
        if self.variant:
            params["variant"] = self.variant
        return render("button", params)


@dataclass
class Link:
    """A link beside the buttons, such as "Cancel"."""

    text: str
    href: str

    def render(self, form, context, template_pack=None, **kwargs) -> SafeString:
        return format_html('<a class="nhsuk-link" href="{}">{}</a>', self.href, self.text)


class Fieldset(LayoutObject):
    """Fields under one legend, for `layout`. Its texts are text: crispy's own reads them as templates."""

    def __init__(self, legend: str, *fields, size: str = "m", hint: str = "", classes: str = ""):
        self.legend, self.fields, self.size, self.hint = legend, list(fields), size, hint
        self.classes = classes

    def render(self, form, context, template_pack=None, **kwargs) -> SafeString:
        inside = self.get_rendered_fields(form, context, template_pack)
        if self.hint:
            inside = render("hint", words(self.hint)) + inside
        params = {"legend": words(self.legend) | {"size": self.size}, "html": inside}
        return render("fieldset", params | ({"classes": self.classes} if self.classes else {}))


class Include:
    """A template between the fields, for `layout`: `Include("shop/help.html", product=product)`."""

    def __init__(self, template: str, **values):
        self.template, self.values = template, values

    def render(self, form, context, template_pack=None, **kwargs) -> SafeString:
        return render_to_string(self.template, context.flatten() | self.values | {"form": form})


class Textarea(forms.Textarea):
    """Counts a new line as one character, as the page does: browsers send two for it."""

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class RowsField(forms.ModelMultipleChoiceField):
    """Any number of rows. A number that no database holds is refused as one that is no row's."""

    def _check_values(self, value):
        try:
            return super()._check_values(value)
        except OverflowError:
            raise forms.ValidationError("Choose from the list", code="invalid_choice") from None


class UrlField(forms.URLField):
    """A web address; "www.example.org" means the https one."""

    def __init__(self, *, assume_scheme: str = "https", **kwargs):
        super().__init__(assume_scheme=assume_scheme, **kwargs)
        self.error_messages["invalid"] = "Enter a web address, like https://www.example.nhs.uk"


def speak_plainly(name: str, each: forms.Field) -> None:
    """Replace Django's own messages by ones that say what to do; a message that the form gives stays."""
    label = strip_tags(str(each.label or pretty_name(name)))
    messages = each.error_messages
    if messages.get("required") == DJANGO_REQUIRED:
        messages["required"] = required_message(each, label)
    if messages.get("invalid_choice") == DJANGO_CHOICE:
        messages["invalid_choice"] = f"Select one of the answers for “{label}”".replace("%", "%%")
    if isinstance(each, forms.EmailField):
        messages.setdefault("invalid", "Enter an e-mail address, like name@example.nhs.uk")
    for code, message in PLAIN_MESSAGES.items():
        messages.setdefault(code, message)


def required_message(each: forms.Field, label: str) -> str:
    if isinstance(each, forms.FileField):
        return f"Choose a file for “{label}”"
    if isinstance(each, forms.BooleanField):
        return f"Tick “{label}” to continue"
    if isinstance(each.widget, forms.Select | forms.RadioSelect):
        return f"Select an answer for “{label}”"
    return f"Enter an answer for “{label}”"


def count_lines_once(each: forms.Field) -> None:
    """Give a field our own `Textarea` instead of Django's."""
    if type(each.widget) is forms.Textarea:
        required, each.widget = each.widget.is_required, Textarea(each.widget.attrs)
        each.widget.is_required = required


def one_line(value: str) -> None:
    """Browsers send no line break from a box of one line: it would be for a line of its own in a file or e-mail."""
    if any(unicodedata.category(letter) in ("Cc", "Zl", "Zp") for letter in value):
        raise forms.ValidationError("Remove the line breaks", code="one_line")


def require_one_line(each: forms.Field) -> None:
    """Refuse line breaks and other control characters in a box of one line."""
    if isinstance(each, forms.CharField) and isinstance(each.widget, forms.TextInput):
        each.validators = [*(old for old in each.validators if old is not one_line), one_line]


class Helper(FormHelper):
    form_action = ""  # an address; crispy's own takes it for a name and looks it up each time


class Helped:
    """What forms and formsets share: crispy's helper, made from plain attributes."""

    buttons: list = [Button("Save and continue")]
    action = ""  # the address that the form is sent to; its own page unless said
    method = "post"
    form_tag = True  # False where the page writes <form> itself, around several forms

    def make_helper(self) -> Helper:
        helper = Helper()
        helper.form_action, helper.form_method, helper.form_tag = self.action, self.method, self.form_tag
        helper.disable_csrf = self.method == "get" or not self.form_tag
        helper.inputs = list(self.buttons)
        return helper


def unsaved_value() -> Callable[[forms.BaseForm, str], tuple[bool, object]]:
    """The function that the setting NHSUK_UNSAVED_VALUE names, or one that never keeps anything.

    It is given an unbound form and a field's name, and returns whether something that was typed there before is to
    be shown, and its value.
    """
    name = getattr(settings, "NHSUK_UNSAVED_VALUE", "")
    return import_string(name) if name else nothing_unsaved


def nothing_unsaved(form: forms.BaseForm, field_name: str) -> tuple[bool, object]:
    return False, None


class NhsukFormMixin(Helped):
    """Gives any Django form the NHS.UK look. See the module's own text.

    `layout` lists names of fields, `Fieldset` and `Include` in order; without it every field is shown once,
    except those that another reveals. Fields and their options may be changed after `__init__`.
    """

    nhsuk: dict = {}
    layout: list | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.nhsuk = copy.deepcopy(self.nhsuk)

    @cached_property
    def helper(self) -> Helper:
        helper = self.make_helper()
        names = [name for name in self.fields if name not in revealed(self)]
        helper.layout = Layout(*(self.layout if self.layout is not None else names))
        helper.render_hidden_fields = True
        return helper

    def get_initial_for_field(self, field: forms.Field, field_name: str):
        """What the project kept for this field (see `unsaved_value`) comes before what is saved."""
        is_kept, value = unsaved_value()(self, field_name)
        return value if is_kept else super().get_initial_for_field(field, field_name)

    def full_clean(self) -> None:
        for name, each in self.fields.items():
            speak_plainly(name, each)
            count_lines_once(each)
            require_one_line(each)
        super().full_clean()

    def need(self, name: str, message: str) -> None:
        """For `clean`: the field must have a value after all, because of what another says."""
        if name not in self.errors and self.cleaned_data.get(name) in self.fields[name].empty_values:
            self.add_error(name, forms.ValidationError(message, code="required"))


class NhsukForm(NhsukFormMixin, forms.Form):
    pass


class NhsukModelForm(NhsukFormMixin, forms.ModelForm):
    pass


class NhsukFormSetMixin(Helped):
    """Gives a formset the NHS.UK look. With `legend = "Action"` its forms are headed "Action 1" and so on."""

    legend = ""

    @cached_property
    def helper(self) -> Helper:
        return self.make_helper()
