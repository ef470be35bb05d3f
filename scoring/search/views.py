"""Search: what was written in case studies, evidence, commentary and recommendations of all years."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import render

from edsportal.nhsuk.forms import Button, NhsukForm
from scoring.search.find import hits, matching_texts, words_of

PER_PAGE = 20


@login_not_required
def search(request):
    """Who is signed in finds what they may read; everybody finds what is published."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    page = {"form": form}
    if form.is_valid():
        words = words_of(form.cleaned_data["q"])
        if words:
            page |= _found(request, words)
        else:
            form.add_error("q", "Enter a word that describes what you are looking for")
    return render(request, "scoring/search/search.html", page)


def _found(request, words: tuple[str, ...]) -> dict:
    page = Paginator(matching_texts(request.user, words), PER_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "hits": hits(list(page.object_list), words), "words": words}


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
    method = "get"
    buttons = [Button("Search")]
