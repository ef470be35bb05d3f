"""Settings of how people sign in, by which they stay signed in. A part of edsportal/settings.py."""

from edsportal.env import DEBUG, DEMO, flag, number, text

SITE_NAME = "Equality Delivery System portal"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["edsportal.accounts.backends.PortalBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_work"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "edsportal.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False  # a shared computer forgets the person when the browser is closed
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "reauthenticate": "edsportal.accounts.forms.ReauthenticateForm",
    "login": "edsportal.accounts.forms.LoginForm",
    "reset_password": "edsportal.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "edsportal.accounts.forms.ResetPasswordKeyForm",
    "change_password": "edsportal.accounts.forms.ChangePasswordForm",
    "set_password": "edsportal.accounts.forms.SetPasswordForm",
}

ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or second step is told by e-mail
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = number("TRUSTED_PROXIES", 1) if flag("BEHIND_PROXY") else 0

# A second step after the password. Who runs a review or the portal can't do without one.
SECOND_STEP_REQUIRED = flag("SECOND_STEP_REQUIRED", default=not DEMO)
MFA_ADAPTER = "edsportal.accounts.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address counts because the invitation reached it
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute wrong
MFA_FORMS = {
    "authenticate": "edsportal.accounts.second_step_forms.AuthenticateForm",
    "reauthenticate": "edsportal.accounts.second_step_forms.ReauthenticateForm",
    "activate_totp": "edsportal.accounts.second_step_forms.ActivateTOTPForm",
    "deactivate_totp": "edsportal.accounts.second_step_forms.DeactivateTOTPForm",
    "generate_recovery_codes": "edsportal.accounts.second_step_forms.GenerateRecoveryCodesForm",
    "add_webauthn": "edsportal.accounts.second_step_forms.AddWebAuthnForm",
    "edit_webauthn": "edsportal.accounts.second_step_forms.EditWebAuthnForm",
}

# Sign-in by the organisation's own identity provider (NHSmail, Microsoft Entra ID, CIS2), where one is named.
OIDC_SERVER_URL = text("OIDC_SERVER_URL")
OIDC_NAME = text("OIDC_NAME", "your organisation’s account") if OIDC_SERVER_URL else ""
OIDC_TRUSTS_ADDRESSES = flag("OIDC_TRUSTS_ADDRESSES")
OIDC_HAS_SECOND_STEP = flag("OIDC_HAS_SECOND_STEP")
SOCIALACCOUNT_ADAPTER = "edsportal.accounts.identity.IdentityAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # docs/decisions/0019: a form may not lead to another site
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
if OIDC_SERVER_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "organisation",
            "name": OIDC_NAME,
            "client_id": text("OIDC_CLIENT_ID"),
            "secret": text("OIDC_CLIENT_SECRET"),
            "settings": {"server_url": OIDC_SERVER_URL, "oauth_pkce_enabled": True},
        }
    ]

# Nobody stays signed in for longer than a working day, nor when they left: see edsportal/accounts/idle.py.
SESSION_IDLE_MINUTES = number("SESSION_IDLE_MINUTES", 30, least=5)
SESSION_HOURS = number("SESSION_HOURS", 12, least=1)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
