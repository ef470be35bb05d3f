"""The admin site for the people who sign in."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from edsportal.accounts.administrators import LastAdministrator, is_last
from edsportal.accounts.models import User
from edsportal.accounts.second_step import remove_second_step
from edsportal.audit.models import Entry

admin.site.unregister(Group)  # roles are held in organisations, not in Django's groups
for model in (EmailAddress, SocialAccount, SocialApp, SocialToken, Authenticator):
    admin.site.unregister(
        model
    )  # who signs in how is set by the person and by settings; secrets are shown to nobody


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "name"]


class ChangeUserForm(UserChangeForm):
    def clean(self) -> dict:
        data = super().clean()
        if is_last(self.instance) and not (data.get("is_superuser") and data.get("is_active")):
            raise ValidationError(str(LastAdministrator()))
        return data


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    form = ChangeUserForm
    add_form = NewUserForm
    list_display = ["name", "email", "is_active", "is_superuser"]
    list_filter = ["is_active", "is_superuser", ("guest_until", admin.EmptyFieldListFilter)]
    search_fields = ["name", "email"]
    ordering = ["name", "email"]
    filter_horizontal = []
    actions = ["remove_second_step"]
    readonly_fields = ["last_login", "joined_at", "guest_until"]
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        ("What they may do", {"fields": ["is_active", "is_staff", "is_superuser"]}),
        ("Dates", {"fields": ["last_login", "joined_at", "guest_until"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})]

    def has_delete_permission(self, request, obj=None) -> bool:
        """One by one, so that the last administrator is never among many; and nobody who ever changed anything."""
        if obj is None or is_last(obj) or Entry.objects.filter(by=obj).exists():
            return False
        return super().has_delete_permission(request, obj)

    @admin.action(description="Remove the second step (phone and codes lost)")
    def remove_second_step(self, request, queryset) -> None:
        """They then sign in with their password, and set it up anew where their roles need one."""
        for user in queryset:
            remove_second_step(user=user)
            self.log_change(request, user, "Second step removed.")
        self.message_user(request, "You removed the second step. We told them by e-mail.")
