"""Search: what was written in case studies, evidence, commentary and recommendations of all years."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import render

from scoring.forms.search import SearchForm
from scoring.search.find import found, hits, words_of

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
            form.add_error("q", "Enter a word that says what you are looking for")
    return render(request, "scoring/search.html", page)


def _found(request, words: tuple[str, ...]) -> dict:
    page = Paginator(found(request.user, words), PER_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "hits": hits(list(page.object_list), words), "words": words}
