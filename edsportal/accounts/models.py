import secrets

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from edsportal.audit.declaration import Audit

NOT_USED = "the portal doesn't use it"


def one_line(name: str) -> str:
    """A name without line breaks, which would be lines of their own in an e-mail's head or in a file."""
    return " ".join(name.split())


class UserManager(BaseUserManager):
    def create_user(self, *, email: str, name: str, password: str | None = None, **fields):
        """Make a person who signs in by e-mail; without a password they can't sign in with one.

        Raises ValueError without an e-mail address or a name.
        """
        if not email or not name:
            raise ValueError("A person needs an e-mail address and a name.")
        user = self.model(email=email.strip().lower(), name=one_line(name), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_guest(self, *, name: str, until):
        """Make a person known by a name alone, signed in until then. The address stands for none (RFC 2606)."""
        return self.create_user(
            email=f"guest-{secrets.token_hex(12)}@guest.invalid", name=name, guest_until=until
        )

    def create_superuser(self, *, email: str, name: str, password: str | None = None, **fields):
        """An administrator: see `User.is_superuser`."""
        return self.create_user(
            email=email, name=name, password=password, is_staff=True, is_superuser=True, **fields
        )

    def get_by_natural_key(self, email: str):
        return self.get(email=email.strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. The e-mail address is the name, kept in lower case.

    An administrator of the portal is a superuser; every other role is held in an organisation
    (`casestudies.Role`) or on a panel (`scoring.PanelMember`).
    """

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField("can sign in", default=True)
    is_staff = models.BooleanField("may use the admin site", default=False)
    is_demo = models.BooleanField("demo person", default=False, editable=False)
    demo_note = models.CharField(max_length=200, blank=True, editable=False)  # what the demo person shows
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    # Somebody who joined a workshop on a phone: no e-mail address, no password, signed in until then and no longer.
    guest_until = models.DateTimeField(null=True, blank=True, editable=False)

    # When everything that says who this was went; their number stands in the name that is left.
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    daily_email = models.BooleanField("one e-mail a day", default=False)  # in place of one for each message

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    audit = Audit(
        area="people",
        hidden=("email", "name", "password"),
        skipped=("last_login",),
        relations_not_logged={"groups": NOT_USED, "user_permissions": NOT_USED},
        is_named=True,
    )

    class Meta:
        ordering = ["name", "email"]
        indexes = [
            models.Index(
                fields=["name", "email"],
                condition=Q(guest_until=None, erased_at=None),
                name="user_with_account",
            ),
            models.Index(fields=["name", "email"], condition=Q(is_superuser=True), name="user_administrator"),
        ]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique_any_case"),
            models.CheckConstraint(condition=~Q(name=""), name="user_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    @property
    def is_guest(self) -> bool:
        return self.guest_until is not None

    @property
    def is_administrator(self) -> bool:
        return self.is_active and self.is_superuser


class OutgoingEmail(models.Model):
    """An e-mail that is to be sent, or was: see edsportal/accounts/outbox.py.

    Claimed and not sent, it may have gone, and is not tried again. `of_kind` and `of_row` name the row whose `sent_at`
    says when it went, `of_review` the review that it is about. What has a text in `once` is stored once for each
    address. One that `is_daily` waits for the person's e-mail of the day, and is then a part of that.
    """

    template = models.CharField(max_length=100)
    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    of_kind = models.CharField(max_length=100, blank=True)
    of_row = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=100, blank=True)
    of_review = models.BigIntegerField(null=True, blank=True, db_index=True)
    once = models.CharField(max_length=100, blank=True)
    is_daily = models.BooleanField(default=False)
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")

    audit = Audit(not_logged="it may hold links that let people in; the row that it is about is logged")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "once", "to"], condition=~Q(once=""), name="outgoing_email_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} to {self.to}"
