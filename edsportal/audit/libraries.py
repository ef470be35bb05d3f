"""What the audit log keeps of the tables of Django and django-allauth, by the model's label."""

from edsportal.audit.declaration import Audit

LIBRARIES = {
    "account.EmailAddress": Audit(area="people", hidden=("email",)),
    "account.EmailConfirmation": Audit(area="people", hidden=("key",)),
    "mfa.Authenticator": Audit(area="people", hidden=("data",), skipped=("last_used_at",)),
    "socialaccount.SocialAccount": Audit(
        area="people", hidden=("uid", "extra_data"), skipped=("last_login",)
    ),
    "socialaccount.SocialApp": Audit(
        area="people", label="name", hidden=("client_id", "secret", "key", "settings")
    ),
    "socialaccount.SocialToken": Audit(area="people", hidden=("token", "token_secret")),
    "admin.LogEntry": Audit(not_logged="the admin site's own list of what was done there"),
    "contenttypes.ContentType": Audit(not_logged="Django's list of tables"),
    "auth.Permission": Audit(not_logged="Django's list of permissions, which the portal doesn't use"),
    "auth.Group": Audit(not_logged="the portal doesn't use it"),
    "sessions.Session": Audit(not_logged="comes and goes with each sign-in"),
}
