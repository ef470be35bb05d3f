"""What the portal holds about one person, as they may ask for it: everything, in words and dates, as plain values."""

from django.db.models import Model

from casestudies.models import PanelMessage
from edsportal.accounts.models import OutgoingEmail, User
from scoring.models import Draft, Score

# Told in a part of their own, so they are not counted again among the traces.
TOLD = {"role", "panelmember", "authenticator", "emailaddress", "socialaccount", "logentry"}


def own_data(user: User) -> dict:
    """Account, roles, seats, declared interests, scores, drafts, messages, and how often they stand anywhere else."""
    seats = list(
        user.panel_members.with_group().select_related("review__organisation").prefetch_related("domains")
    )
    return {
        "account": _account(user),
        "roles": [{"role": str(role), "since": role.given_at} for role in user.roles.all()],
        "places on panels": [_seat(seat) for seat in seats],
        "scores": [_score(row) for row in _scores(user)],
        "drafts of scores": [_draft(row) for row in _drafts(user)],
        "messages to you": [
            {"message": str(row), "address": row.address, "sent": row.sent_at}
            for row in PanelMessage.objects.filter(member__user=user)
        ]
        + [
            {"message": row.subject, "address": row.to, "sent": row.sent_at}
            for row in OutgoingEmail.objects.filter(to__iexact=user.email, of_kind="")
        ],
        "case studies that you write": [str(each) for each in user.case_studies.all()],
        "traces of what you did": traces(user),
    }


def _account(user: User) -> dict:
    return {
        "name": user.name,
        "e-mail address": user.email,
        "since": user.joined_at,
        "last signed in": user.last_login,
        "administrator": user.is_superuser,
        "one e-mail a day": user.daily_email,
        "second steps": [str(each.type) for each in user.authenticator_set.all()],
        "identity providers": [each.provider for each in user.socialaccount_set.all()],
    }


def _seat(seat) -> dict:
    return {
        "review": str(seat.review),
        "name": seat.name,
        "interest": seat.represents or "",
        "domains": [domain.number for domain in seat.domains.all()],
        "chair": seat.is_chair,
        "in the report": seat.get_named_as_display(),
        "left": seat.declined_at,
        "declared interests": [
            {
                "case study": str(row.case_study),
                "category": row.get_category_display(),
                "reason": row.reason,
                "declared": row.declared_at,
            }
            for row in seat.declared_interests.select_related("case_study")
        ],
    }


def _scores(user: User):
    rows = Score.objects.filter(member__user=user)
    return rows.select_related("version__case_study__review__organisation", "outcome_area").order_by("pk")


def _drafts(user: User):
    rows = Draft.objects.filter(sheet__member__user=user)
    return rows.select_related("sheet__case_study__review__organisation", "outcome_area").order_by("pk")


def _score(row: Score) -> dict:
    return _judgement(row, row.version.case_study) | {
        "reason for a change": row.reason,
        "submitted": row.submitted_at,
    }


def _draft(row: Draft) -> dict:
    return _judgement(row, row.sheet.case_study)


def _judgement(row, case_study) -> dict:
    return {
        "review": str(case_study.review),
        "case study": str(case_study),
        "outcome area": row.outcome_area.code,
        "score out of 3": row.value,
        "abstained": row.abstained,
        "why": row.rationale,
    }


def traces(user: User) -> dict[str, int]:
    """Every other table that names this person, found from the models: in which part, and how many rows."""
    counts = {}
    for relation in user._meta.get_fields(include_hidden=True):
        model = relation.related_model
        if not relation.one_to_many or not isinstance(model, type) or not issubclass(model, Model):
            continue
        if model._meta.model_name in TOLD:
            continue
        if count := model._base_manager.filter(**{relation.field.name: user}).count():
            counts[f"{model._meta.verbose_name}: {relation.field.verbose_name}"] = count
    return counts
