"""The admin site for what administrators look after: frameworks, organisations, people's roles."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied

from casestudies import models
from casestudies.frameworks.rules import why_frozen
from casestudies.models import Framework


class NeverDeleted:
    """What records belong to stays. Listing those records, as Django would, might tell what a panel judged."""

    def has_delete_permission(self, request, obj=None):
        return False

    def delete_view(self, request, object_id, extra_context=None):
        kind = self.model._meta.verbose_name_plural.capitalize()
        raise PermissionDenied(f"{kind} are never deleted, for what happened in them is on record.")


class OnlyDrafts:
    """Rows of a framework: read-only unless it is a draft that no review uses. Deleting and retiring have pages."""

    actions = None
    path = ""  # from a row to its framework

    def _is_open(self, row) -> bool:
        for step in filter(None, self.path.split("__")):
            row = getattr(row, step)
        return why_frozen(row) is None

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or self._is_open(obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or self._is_open(obj))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """A new row can join a draft alone."""
        drafts = Framework.objects.filter(status=Framework.Status.DRAFT, reviews=None)
        if db_field.name == "framework":
            kwargs["queryset"] = drafts
        if db_field.name == "domain":
            kwargs["queryset"] = models.Domain.objects.filter(framework__in=drafts).select_related(
                "framework"
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class FrozenInline(OnlyDrafts, admin.TabularInline):
    """`path` leads from the row of the page, whose part this is."""

    extra = 0

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and (obj is None or self._is_open(obj))


class GradeInline(FrozenInline):
    model = models.Grade


class BandInline(FrozenInline):
    model = models.Band


class DescriptorInline(FrozenInline):
    model = models.RatingDescriptor
    max_num = 4
    path = "domain__framework"


class OutcomeAreaInline(FrozenInline):
    model = models.OutcomeArea
    show_change_link = True
    path = "framework"


@admin.register(Framework)
class FrameworkAdmin(OnlyDrafts, admin.ModelAdmin):
    """For what the pages under /frameworks/ can't do to a draft: another scale, other bands, other domains."""

    list_display = ["name", "status"]
    readonly_fields = ["status"]  # a draft is put in use by its own page
    inlines = [GradeInline, BandInline]


@admin.register(models.Domain)
class DomainAdmin(OnlyDrafts, admin.ModelAdmin):
    list_display = ["__str__", "framework", "aggregation"]
    list_select_related = ["framework"]
    list_filter = ["framework"]
    inlines = [OutcomeAreaInline]
    path = "framework"


@admin.register(models.OutcomeArea)
class OutcomeAreaAdmin(OnlyDrafts, admin.ModelAdmin):
    list_display = ["code", "statement", "domain", "framework"]
    list_select_related = ["domain__framework"]
    list_filter = ["domain__framework"]
    search_fields = ["code", "statement"]
    inlines = [DescriptorInline]
    path = "domain__framework"

    @admin.display(ordering="domain__framework")
    def framework(self, area):
        return area.domain.framework


class RoleInline(admin.TabularInline):
    model = models.Role
    extra = 0
    autocomplete_fields = ["user"]


@admin.register(models.Organisation)
class OrganisationAdmin(NeverDeleted, admin.ModelAdmin):
    list_display = ["name", "kind", "ods_code", "ics"]
    list_select_related = ["ics"]
    search_fields = ["name", "ods_code"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [RoleInline]


@admin.register(models.IntegratedCareSystem)
class IntegratedCareSystemAdmin(admin.ModelAdmin):
    search_fields = ["name"]
