"""NHS.UK components in templates. `{% load nhsuk %}` first.

{% nhsuk "button" text="Save" variant="secondary" %}           any component, with its macro's options
{% nhsuk "tag" text=status colour="grey" %}
{% nhsuk "card" heading__text="Maternity" heading__level=3 %}  two underscores reach an option inside another
{% nhsuk "task-list" tasks %}                                  or a dictionary of options from the view
{% nhsukblock "details" summary="What is this?" %}<p>…</p>{% endnhsukblock %}
{% breadcrumbs "Reviews" reviews_url "Oakdale 2025" review_url %}
{% back_link "My work" work_url %}
{% pagination page "reviews" %}                                a page of Django's paginator
{% nhsuk_field form.title %}                                   one field of a form
{% nhsuk_errors form %}                                        error summary of these forms
"""

from crispy_forms.layout import BaseInput
from django import template
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from edsportal.nhsuk import errors, fields, macros

register = template.Library()


@register.simple_tag
def nhsuk(component: str, params: dict | None = None, **options) -> SafeString:
    return macros.render(component, macros.merged(params or {}, macros.nested(options)))


@register.simple_block_tag
def nhsukblock(content: SafeString, component: str, params: dict | None = None, **options) -> SafeString:
    return macros.render(component, macros.merged(params or {}, macros.nested(options)), inside=content)


@register.simple_tag
def breadcrumbs(*texts_and_links: str) -> SafeString:
    """The way to this page: each step's words, then its address. The page itself is not among them."""
    steps = zip(texts_and_links[::2], texts_and_links[1::2], strict=True)
    items = [{"text": macros.plain(text), "href": macros.plain(href)} for text, href in steps]
    return macros.render("breadcrumb", {"items": items})


@register.simple_tag
def back_link(text: str, href: str) -> SafeString:
    """One step back. A landmark of its own, for it stands outside the main part, as breadcrumbs do."""
    link = macros.render("back-link", {"text": macros.plain(text), "href": href})
    return format_html('<nav aria-label="Back">{}</nav>', link)


@register.simple_tag(takes_context=True)
def pagination(context, page, name: str) -> SafeString:
    """Links to the other pages of a long list, such as "reviews"; nothing where all is on one page."""
    if page.paginator.num_pages == 1:
        return SafeString("")
    query = context["request"].GET.copy()

    def link(number) -> dict:
        query["page"] = number
        return {"number": number, "href": f"?{query.urlencode()}", "current": number == page.number}

    numbers = page.paginator.get_elided_page_range(page.number)
    items = [link(number) if isinstance(number, int) else {"ellipsis": True} for number in numbers]
    params = {"items": items, "ariaLabel": f"Pages of {name}"}
    if page.has_previous():
        params["previous"] = link(page.previous_page_number())
    if page.has_next():
        params["next"] = link(page.next_page_number())
    return macros.render("pagination", params)


@register.simple_tag
def nhsuk_field(field: BoundField) -> SafeString:
    return fields.field_html(field)


@register.simple_tag
def nhsuk_fields(form: BaseForm) -> SafeString:
    return fields.fields_html(form)


@register.simple_tag
def nhsuk_errors(*forms) -> SafeString:
    return errors.error_summary(*forms)


@register.simple_tag(takes_context=True)
def page_errors(context) -> SafeString:
    """The error summary of the page's `form`, `formset` and `forms`."""
    return errors.error_summary(*forms_of(context))


@register.simple_tag(takes_context=True)
def title_prefix(context) -> str:
    """ "Error: " where a form of the page has one: the first thing that a screen reader says."""
    return "Error: " if any(errors.error_items(form) for form in forms_of(context)) else ""


@register.simple_tag(takes_context=True)
def nhsuk_input(context, given) -> SafeString:
    """A button of a form: ours, or one of crispy's own (`Submit`, `Reset`, `Button`, `Hidden`)."""
    if not isinstance(given, BaseInput):
        return given.render(context.get("form"), context)
    if given.input_type == "hidden":
        return format_html('<input type="hidden" name="{}" value="{}">', given.name, given.value)
    params = {"type": given.input_type, "name": given.name, "value": given.value, "id": given.id}
    return macros.render("button", params | {"text": macros.plain(given.value)})


def forms_of(context) -> list:
    candidates = [context.get("form"), context.get("formset"), *(context.get("forms") or [])]
    forms = {id(form): form for form in candidates if isinstance(form, BaseForm | BaseFormSet)}
    return [form for form in forms.values() if form.is_bound]
