"""The admin site for what administrators look after: frameworks, organisations, people's roles, groups."""

from django.contrib import admin

from casestudies import models


class GradeInline(admin.TabularInline):
    model = models.Grade
    extra = 0


class BandInline(admin.TabularInline):
    model = models.Band
    extra = 0


class DescriptorInline(admin.TabularInline):
    model = models.RatingDescriptor
    extra = 0
    max_num = 4


class OutcomeAreaInline(admin.TabularInline):
    model = models.OutcomeArea
    extra = 0
    show_change_link = True


@admin.register(models.Framework)
class FrameworkAdmin(admin.ModelAdmin):
    list_display = ["name", "status"]
    inlines = [GradeInline, BandInline]


@admin.register(models.Domain)
class DomainAdmin(admin.ModelAdmin):
    list_display = ["__str__", "framework", "aggregation"]
    list_select_related = ["framework"]
    list_filter = ["framework"]
    inlines = [OutcomeAreaInline]


@admin.register(models.OutcomeArea)
class OutcomeAreaAdmin(admin.ModelAdmin):
    """Where an administrator edits an outcome area: its statement, guidance and rating descriptors."""

    list_display = ["code", "statement", "domain", "framework"]
    list_select_related = ["domain__framework"]
    list_filter = ["domain__framework"]
    search_fields = ["code", "statement"]
    inlines = [DescriptorInline]

    @admin.display(ordering="domain__framework")
    def framework(self, area):
        return area.domain.framework


class RoleInline(admin.TabularInline):
    model = models.Role
    extra = 0
    autocomplete_fields = ["user"]


@admin.register(models.Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "ods_code", "ics"]
    list_select_related = ["ics"]
    search_fields = ["name", "ods_code"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [RoleInline]


@admin.register(models.IntegratedCareSystem)
class IntegratedCareSystemAdmin(admin.ModelAdmin):
    search_fields = ["name"]


@admin.register(models.Group)
class GroupAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "organisation"]
    list_select_related = ["organisation"]
    list_filter = ["kind"]
