"""The admin site's lists of frameworks, organisations and reviews. Panels, scores and texts are not here."""

from django.contrib import admin

from casestudies import models
from edsportal.web.shown_admin import ShownAdmin


@admin.register(models.Framework)
class FrameworkAdmin(ShownAdmin):
    list_display = ["name", "status"]


@admin.register(models.Domain)
class DomainAdmin(ShownAdmin):
    list_display = ["__str__", "framework", "aggregation"]
    list_select_related = ["framework"]
    list_filter = ["framework"]


@admin.register(models.OutcomeArea)
class OutcomeAreaAdmin(ShownAdmin):
    list_display = ["code", "statement", "domain"]
    list_select_related = ["domain__framework"]
    list_filter = ["domain__framework"]
    search_fields = ["code", "statement"]


@admin.register(models.Organisation)
class OrganisationAdmin(ShownAdmin):
    list_display = ["name", "kind", "ods_code", "ics"]
    list_select_related = ["ics"]
    search_fields = ["name", "ods_code"]


@admin.register(models.IntegratedCareSystem)
class IntegratedCareSystemAdmin(ShownAdmin):
    search_fields = ["name"]


@admin.register(models.Review)
class ReviewAdmin(ShownAdmin):
    """Which reviews there are, without what they say."""

    list_display = ["organisation", "year", "framework", "stage"]
    list_select_related = ["organisation", "framework"]
    search_fields = ["organisation__name", "year"]
    fields = ["organisation", "year", "framework", "stage"]
