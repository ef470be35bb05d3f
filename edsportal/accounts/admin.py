"""The admin site's list of the people who sign in."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.auth.admin import Group  # whose module registers it

from edsportal.accounts.models import User
from edsportal.web.shown_admin import ShownAdmin

# Roles are held in organisations, not in Django's groups; secrets of signing in are shown to nobody.
for model in (Group, EmailAddress, SocialAccount, SocialApp, SocialToken, Authenticator):
    admin.site.unregister(model)


@admin.register(User)
class UserAdmin(ShownAdmin):
    list_display = ["name", "email", "is_active", "is_superuser"]
    list_filter = ["is_active", "is_superuser", ("guest_until", admin.EmptyFieldListFilter)]
    search_fields = ["name", "email"]
    ordering = ["name", "email"]
    fields = ["email", "name", "is_active", "is_superuser", "last_login", "joined_at", "guest_until"]
