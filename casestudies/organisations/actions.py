"""Writes of who holds which role in an organisation, and invitations by e-mail."""

import hashlib
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from casestudies.administration.csv_import import Candidate
from casestudies.models import (
    Abbreviation,
    Brand,
    FormerAddress,
    Group,
    IntegratedCareSystem,
    Organisation,
    Role,
    Version,
)
from casestudies.notes import note_change
from edsportal.accounts import mail
from edsportal.accounts.invitations import account_for
from edsportal.accounts.models import User
from edsportal.web.refusals import NotPossible


@transaction.atomic
def set_roles(*, organisation: Organisation, user: User, kinds: Collection[str], set_by: User) -> None:
    """Give and take roles until the person holds these and no others, each noted in words.

    Raises NotPossible where an equality lead would take that role from themselves.
    """
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    held = set(Role.objects.filter(organisation=organisation, user=user).values_list("kind", flat=True))
    lead = Role.Kind.EQUALITY_LEAD
    if lead in held and lead not in kinds:
        _require_another_lead(organisation, user, set_by)
    for kind in Role.Kind.values:
        if kind in kinds and kind not in held:
            Role.objects.create(organisation=organisation, user=user, kind=kind)
            what = f"is now {Role.Kind(kind).label.lower()}"
            note_change(organisation=organisation, about=user, what=what, changed_by=set_by)
        elif kind in held and kind not in kinds:
            Role.objects.filter(organisation=organisation, user=user, kind=kind).delete()
            what = f"is no longer {Role.Kind(kind).label.lower()}"
            note_change(organisation=organisation, about=user, what=what, changed_by=set_by)


def _require_another_lead(organisation: Organisation, user: User, set_by: User) -> None:
    """Raise NotPossible where this equality lead must stay: the last who can sign in, or oneself."""
    if user == set_by and not set_by.is_administrator:
        sentence = "You can’t remove your own equality lead role. Ask another equality lead to do it."
        raise NotPossible(sentence, field="kinds")
    others = organisation.roles.filter(kind=Role.Kind.EQUALITY_LEAD, user__is_active=True).exclude(user=user)
    if user.is_active and not others.exists():
        sentence = "This is the only equality lead who can sign in. Make someone else equality lead first."
        raise NotPossible(sentence, field="kinds")


@transaction.atomic
def invite_person(
    *, organisation: Organisation, email: str, name: str, kinds: Collection[str], invited_by: User, site: str
) -> User:
    """Give somebody roles, with an account where they have none, and write to them after commit.

    `site` is the portal's own address. Nothing tells whether there was an account: one that is closed gets an e-mail
    too, which says so to its owner alone.
    """
    user = account_for(email=email, name=name)
    held = organisation.roles.filter(user=user).values_list("kind", flat=True)
    set_roles(organisation=organisation, user=user, kinds={*held, *kinds}, set_by=invited_by)
    write_invitation(organisation=organisation, user=user, invited_by=invited_by, site=site)
    return user


@transaction.atomic
def write_invitation(*, organisation: Organisation, user: User, invited_by: User, site: str) -> None:
    """Send the way in, after commit; that it was asked for is noted."""
    note_change(organisation=organisation, about=user, what="was sent an invitation", changed_by=invited_by)
    kinds = Role.objects.filter(organisation=organisation, user=user)
    template = "invitation" if user.is_active else "invitation_closed"
    words = {
        "person": user,
        "organisation": organisation,
        "sender": invited_by,
        "roles": [role.get_kind_display().lower() for role in kinds],
        "link": site + mail.way_in(user),
    }
    mail.send_after_commit(
        template=f"casestudies/organisations/email/{template}",
        subject=f"You are invited to the equality reviews of {organisation}",
        to=user.email,
        words=words,
    )


# Writes of organisations.


@transaction.atomic
def save_organisation(*, organisation: Organisation, system: str, saved_by) -> Organisation:
    """Store an organisation, new or changed, in the integrated care system of that name; "" for none.

    A new one gets its address from its name, which stays when the name changes.
    """
    is_new = organisation.pk is None
    if is_new:
        organisation.slug = _free_slug(organisation.name)
    organisation.ics = _system(system.strip())
    organisation.save()
    what = f"{'Added' if is_new else 'Changed'} {organisation.name}"
    note_change(organisation=organisation, what=what, changed_by=saved_by)
    return organisation


@transaction.atomic
def add_organisations(*, rows: Sequence[Candidate], saved_by) -> int:
    """Add organisations of a file; gives how many. One whose name or ODS code is there by now is left out."""
    added = 0
    for row in rows:
        same = Q(name__iexact=row.name) | (Q(ods_code=row.ods_code) if row.ods_code else Q())
        if not Organisation.objects.filter(same).exists():
            new = Organisation(name=row.name, ods_code=row.ods_code, kind=row.kind)
            save_organisation(organisation=new, system=row.system, saved_by=saved_by)
            added += 1
    return added


@transaction.atomic
def archive_organisation(*, organisation: Organisation, archived_by) -> None:
    """Take an organisation out of use: it starts no review. All that it published and wrote stays."""
    row = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if row.archived_at is None:
        row.archived_at = timezone.now()
        row.save(update_fields=["archived_at"])
        note_change(organisation=row, what="Archived the organisation", changed_by=archived_by)


@transaction.atomic
def restore_organisation(*, organisation: Organisation, restored_by) -> None:
    row = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if row.archived_at is not None:
        row.archived_at = None
        row.save(update_fields=["archived_at"])
        note_change(organisation=row, what="Restored the organisation", changed_by=restored_by)


@transaction.atomic
def change_address(*, organisation: Organisation, slug: str, changed_by) -> Organisation:
    """Give it another slug. Its addresses with the old one lead to the new for ever. Raises NotPossible."""
    row = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if row.slug == slug:
        return row
    former = FormerAddress.objects.filter(slug=slug)
    if Organisation.objects.filter(slug=slug).exists() or former.exclude(organisation=row).exists():
        raise NotPossible("Another organisation has or had this address. Enter another one", field="slug")
    former.delete()  # it gets back one that it had
    FormerAddress.objects.create(slug=row.slug, organisation=row)
    what = f"Changed the address from {row.slug} to {slug}"
    row.slug = slug
    row.save(update_fields=["slug"])
    note_change(organisation=row, what=what, changed_by=changed_by)
    return row


@transaction.atomic
def save_care_system(*, system: IntegratedCareSystem) -> IntegratedCareSystem:
    """Store a care system, new or renamed. Raises NotPossible where another has the name."""
    if IntegratedCareSystem.objects.filter(name__iexact=system.name).exclude(pk=system.pk).exists():
        raise NotPossible("There is already a care system with this name", field="name")
    system.save()
    return system


def _system(name: str) -> IntegratedCareSystem | None:
    if not name:
        return None
    known = IntegratedCareSystem.objects.filter(name__iexact=name).first()
    return known or IntegratedCareSystem.objects.create(name=name)


def _free_slug(name: str) -> str:
    slug = slugify(name)[:190] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    taken.update(FormerAddress.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    free = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return slug if slug not in taken else next(each for each in free if each not in taken)


# Writes of the groups that evidence may speak of: national ones, and an organisation's own.


@transaction.atomic
def save_group(*, group: Group, saved_by) -> Group:
    """Store a group, new or changed. A new one gets its code from its name; the code stays when the name changes."""
    is_new = group.pk is None
    if is_new:
        group.code = _free_code(group)
        group.kind = Group.Kind.LOCAL if group.organisation else Group.Kind.INCLUSION
        last = (
            Group.objects.filter(organisation=group.organisation, kind=group.kind).order_by("position").last()
        )
        group.position = last.position + 1 if last else 1
    group.save()
    _note_group(group.organisation, f"{'Added' if is_new else 'Changed'} group “{group}”", saved_by)
    return group


@transaction.atomic
def remove_group(*, group: Group, removed_by) -> None:
    """Take away a group that no evidence names. Raises NotPossible where some does, now or in a version."""
    if reason := why_in_use(group):
        raise NotPossible(reason)
    _note_group(group.organisation, f"Removed group “{group}”", removed_by)
    group.delete()


def why_in_use(group: Group) -> str | None:
    """Why the group has to stay, or None. The nine protected characteristics always do."""
    if group.kind == Group.Kind.PROTECTED:
        return (
            "The nine protected characteristics come from the Equality Act 2010, so you cannot remove them."
        )
    count = group.evidence.count()
    if count:
        pieces = "1 item of evidence is" if count == 1 else f"{count} items of evidence are"
        return f"{pieces} about this group, so you cannot remove it. You can rename it."
    versions = Version.objects.all()
    if group.organisation_id:
        versions = versions.filter(case_study__review__organisation=group.organisation_id)
    for content in versions.values_list("content", flat=True).iterator():
        if any(group.code in item["groups"] for item in content["evidence"]):
            return (
                "A case study accepted for the panel has evidence about this group, so you can’t remove it. "
                "You can rename it."
            )
    return None


def _free_code(group: Group) -> str:
    code = slugify(group.name)[:90] or "group"
    taken = set(Group.objects.of(group.organisation).values_list("code", flat=True))
    if group.organisation is None:
        taken = set(Group.objects.values_list("code", flat=True))
    free = (f"{code}-{number}" for number in range(2, len(taken) + 3))
    return code if code not in taken else next(each for each in free if each not in taken)


def _note_group(organisation: Organisation | None, what: str, changed_by) -> None:
    if organisation is not None:  # a change of a national group is in the audit log alone
        note_change(organisation=organisation, what=what, changed_by=changed_by)


# Writes of what an organisation's reports look like.


@transaction.atomic
def save_logo(*, organisation: Organisation, logo: bytes, saved_by) -> None:
    """Keep the picture, a PNG of `drawn_anew`, for the covers of reports that are made from now on; b"" for none."""
    row = _brand(organisation)
    row.logo, row.logo_sha256 = logo, hashlib.sha256(logo).hexdigest() if logo else ""
    row.save()
    note_change(
        organisation=organisation, what=f"{'Changed' if logo else 'Removed'} the logo", changed_by=saved_by
    )


@transaction.atomic
def save_colour(*, organisation: Organisation, colour: str, saved_by) -> None:
    """Keep the colour of reports that are made from now on, such as "#005eb8"; "" for that of the NHS."""
    row = _brand(organisation)
    row.colour = colour
    row.save()
    what = f"Changed the colour of reports to {colour or 'NHS Blue'}"
    note_change(organisation=organisation, what=what, changed_by=saved_by)


def _brand(organisation: Organisation) -> Brand:
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    return Brand.objects.filter(organisation=organisation).first() or Brand(organisation=organisation)


# Writes of what abbreviations stand for in an organisation.


@transaction.atomic
def explain_abbreviation(
    *, organisation: Organisation, short: str, meaning: str, abbreviation: Abbreviation | None = None
) -> Abbreviation:
    """Explain an abbreviation, or change the `abbreviation` that is given. Raises NotPossible."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    others = Abbreviation.objects.filter(organisation=organisation, short=short)
    if others.exclude(pk=abbreviation.pk if abbreviation else None).exists():
        raise NotPossible(f"“{short}” is already in the list", field="short")
    row = abbreviation or Abbreviation(organisation=organisation)
    row.short, row.meaning = short, meaning
    row.save()
    return row


@transaction.atomic
def remove_abbreviation(*, abbreviation: Abbreviation) -> None:
    abbreviation.delete()
