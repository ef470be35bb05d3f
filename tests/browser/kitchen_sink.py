"""A page with every component that a form can have, for tests/browser/test_forms.py."""

import datetime

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from edsportal.nhsuk.forms import Button, DateField, Fieldset, Link, NhsukForm, UrlField
from edsportal.urls import urlpatterns as portal

PAGE = """{% extends "base.html" %}{% load crispy_forms_tags nhsuk %}
{% block title %}Every component{% endblock %}
{% block breadcrumbs %}{% breadcrumbs "Reviews" "/reviews/" "Oakdale" "/reviews/oakdale/" %}{% endblock %}
{% block content %}<h1>Every component</h1>
{% nhsukblock "details" summary="What is this?" %}<p>A page for tests.</p>{% endnhsukblock %}
{% crispy form %}
{% pagination page "reviews" %}{% endblock %}"""

POINTS = [
    ("0", "0 Undeveloped"),
    ("1", "1 Developing"),
    ("2", "2 Achieving"),
    ("3", "3 Excelling"),
    ("abstain", "I can’t judge this, so I abstain"),
]


class Everything(NhsukForm):
    service = forms.CharField(label="Name of the service", help_text="As patients know it", max_length=100)
    email = forms.EmailField(label="E-mail address", widget=forms.EmailInput({"autocomplete": "email"}))
    link = UrlField(label="Web address (optional)", required=False)
    people = forms.IntegerField(label="How many people use it in a year?", min_value=0)
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    evidence = forms.CharField(label="Evidence", widget=forms.Textarea({"rows": 5}), max_length=50)
    notes = forms.CharField(label="Notes (optional)", widget=forms.Textarea({"rows": 3}), required=False)
    domain = forms.ChoiceField(label="Domain", choices=[("", "Choose one"), ("1", "Domain 1")])
    points = forms.ChoiceField(
        label="1A: patients have required levels of access", choices=POINTS, widget=forms.RadioSelect
    )
    why = forms.CharField(label="Why do you abstain?", required=False)
    ready = forms.ChoiceField(
        label="Is it ready?", choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect
    )
    groups = forms.MultipleChoiceField(
        label="Who is the evidence about?",
        help_text="Select all that apply",
        choices=[("age", "Age"), ("disability", "Disability"), ("race", "Race")],
        widget=forms.CheckboxSelectMultiple,
    )
    held = DateField(
        label="When was the event?", help_text="For example 8 3 2026", subject="The event’s date"
    )
    file = forms.FileField(label="File")
    agree = forms.BooleanField(label="I declare that I have no interest in this service")
    token = forms.CharField(widget=forms.HiddenInput, initial="kept")

    nhsuk = {
        "points": {
            "label_size": "m",
            "item_hints": {"0": "No or little activity", "3": "All groups with protected characteristics"},
            "dividers": {"abstain": "or"},
            "reveals": {"abstain": ["why"]},
        },
        "ready": {"inline": True},
        "groups": {"small": True},
    }
    layout = [
        Fieldset(
            "The service", "service", "email", "link", "people", "password", hint="All of it is made up."
        ),
        *("evidence", "notes", "domain", "points", "ready", "groups", "held", "file", "agree", "token"),
    ]
    buttons = [
        Button("Save and continue"),
        Button("Save as a draft", "action", "draft", variant="secondary"),
        Button("Delete", "action", "delete", variant="warning"),
        Link("Cancel", "/"),
    ]

    def clean(self):
        if self.cleaned_data.get("points") == "abstain":
            self.need("why", "Say why you abstain")


@login_not_required
def every_component(request):
    form = Everything(
        request.POST or None, request.FILES or None, initial={"held": datetime.date(2026, 3, 8)}
    )
    if request.method == "POST" and form.is_valid():
        return HttpResponse("saved")
    if "told" in request.GET:
        messages.success(request, "Your scores are saved.")
        messages.info(request, "The panel meets on 3 June.")
    context = {"form": form, "page": Paginator(range(100), 10).page(4)}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


urlpatterns = [path("every-component/", every_component), *portal]
