"""Where administrators write an outcome area of a draft in easy words."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render

from casestudies.frameworks.easy_forms import EasyWordsForm
from casestudies.frameworks.easy_words import edit_easy_words
from casestudies.frameworks.views import area_door
from casestudies.models import OutcomeArea
from edsportal.web.addresses import url_of
from edsportal.web.refusals import ChangedMeanwhile


def easy_words(request: HttpRequest, pk: int, area: str):
    """The question and its grades in easy words, their picture, and what members practise on."""
    row, one = area_door(request, pk, area)
    given = {"grades": row.grade_words(), "address": url_of(row)}
    form = EasyWordsForm(request.POST or None, area=one, **given)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            edit_easy_words(area=one, seen=seen, edited_by=request.user, **form.wording())
        except ChangedMeanwhile as refused:
            now = EasyWordsForm(area=OutcomeArea.objects.get(pk=one.pk), **given)
            form.show_changed_meanwhile(refused, now)
        else:
            messages.success(request, f"You saved the easy words of {one.code}.")
            return redirect(row)
    page = {"framework": row, "area": one, "form": form}
    return render(request, "casestudies/frameworks/easy_words.html", page)
