"""Search: what was written in case studies, evidence, commentary and recommendations of all years."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import render

from edsportal.nhsuk.forms import Button, NhsukForm
from scoring.models import SearchText
from scoring.search.corrections import Correction, corrected, corrections
from scoring.search.find import Limits, hits, matching_texts, reports_named, words_of

PER_PAGE = 20


@login_not_required
def search(request):
    """Who is signed in finds what they may read; everybody finds what is published."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    page = {"form": form}
    if form.is_valid():
        words = words_of(form.cleaned_data["q"])
        if words:
            page |= _found(request, form, words)
        else:
            form.add_error("q", "Enter a word that describes what you are looking for")
    return render(request, "scoring/search/search.html", page)


def _found(request, form: "SearchForm", words: tuple[str, ...]) -> dict:
    """What was found; words that nothing holds are looked for as the nearest that something does."""
    limits = Limits(**{name: form.cleaned_data[name] for name in ("organisation", "year", "kind")})
    page = _page(request, words, limits)
    first = (
        next(iter(page), None) if page.number == 1 else matching_texts(request.user, words, limits).first()
    )
    instead: tuple[Correction, ...] = ()
    if getattr(first, "matched", 0) < len(words):
        instead = corrections(request.user, words)
        words = corrected(words, instead)
        page = _page(request, words, limits) if instead else page
    named = reports_named(form.cleaned_data["q"]) if page.number == 1 and limits == Limits() else []
    return {
        "page": page,
        "hits": hits(list(page), words),
        "words": words,
        "corrections": instead,
        "reports": named,
    }


def _page(request, words: tuple[str, ...], limits: Limits):
    return Paginator(matching_texts(request.user, words, limits), PER_PAGE).get_page(request.GET.get("page"))


# What somebody looks for.


class WordsField(forms.CharField):
    """One line of text; control characters, which nobody types, are taken out."""

    def to_python(self, value):
        text = super().to_python(value)
        return "".join(sign if sign.isprintable() else " " for sign in text).strip()


class SearchForm(NhsukForm):
    q = WordsField(
        label="What are you looking for?",
        help_text="For example: interpreting, or evidence on access for carers.",
        max_length=200,
        error_messages={"required": "Enter a word to look for"},
    )
    organisation = WordsField(
        label="Organisation (optional)",
        help_text="Part of its name, or its ODS code",
        max_length=200,
        required=False,
    )
    year = forms.RegexField(
        r"^20\d\d$",
        label="Year (optional)",
        required=False,
        error_messages={"invalid": "Enter a year, like 2026"},
    )
    kind = forms.ChoiceField(
        label="What should we search? (optional)",
        choices=[("", "Everything"), *SearchText.Kind.choices],
        required=False,
    )
    method = "get"
    buttons = [Button("Search")]
    nhsuk = {"organisation": {"width": 20}, "year": {"width": 4}}
