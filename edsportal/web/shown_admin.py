"""The admin site as the portal has it: off, unless ADMIN_SITE turns it on, and then it only shows.

Pages of the portal do what administrators need, with the rules and the audit log's reasons; the admin site would pass
those by.
"""

from django.contrib import admin


class ShownAdmin(admin.ModelAdmin):
    """Rows to look at: nobody adds, changes or deletes any here."""

    actions = None

    def has_add_permission(self, request, *args) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.is_administrator
