"""From the errors of forms to the summary at the top of their page."""

from django.forms import BoundField
from django.forms.formsets import BaseFormSet
from django.utils.safestring import SafeString

from edsportal.nhsuk.dates import DatePartsWidget
from edsportal.nhsuk.fields import id_of, wrong_parts
from edsportal.nhsuk.macros import plain, render


def error_link(field: BoundField) -> str:
    """The address of the first input that the field's errors are about."""
    if isinstance(field.field.widget, DatePartsWidget):
        return f"#{id_of(field)}_{wrong_parts(field)[0]}"
    return f"#{id_of(field)}"


def error_items(form) -> list[dict]:
    """The errors of a form or a formset, each with a link to the first input that it is about."""
    if isinstance(form, BaseFormSet):
        own = [{"text": plain(error)} for error in form.non_form_errors()]
        return own + [item for each in form.forms for item in error_items(each)]
    items = [{"text": plain(error)} for error in form.non_field_errors()]
    for field in form:
        for error in field.errors:
            target = {} if field.is_hidden else {"href": error_link(field)}
            items.append({"text": plain(error)} | target)
    return items


def error_summary(*sources) -> SafeString:
    """The box at the top of a page that lists every error of these forms; nothing where there is none."""
    items = [item for source in sources for item in error_items(source)]
    if not items:
        return SafeString("")
    return render("error-summary", {"titleText": "There is a problem", "errorList": items})
