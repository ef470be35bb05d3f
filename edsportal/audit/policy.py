"""Which tables the trail follows, what it doesn't keep of them, and which rows nobody may ever change."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import models

UPDATE, DELETE = "UPDATE", "DELETE"

# Rows that the database refuses to change; where DELETE isn't named they may go with what they belong to.
FROZEN = {
    "trail.Entry": (UPDATE, DELETE),
    "casestudies.Change": (UPDATE, DELETE),
    "casestudies.FrameworkChange": (UPDATE, DELETE),
    "casestudies.StageMove": (UPDATE, DELETE),
    "casestudies.Version": (UPDATE,),
    "casestudies.Explanation": (UPDATE,),
    "scoring.Score": (UPDATE, DELETE),
    "scoring.AgreedScore": (UPDATE, DELETE),
    "scoring.Publication": (UPDATE, DELETE),
    "scoring.PublicationFile": (UPDATE, DELETE),
    "scoring.Approval": (UPDATE,),
    "scoring.ProgressNote": (UPDATE,),
    "scoring.Commentary": (UPDATE,),
    "casestudies.ObjectiveNote": (UPDATE,),
    "casestudies.DutyPublication": (UPDATE,),
}
# Tables that the trail doesn't follow, each with the reason.
LEFT_OUT = {
    "trail.Entry": "it is the trail",
    "scoring.Draft": "what a member types before they submit is theirs alone and no record",
    "scoring.ScoreSheet": "counts the saves of a draft",
    "scoring.ReportUpload": "a file that one person looks through before it is stored; it goes within a day or so",
    "scoring.SearchText": "the index of the search: it repeats what other tables say",
    "scoring.PublicationRun": "a report that is being published: it goes once it is, and the publication stays",
    "scoring.RunFile": "its files that are made already",
    "admin.LogEntry": "the admin site's own list of what was done there",
    "contenttypes.ContentType": "Django's list of tables",
    "auth.Permission": "Django's list of permissions, which the portal doesn't use",
    "auth.Group": "the portal doesn't use it",
    "auth.Group_permissions": "the portal doesn't use it",
    "accounts.User_groups": "the portal doesn't use it",
    "accounts.User_user_permissions": "the portal doesn't use it",
    "sessions.Session": "comes and goes with each sign-in",
}
# Columns whose change is noted without saying what they held: judgements have one door (`Score.objects.visible_to`),
# and what tells who a person is must go when their account is erased.
WITHHELD = {
    "scoring.Score": ("value", "abstained", "rationale", "reason"),
    "scoring.AgreedScore": ("value", "not_applicable", "rationale"),
    "scoring.PanelMember": ("name", "email"),
    "scoring.PanelMessage": ("address",),
    "scoring.DeclaredInterest": ("reason",),
    "scoring.PastInterest": ("reason", "why"),
    "scoring.Recommendation": ("owner_email",),
    "scoring.OwnerMessage": ("address",),
    "scoring.DomainChoice": ("chosen_by", "reason"),
    "accounts.User": ("email", "name", "password"),
    "account.EmailAddress": ("email",),
    "account.EmailConfirmation": ("key",),
    "mfa.Authenticator": ("data",),
    "socialaccount.SocialAccount": ("uid", "extra_data"),
    "socialaccount.SocialApp": ("client_id", "secret", "key", "settings"),
    "socialaccount.SocialToken": ("token", "token_secret"),
}
# Columns that the trail leaves out: they change with each sign-in, or stand in a row that is frozen or soon will be.
SKIPPED = {
    "accounts.User": ("last_login",),
    "mfa.Authenticator": ("last_used_at",),
    "socialaccount.SocialAccount": ("last_login",),
    "casestudies.Version": ("content",),
    "casestudies.Handover": ("content",),
    "casestudies.Section": ("page", "saved_at"),
    "scoring.Publication": ("content", "edition"),
    "scoring.PublicationRun": ("content", "edition"),
}
LABELS = ("what", "title", "heading", "name", "action")  # the first of them that a table has names its rows


@dataclass(frozen=True, kw_only=True)
class Followed:
    """A table that the trail follows. A path is the columns that lead from a row to another, as (table, column)."""

    kind: str
    table: str
    key: str
    withheld: tuple[str, ...]
    skipped: tuple[str, ...]
    label: str
    to_organisation: tuple[tuple[str, str], ...]
    to_review: tuple[tuple[str, str], ...]
    to_case_study: tuple[tuple[str, str], ...]


def followed() -> Iterator[Followed]:
    for model in all_models():
        if model._meta.label not in LEFT_OUT:
            yield _followed(model)


def all_models() -> list[type[models.Model]]:
    """Every model with a table of its own, and those of many-to-many relations."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def frozen() -> Iterator[tuple[str, str]]:
    """Table and operation (UPDATE or DELETE) of everything that is refused."""
    for label, operations in FROZEN.items():
        for operation in operations:
            yield apps.get_model(label)._meta.db_table, operation


def _followed(model: type[models.Model]) -> Followed:
    label = model._meta.label
    withheld = WITHHELD.get(label, ())
    columns = {field.name: field.column for field in model._meta.concrete_fields}
    binary = [field.name for field in model._meta.concrete_fields if isinstance(field, models.BinaryField)]
    names = [name for name in LABELS if name in columns and name not in withheld]
    return Followed(
        kind=model._meta.label_lower,
        table=model._meta.db_table,
        key=model._meta.pk.column,
        withheld=tuple(columns[name] for name in withheld),
        skipped=tuple(columns[name] for name in (*SKIPPED.get(label, ()), *binary)),
        label=columns[names[0]] if names else "",
        to_organisation=path(model, "casestudies.organisation"),
        to_review=path(model, "casestudies.review"),
        to_case_study=path(model, "casestudies.casestudy"),
    )


def path(model: type[models.Model], target: str) -> tuple[tuple[str, str], ...]:
    """The shortest way over foreign keys, preferring those that are always set; () where there is none."""
    waiting = deque([(model, ())])
    seen = {model}
    if model._meta.label_lower == target:
        return ((model._meta.db_table, model._meta.pk.column),)
    while waiting:
        here, steps = waiting.popleft()
        fields = [field for field in here._meta.concrete_fields if field.remote_field]
        for field in sorted(fields, key=lambda field: field.null):
            further = field.related_model
            way = (*steps, (here._meta.db_table, field.column))
            if further._meta.label_lower == target:
                return way
            if further not in seen and further._meta.label != settings.AUTH_USER_MODEL:
                seen.add(further)
                waiting.append((further, way))
    return ()
