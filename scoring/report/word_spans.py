"""Cutting the words of a paragraph of a Word file."""

from dataclasses import replace

from eds.markdown import Span


def split(spans: list[Span]) -> list[list[Span]]:
    """The lines of a paragraph that breaks its lines itself."""
    lines: list[list[Span]] = [[]]
    for span in spans:
        first, *others = span.text.split("\n")
        lines[-1].append(replace(span, text=first))
        lines += [[replace(span, text=text)] for text in others]
    return [line for line in lines if plain(line)]


def plain(spans: list[Span]) -> str:
    return "".join(span.text for span in spans).strip()


def stripped(spans: list[Span]) -> list[Span]:
    """Without spaces at the paragraph's ends."""
    spans = [span for span in spans if span.text]
    while spans and not spans[0].text.strip():
        spans = spans[1:]
    while spans and not spans[-1].text.strip():
        spans = spans[:-1]
    if spans:
        spans = [replace(spans[0], text=spans[0].text.lstrip()), *spans[1:]]
        spans = [*spans[:-1], replace(spans[-1], text=spans[-1].text.rstrip())]
    return spans


def without_common_look(spans: list[Span]) -> list[Span]:
    said = [span for span in spans if span.text.strip()]
    if said and all(span.bold for span in said):
        spans = [replace(span, bold=False) for span in spans]
    if said and all(span.italic for span in said):
        spans = [replace(span, italic=False) for span in spans]
    return spans


def is_all_bold(spans: list[Span]) -> bool:
    said = [span for span in spans if span.text.strip()]
    return bool(said) and all(span.bold for span in said)
