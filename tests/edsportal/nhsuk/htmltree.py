"""HTML as a tree that can be compared and searched, whatever its white space and order of attributes."""

import json
from html.parser import HTMLParser


class _Events(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found: list[tuple] = []

    def handle_starttag(self, tag, attrs):
        self.found.append(("open", tag, {name: tidy(value or "") for name, value in attrs}))

    def handle_endtag(self, tag):
        self.found.append(("close", tag))

    def handle_data(self, data):
        if data.strip():
            self.found.append(("text", tidy(data)))


def tidy(text: str) -> str:
    """One space for any run of them; a list in JSON in one way of writing."""
    if text.startswith("["):
        return json.dumps(json.loads(text))
    return " ".join(text.split())


def events(html: str) -> list[tuple]:
    """Tags, attributes and texts in their order."""
    parser = _Events()
    parser.feed(html)
    parser.close()
    return parser.found


def elements(html: str, tag: str, **attributes: str) -> list[dict]:
    """The attributes of every such element; `class_="x"` asks for one class among others."""
    wanted_class = attributes.pop("class_", None)
    return [
        event[2]
        for event in events(html)
        if event[:2] == ("open", tag)
        and all(event[2].get(name) == value for name, value in attributes.items())
        and (wanted_class is None or wanted_class in event[2].get("class", "").split())
    ]


def one(html: str, tag: str, **attributes: str) -> dict:
    found = elements(html, tag, **attributes)
    assert len(found) == 1, f"{len(found)} <{tag}> with {attributes} in {html}"
    return found[0]


def texts(html: str) -> str:
    """All that is read, in one line."""
    return " ".join(event[1] for event in events(html) if event[0] == "text")
