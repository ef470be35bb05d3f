"""The admin site for setting up a panel. Scores are not here: `Score.objects.visible_to` is their only door."""

from django.contrib import admin

from casestudies.admin import NeverDeleted
from casestudies.models import PanelMember, Review


class PanelMemberInline(admin.StackedInline):
    model = PanelMember
    extra = 0
    autocomplete_fields = ["user"]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "domains":
            kwargs["queryset"] = db_field.related_model.objects.select_related("framework")
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Review)
class ReviewAdmin(NeverDeleted, admin.ModelAdmin):
    """Sets up a review and its panel."""

    list_display = ["organisation", "year", "framework", "stage"]
    list_select_related = ["organisation", "framework"]
    search_fields = ["organisation__name", "year"]
    readonly_fields = ["stage"]
    inlines = [PanelMemberInline]
