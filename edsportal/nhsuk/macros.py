"""NHS.UK components: the macros of nhsuk-frontend-jinja, for Django templates and forms."""

from functools import cache, lru_cache

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from jinja2 import ChainableUndefined, Environment, PackageLoader
from jinja2.runtime import Macro
from markupsafe import Markup

# Components without a text that somebody types: their HTML is kept and used again.
REPEATED = {"back-link", "breadcrumb", "button", "checkboxes", "radios", "select", "skip-link", "tag"}


@cache
def environment() -> Environment:
    """Jinja for the macros alone: every text is escaped, and a component is read from disk once."""
    return Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"),
        undefined=ChainableUndefined,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def macro(component: str) -> Macro:
    """The macro of a component ("date-input"). Raises jinja2.TemplateNotFound where there is none."""
    module = environment().get_template(f"nhsuk/components/{component}/macro.jinja").module
    return next(value for value in vars(module).values() if isinstance(value, Macro))


def render(component: str, params: dict, inside: SafeString | None = None) -> SafeString:
    """The HTML of a component with the options of its NHS.UK macro, such as `{"text": "Save"}`.

    `text` is escaped; `html` is not, so it takes only what `format_html` or a template made.
    `inside` is HTML for the components that hold some, such as a card, details or an inset text.
    """
    if inside is not None:
        return SafeString(macro(component)(params, caller=lambda: Markup(inside)))  # noqa: S704 (a SafeString)
    if component in REPEATED:
        return remembered(component, Options(params))
    return SafeString(macro(component)(params))


class Options:
    """A macro's options, equal to others when the macro can't tell them apart."""

    def __init__(self, params: dict):
        self.params, self.key = params, fingerprint(params)

    def __eq__(self, other) -> bool:
        return self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=1000)
def remembered(component: str, options: Options) -> SafeString:
    """The HTML of components that come again on every page, which take their macro a millisecond or two."""
    return SafeString(macro(component)(options.params))


def fingerprint(value) -> tuple:
    """What tells options apart: True is not 1, and what is marked as safe is not the same text unmarked."""
    if isinstance(value, dict):
        return dict, *((name, fingerprint(each)) for name, each in value.items())
    if isinstance(value, list | tuple):
        return list, *(fingerprint(each) for each in value)
    return type(value), value


def plain(value) -> str:
    """The value as a text that will be escaped, even if somebody marked it as safe."""
    return str(value)[:]


def words(value) -> dict:
    """`text` or, for what the programmer marked as safe, `html`: Django's own rule for a template's value."""
    value = str(value) if isinstance(value, Promise) else value
    return {"html": str(value)} if hasattr(value, "__html__") else {"text": str(value)}


def merged(base: dict, extra: dict) -> dict:
    """`base` with `extra` laid over it, dictionaries inside them too; neither is changed."""
    result = dict(base)
    for key, value in extra.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = merged(result[key], value) if both else value
    return result


def nested(options: dict) -> dict:
    """Options as a template writes them, `heading__text="…"`, in the shape that the macros take."""
    result: dict = {}
    for name, value in options.items():
        for part in reversed(name.split("__")):
            value = {part: value}
        result = merged(result, value)
    return result
