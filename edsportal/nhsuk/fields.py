"""From a form's field to the NHS.UK component that shows it.

A form says how its fields look in a dictionary `nhsuk`, by the field's name:

    nhsuk = {
        "points": {"label_size": "m", "small": True, "item_hints": {"0": "No evidence", "1": "Some"}},
        "abstain": {"reveals": {"yes": ["reason"]}},
    }

Four of the options are ours:

label_size   size of the label or legend: "s" (unless said otherwise), "m", "l" or "xl"
item_hints   hint under each radio or checkbox, by the choice's value
reveals      names of the fields that a radio or checkbox opens when chosen, by the choice's value
dividers     a word above a radio or checkbox, such as "or", by the choice's value

Every other option goes to the component's NHS.UK macro as it is (`width`, `inline`, `small`, `threshold`,
`classes`, `formGroup`, …), with "label" meaning the legend where the component has one.
"""

from functools import singledispatch

from django import forms
from django.forms import BoundField
from django.forms.widgets import Input
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from edsportal.nhsuk.dates import PARTS, DatePartsWidget
from edsportal.nhsuk.macros import merged, plain, render, words

OURS = ("label_size", "item_hints", "reveals", "dividers")
NOT_ATTRIBUTES = ("class", "id", "rows", "cols", "maxlength", "type", "required", "placeholder")


def field_html(field: BoundField) -> SafeString:
    """A field with its label, hint, error and what was typed.

    Raises TypeError for a widget that has no component.
    """
    if field.is_hidden:
        return field.as_widget()
    component, params = component_of(field.field.widget, field)
    ours = options_of(field)
    own = {name: value for name, value in ours.items() if name not in OURS}
    if "fieldset" in params and "label" in own:
        own = merged(own, {"fieldset": {"legend": own.pop("label")}})
    return render(component, merged(params, own))


def fields_html(form) -> SafeString:
    """All fields of a form in its own order, without those that a radio or checkbox reveals."""
    inside = revealed(form)
    return SafeString("".join(field_html(field) for field in form if field.name not in inside))


def options_of(field: BoundField) -> dict:
    return getattr(field.form, "nhsuk", {}).get(field.name, {})


def revealed(form) -> set[str]:
    """The names of the fields that stand inside another field's radios or checkboxes."""
    options = getattr(form, "nhsuk", {}).values()
    return {name for each in options for names in each.get("reveals", {}).values() for name in names}


@singledispatch
def component_of(widget: forms.Widget, field: BoundField) -> tuple[str, dict]:
    """The component's name and its macro's options. Another widget is added with `component_of.register`."""
    raise TypeError(f"The nhsuk pack shows no {type(widget).__name__}, which the field {field.name!r} has.")


@component_of.register
def _text_input(widget: Input, field: BoundField) -> tuple[str, dict]:
    kind = widget.attrs.get("type", widget.input_type)
    attributes = {"spellcheck": "false"} if kind in ("email", "url") else {}
    return "input", labelled(field) | {
        "type": kind,
        "value": shown(field),
        "attributes": attributes | attributes_of(widget),
    }


@component_of.register
def _number(widget: forms.NumberInput, field: BoundField) -> tuple[str, dict]:
    """A text box with a number keyboard: a number box changes what was typed when one scrolls over it."""
    whole = isinstance(field.field, forms.IntegerField) and not isinstance(
        field.field, forms.FloatField | forms.DecimalField
    )
    attributes = {k: v for k, v in attributes_of(widget).items() if k not in ("min", "max", "step")}
    return "input", labelled(field) | {
        "type": "text",
        "value": shown(field),
        "width": 5,
        "attributes": {"inputmode": "numeric" if whole else "decimal", "spellcheck": "false"} | attributes,
    }


@component_of.register
def _password(widget: forms.PasswordInput, field: BoundField) -> tuple[str, dict]:
    """Never filled in; the macro states spelling and capitals itself, and needs `autocomplete` apart."""
    attributes = attributes_of(widget)
    complete = attributes.pop("autocomplete", {"value": "current-password"})
    attributes = {k: v for k, v in attributes.items() if k not in ("spellcheck", "autocapitalize")}
    return "password-input", labelled(field) | {"autocomplete": complete["value"], "attributes": attributes}


@component_of.register
def _textarea(widget: forms.Textarea, field: BoundField) -> tuple[str, dict]:
    """With a count of what is left where the field has a longest length; what is too long is never cut."""
    value = shown(field) or ""
    params = labelled(field) | {
        "rows": widget.attrs.get("rows", 5),
        # A browser drops the first new line of a textarea.
        "value": f"\n{value}" if value.startswith(("\n", "\r")) else value,
        "attributes": attributes_of(widget),
    }
    longest = getattr(field.field, "max_length", None)
    return ("character-count", params | {"maxlength": longest}) if longest else ("textarea", params)


@component_of.register
def _select(widget: forms.Select, field: BoundField) -> tuple[str, dict]:
    if widget.allow_multiple_selected:
        raise TypeError(f"Give the field {field.name!r} a CheckboxSelectMultiple instead of a list of many.")
    items = [
        {"value": plain(option["value"]), "text": plain(option["label"]), "selected": option["selected"]}
        for option in choices_of(field)
    ]
    return "select", labelled(field) | {"items": items, "attributes": attributes_of(widget)}


@component_of.register
def _radios(widget: forms.RadioSelect, field: BoundField) -> tuple[str, dict]:
    return "radios", grouped(field) | {"items": items_of(field)}


@component_of.register
def _checkboxes(widget: forms.CheckboxSelectMultiple, field: BoundField) -> tuple[str, dict]:
    return "checkboxes", grouped(field) | {"items": items_of(field)}


@component_of.register
def _checkbox(widget: forms.CheckboxInput, field: BoundField) -> tuple[str, dict]:
    params = grouped(field)
    item = words(field.label) | {"value": "on", "checked": bool(field.value()), "id": id_of(field)}
    item |= {"hint": params.pop("hint", None), "attributes": attributes_of(widget)}
    del params["fieldset"]
    return "checkboxes", params | {"items": [item | opened(field, "on")]}


@component_of.register
def _file(widget: forms.FileInput, field: BoundField) -> tuple[str, dict]:
    """A browser never sends a file back, so after an error the hint asks for it again."""
    params = labelled(field) | {"attributes": attributes_of(widget)}
    if field.form.is_bound and field.form.errors and field.data and not field.errors:
        params["hint"] = {"text": f"Choose the file again: {plain(field.data)} was not kept."}
    if widget.allow_multiple_selected:
        params["multiple"] = True
    if field.initial and getattr(widget, "is_initial", lambda value: False)(field.initial):
        params["formGroup"] = {"beforeInput": {"html": stored_file(widget, field)}}
    return "file-upload", params


@component_of.register
def _date(widget: DatePartsWidget, field: BoundField) -> tuple[str, dict]:
    values = widget.decompress(field.value())
    wrong = wrong_parts(field)
    items = [
        {
            "id": f"{id_of(field)}_{part}",
            "name": f"{field.html_name}_{part}",
            "label": part.capitalize(),
            "value": plain(value),
            "width": 4 if part == "year" else 2,
            "error": part in wrong,
            "attributes": attributes_of(widget),
        }
        for part, value in zip(PARTS, values, strict=True)
    ]
    params = grouped(field) | {"id": id_of(field), "items": items}
    return "date-input", {key: value for key, value in params.items() if key not in ("name", "idPrefix")}


def labelled(field: BoundField) -> dict:
    """What every component of one input takes."""
    size = options_of(field).get("label_size", "s")
    params = {
        "id": id_of(field),
        "name": field.html_name,
        "label": words(field.label) | {"size": size},
        "disabled": field.field.disabled,
    }
    if field.help_text:
        params["hint"] = words(field.help_text)
    if field.errors:
        lines = format_html_join(SafeString("<br>"), "{}", ((plain(error),) for error in field.errors))
        params["errorMessage"] = {"html": lines}
    return params


def grouped(field: BoundField) -> dict:
    """What every component of several inputs takes: the label is their legend."""
    params = labelled(field)
    return params | {
        "idPrefix": params.pop("id"),
        "fieldset": {"legend": params.pop("label")},
    }


def items_of(field: BoundField) -> list[dict]:
    """Radios or checkboxes with their hints, dividers and what they reveal."""
    options = options_of(field)
    items = []
    for option in choices_of(field):
        value = plain(option["value"])
        if value in options.get("dividers", {}):
            items.append({"divider": options["dividers"][value]})
        item = {
            "value": value,
            **words(option["label"]),
            "checked": option["selected"],
        }
        if option["attrs"].get("disabled"):
            item["disabled"] = True
        hint = options.get("item_hints", {}).get(value)
        items.append(item | ({"hint": words(hint)} if hint else {}) | opened(field, value))
    return items


def opened(field: BoundField, value: str) -> dict:
    """What a choice reveals: the fields named in the option `reveals`."""
    names = options_of(field).get("reveals", {}).get(value, [])
    if not names:
        return {}
    html = "".join(field_html(field.form[name]) for name in names)
    return {"conditional": {"html": SafeString(html)}}


def choices_of(field: BoundField) -> list[dict]:
    """Django's own account of each choice: value, label, selected, attrs."""
    return [choice.data for choice in field.subwidgets]


def shown(field: BoundField) -> str | None:
    """What was typed, or else the initial value, as the widget writes it."""
    value = field.field.widget.format_value(field.value())
    return None if value is None else plain(value)


def stored_file(widget: forms.ClearableFileInput, field: BoundField) -> SafeString:
    """The file that is kept unless another is chosen, and the checkbox that removes it where one may."""
    link = format_html(
        '<p class="nhsuk-body">Now: <a href="{}">{}</a></p>', field.initial.url, plain(field.initial)
    )
    if field.field.required:
        return link
    name = widget.clear_checkbox_name(field.html_name)
    item = {"value": "on", "text": "Remove this file", "id": widget.clear_checkbox_id(name)}
    return link + render("checkboxes", {"name": name, "items": [item], "small": True})


def attributes_of(widget: forms.Widget) -> dict:
    """The widget's attributes in the macros' shape, without those that make the browser judge the answer."""
    return {
        name: {"value": value if value is True or value is False else plain(value), "optional": True}
        for name, value in widget.attrs.items()
        if name not in NOT_ATTRIBUTES and value is not None
    }


def id_of(field: BoundField) -> str:
    """The id of the field's first input, the one that an error links to."""
    return field.field.widget.attrs.get("id") or field.auto_id or field.html_name


def wrong_parts(field: BoundField) -> list[str]:
    """The parts of a date that its errors are about: all of them where an error names none."""
    if not field.errors:
        return []
    named = [(error.params or {}).get("parts", PARTS) for error in field.errors.as_data()]
    return [part for part in PARTS if any(part in parts for parts in named)]
