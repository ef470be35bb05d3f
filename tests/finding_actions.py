"""Every action of the portal: the functions by which people write."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable

import casestudies
import scoring
from edsportal.accounts import administrators
from edsportal.accounts import changes as account_changes

PAGES = re.compile(r"\.(?:migrations|management|admin|urls|models|(?:\w+_)?views|(?:\w+_)?forms)(?:\.|$)")
# Functions that take their values by name alone and are no action of a person, and why.
NO_ACTIONS = {
    "notes.note_change": "keeps in words what another action changes",
    "moderation.meeting": "reads what the panel meets about",
    "frameworks.store_edition": "migrations and commands store the editions that ship",
}


def actions() -> dict[str, Callable]:
    """Every public function that takes its values by name alone, in features outside of pages and forms: the writes."""
    modules = [administrators, account_changes]
    for package in (casestudies, scoring):
        names = (each.name for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}."))
        modules += [importlib.import_module(name) for name in names if not PAGES.search(name)]
    found = {
        f"{module.__name__.split('.')[1]}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__ and is_write(name, value)
    }
    return {name: action for name, action in found.items() if name not in NO_ACTIONS}


def is_write(name: str, function: Callable) -> bool:
    kinds = {each.kind for each in inspect.signature(function).parameters.values()}
    return not name.startswith("_") and kinds == {inspect.Parameter.KEYWORD_ONLY}
