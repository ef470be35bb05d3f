"""Finds every form of the portal's pages, fills it in as a person would, and spoils what was filled in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve
from lxml import html

THEIRS = 900_001  # the number of every row of the body elsewhere
Values = dict[str, list]


@dataclass(frozen=True)
class Form:
    """One form of a page: the address it is sent to, and a value for each field that a browser would take."""

    address: str
    method: str
    values: Values = field(hash=False)
    files: tuple[str, ...] = ()
    buttons: tuple[tuple[str, str], ...] = ()  # name and value of each that tells which was pressed

    @property
    def fields(self) -> list[str]:
        return [*self.values, *self.files]

    def key(self) -> tuple:
        """Forms that are sent to one view with the same fields are one: each row of a list has such a form."""
        return resolve(self.address).view_name, self.method, tuple(sorted(self.fields))


def forms_of(page: bytes, address: str) -> list[Form]:
    """The forms of a page at this address, those apart that one button sends elsewhere."""
    found = []
    for form in html.fromstring(page).forms:
        target = form.action or address
        values, files = _filled_in(form)
        pressed = tuple(
            (each.get("name"), each.get("value") or "") for each in form.xpath(".//button[@name]")
        )
        found.append(Form(target.split("?")[0], form.method.lower(), values, files, pressed))
        for button in form.xpath(".//button[@formaction]"):
            found.append(replace(found[-1], address=button.get("formaction")))
    return found


def _filled_in(form) -> tuple[Values, tuple[str, ...]]:
    values, files = {}, []
    for box in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        name, kind = box.get("name"), box.get("type") or box.tag
        if name in ("csrfmiddlewaretoken", "typed_by"):
            continue
        if kind == "file":
            files.append(name)
        elif kind == "checkbox" and box.get("value"):
            values.setdefault(name, []).append(box.get("value"))
        elif kind == "radio":
            if name not in values or box.get("checked") is not None:
                values[name] = [box.get("value") or "on"]
        else:
            values[name] = [_value(box, kind)]
    return values, tuple(files)


def _value(box, kind: str) -> str:
    if box.tag == "select":
        return next((each.get("value") for each in box.xpath(".//option") if each.get("value")), "")
    if box.tag == "textarea":
        return box.text or "Some words"
    if box.get("value"):
        return box.get("value")
    name = box.get("name")
    parts = {"_day": "1", "_month": "2", "_year": "2027"}
    by_name = next((value for end, value in parts.items() if name.endswith(end)), None)
    return by_name or {"email": "new@example.org", "number": "1", "hidden": ""}.get(kind, "Some words")


# What nobody means well by, and what happens when a connection breaks or a page is old.
SCRIPT = "<script>alert(1)</script>"
BAD: dict[str, str] = {
    "null byte": "a\x00b",
    "huge number": "9" * 40,
    "less than nothing": "-1",
    "too long": "x" * 60_000,
    "a formula, script, template, path and odd letters": f'=HYPERLINK("http://evil.example","x"){SCRIPT}'
    "{{ 7*7 }}{% load x %}%s%n${7*7}../../etc/passwd\u202e\U0001f600e\u0301\ufeff\U0010ffff\u2028",
    "somebody else's": str(THEIRS),
    "structure": '{"a": [1, {"b": null}]}',
    "digits of another script": "٣²½",
    "nothing but space": " \t\r\n ",
}
IN_ONE_FIELD = {
    True: ("huge number", "somebody else's"),
    False: ("null byte",),
}  # by whether it holds a number
FILES = {
    "empty": lambda: SimpleUploadedFile("a.docx", b""),
    "no file of its kind": lambda: SimpleUploadedFile("../../a\x00.docx", b"MZ\x00\x01" * 50, "text/html"),
}


# For an address whose form stands on no page of the walk: names that forms of the portal use.
COMMON = (
    "body",
    "code",
    "email",
    "html",
    "joinings",
    "kinds",
    "name",
    "number",
    "pk",
    "reason",
    "revision",
    "statement",
)


def unseen(address: str) -> Form:
    return Form(address, "post", {name: ["1"] for name in COMMON})


def spoilt(form: Form) -> Iterator[tuple[str, Values]]:
    """The form in every bad way: its name, and what is sent. A browser always sends the token."""
    for kind, sent in _ways(form):
        yield kind, sent | {"csrfmiddlewaretoken": ["x"]}


def _ways(form: Form) -> Iterator[tuple[str, Values]]:
    for kind, bad in BAD.items():
        yield kind, {name: [bad] for name in form.values} | _files(form, "empty")
    yield "all missing", {}
    yield "every second missing", dict(list(form.values.items())[::2])
    yield "every other missing", dict(list(form.values.items())[1::2])
    yield "all twice", {name: [*values, *values, BAD["huge number"]] for name, values in form.values.items()}
    yield "more than asked", form.values | {name: ["1"] for name in ("id", "pk", "user", "is_superuser")}
    for name, value in form.buttons:
        yield f"button {name}", form.values | {name: [value]}
        yield (
            f"button {name}, all null bytes",
            {each: [BAD["null byte"]] for each in form.fields} | {name: [value]},
        )
    for kind in FILES if form.files else ():
        yield f"file: {kind}", form.values | _files(form, kind)
    for name in form.values:
        for kind in IN_ONE_FIELD[str(form.values[name][0]).isdecimal()]:
            yield f"{name}: {kind}", form.values | {name: [BAD[kind]]}


def _files(form: Form, kind: str) -> Values:
    make: Callable = FILES[kind]
    return {name: [make()] for name in form.files}
