"""The database notes every change, and refuses to change a record, whatever asks it to."""

import json
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from casestudies.models import Organisation, Review, Section
from casestudies.objectives.actions import note_quarter, record_publication
from eds import stages
from eds.equality_duty import Quarter
from edsportal.accounts.models import User
from edsportal.audit import chain, policy, triggers
from edsportal.audit.actor import Actor, acting
from edsportal.audit.chain.canonical import record_of
from edsportal.audit.libraries import LIBRARIES
from edsportal.audit.models import Entry, Link
from edsportal.audit_pages.presenting import AREAS
from scoring.models import Publication, Score, Withdrawal
from scoring.recommendations.actions import Wording, note_progress
from tests.cast import objective_of
from tests.prepare import recommend, record_agreed_score, record_commentary

RECORDS = [
    (model._meta.label, operation)
    for model in policy.all_models()
    for operation in policy.audit_of(model).frozen
]


def whole(cast) -> None:
    """At least one row of everything that is frozen."""
    cast.score(cast.member, 1, 1, 2, 3, None)
    cast.move(stages.MEETING)
    for case_study in cast.case_studies:
        for area in case_study.domain.outcome_areas.all():
            record_agreed_score(
                case_study=case_study, outcome_area=area, value=2, rationale="Agreed", recorded_by=cast.lead
            )
    row = recommend(review=cast.review, wording=Wording(theme="Access", action="Open on Saturdays"))
    note_progress(recommendation=row, status="on_track", text="Begun", noted_by=cast.lead)
    record_commentary(case_study=cast.case_studies[0], text="Well done", recorded_by=cast.lead)
    today = date(2026, 4, 1)
    note_quarter(objective=objective_of(cast), quarter=Quarter(today), text="Begun", noted_by=cast.lead)
    record_publication(
        organisation=cast.organisation,
        kind="objectives",
        published_on=today,
        address="",
        recorded_by=cast.lead,
    )
    cast.organisation.changes.create(what="Something", changed_by=cast.lead)
    cast.case_studies[0].explanations.create(
        kind="name", digest="d", shown="A…", reason="Their own wish", explained_by=cast.lead
    )
    framework = cast.review.framework
    framework.changes.create(name=framework.name, what="Something", changed_by=cast.lead)
    cast.publish()
    publication = Publication.objects.get()
    publication.sent_reports.create(
        file=publication.files.get(), address="england@example.org", sent_on=today, recorded_by=cast.lead
    )
    if not Link.objects.exists():  # nothing is committed here
        chain.append(connection, [record_of(Entry.objects.earliest("pk"))])
        if connection.vendor == "postgresql":  # as in the next transaction
            connection.cursor().execute("SET CONSTRAINTS ALL DEFERRED")


def rows_of(model) -> list:
    return list(model._base_manager.order_by("pk").values())


def statement(model, operation: str) -> str:
    table, column = model._meta.db_table, model._meta.concrete_fields[-1].column
    start = (
        f'UPDATE "{table}" SET "{column}" = "{column}"' if operation == "UPDATE" else f'DELETE FROM "{table}"'
    )
    return f"{start} WHERE {model._meta.pk.column} = {model._base_manager.earliest('pk').pk}"


def test_no_statement_changes_or_removes_a_record(cast):
    whole(cast)
    Withdrawal.objects.create(publication=Publication.objects.get(), reason="A patient’s data", hashes={})
    for label, operation in RECORDS:
        model = apps.get_model(label)
        before = rows_of(model)
        with pytest.raises(IntegrityError, match="are a record"), transaction.atomic():
            connection.cursor().execute(statement(model, operation))
        assert rows_of(model) == before


def test_a_record_is_refused_through_models_too(cast):
    whole(cast)
    score = Score.objects.first()
    score.value = 3
    for attempt in (score.save, score.delete, Entry.objects.first().delete):
        with pytest.raises(IntegrityError, match="are a record"), transaction.atomic():
            attempt()


@pytest.mark.postgresql  # SQLite has no TRUNCATE
def test_records_are_not_emptied_at_once(cast):
    for label, operation in RECORDS:
        if operation == "DELETE":
            table = apps.get_model(label)._meta.db_table
            connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
            with pytest.raises(IntegrityError, match="are a record"), transaction.atomic():
                connection.cursor().execute(f'TRUNCATE "{table}" CASCADE')


def test_what_records_belong_to_is_not_deleted(cast):
    cast.organisation.changes.create(what="Something", changed_by=cast.lead, review=cast.review)
    for row in (cast.organisation, cast.review, cast.lead):
        with pytest.raises(ProtectedError):
            row.delete()
    cast.move(stages.MEETING)
    record_agreed_score(
        case_study=cast.case_studies[0],
        outcome_area=cast.case_studies[0].domain.outcome_areas.first(),
        value=1,
        rationale="r",
        recorded_by=cast.lead,
    )
    with pytest.raises(ProtectedError):
        cast.case_studies[0].delete()


def newest(**found) -> Entry:
    return Entry.objects.filter(**found).order_by("pk").last()


def test_a_change_is_noted_with_who_when_what_old_and_new(cast):
    section = cast.case_studies[0].sections.first()
    with acting(lambda: Actor(by=cast.author.pk, source="web", request="abc-1")):
        section.body = "It’s a 'new' text with 100 % and \\ and {braces}"
        section.save()
    entry = newest(kind="casestudies.section")
    assert (entry.did, entry.row, entry.label) == ("changed", str(section.pk), "Background")
    assert (entry.by, entry.source, entry.request) == (cast.author, "web", "abc-1")
    assert (entry.organisation, entry.review) == (cast.organisation, cast.review)
    assert entry.case_study == "Falls clinic"
    assert (entry.old, entry.new) == ({"body": "Why we chose Falls clinic."}, {"body": section.body})
    assert abs(timezone.now() - entry.at) < timedelta(minutes=5)


def test_statements_over_many_rows_and_many_to_many_rows_are_noted(cast):
    before = Entry.objects.count()
    Section.objects.filter(case_study__review=cast.review).update(body="x")
    entries = Entry.objects.filter(kind="casestudies.section", did="changed")
    assert (entries.count(), Entry.objects.count() - before) == (6, 6)
    cast.case_studies[0].authors.set([cast.lead])
    added, removed = newest(did="added"), newest(did="removed")
    assert added.kind == removed.kind == "casestudies.casestudy_authors"
    assert (added.new["user_id"], removed.old["user_id"]) == (cast.lead.pk, cast.author.pk)
    assert added.review == removed.review == cast.review
    Section.objects.bulk_create(
        [Section(case_study=cast.case_studies[0], position=9, heading="Nine", body="")]
    )
    assert (newest().label, newest().new["body"]) == ("Nine", "")


def test_a_save_that_changes_nothing_leaves_nothing(cast):
    before = Entry.objects.count()
    cast.case_studies[0].save()
    assert Entry.objects.count() == before


def test_what_is_undone_leaves_nothing(cast):
    before = Entry.objects.count()
    with transaction.atomic():
        cast.case_studies[0].sections.update(body="x")
        transaction.set_rollback(True)
    assert Entry.objects.count() == before
    cast.case_studies[0].sections.filter(position=1).update(body="y")
    assert Entry.objects.count() == before + 1


def test_a_command_acts_under_its_name_and_the_machines_account(cast):
    cast.case_studies[0].sections.filter(position=1).update(body="y")
    assert newest().by is None
    assert newest().source.endswith(")")


def test_a_person_at_the_page_acts_under_their_name(client, cast):
    client.force_login(cast.lead)
    address = f"/organisations/{cast.organisation.slug}/people/invite/"
    client.post(address, {"email": "nia@example.org", "name": "Nia", "kinds": "reader"})
    role = newest(kind="casestudies.role")
    assert (role.by, role.source, role.organisation) == (cast.lead, "web", cast.organisation)


def test_judgements_and_who_people_are_stay_out_of_it(cast):
    cast.score(cast.member, 1, 3, 2, 1, None)
    cast.move(stages.MEETING)
    user = User.objects.get(pk=cast.member.pk)
    user.name, user.email = "PLANTED NAME", "planted@example.org"
    user.set_password("PLANTED WORD")
    user.save()
    cast.members[cast.member].name = "PLANTED SEAT"
    cast.members[cast.member].save()
    text = json.dumps(list(Entry.objects.values("old", "new", "label")), ensure_ascii=False).lower()
    assert "planted" not in text
    assert "reason of" not in text
    assert cast.member.password.lower() not in text
    entry = newest(kind="accounts.user")
    assert entry.new == dict.fromkeys(("email", "name", "password"), "not kept here")
    assert entry.old == entry.new
    score = newest(kind="scoring.score")
    assert {score.new[name] for name in ("value", "abstained", "rationale", "reason")} == {"not kept here"}


def test_every_model_of_the_portal_declares_what_is_logged_of_it_and_the_rest_is_listed():
    libraries = set()
    for model in policy.all_models():
        audit = policy.audit_of(model)
        assert audit.not_logged or audit.area in AREAS, model
        assert {audit.label} - {""} <= {field.name for field in model._meta.concrete_fields}
        assert {*audit.hidden, *audit.skipped} <= {field.name for field in model._meta.concrete_fields}
        assert set(audit.relations_not_logged) <= {field.name for field in model._meta.many_to_many}
        if "audit" not in vars(model) and not model._meta.auto_created:
            libraries.add(model._meta.label)
    assert libraries == set(LIBRARIES)
    not_logged = {model for model in policy.all_models() if policy.audit_of(model).not_logged}
    kinds = {model._meta.label_lower for model in set(policy.all_models()) - not_logged}
    assert {one.kind for one in policy.logged_tables()} == kinds


def test_a_model_without_a_declaration_is_refused(monkeypatch):
    monkeypatch.delattr(Section, "audit")
    with pytest.raises(ImproperlyConfigured, match=r"casestudies\.Section"):
        policy.audit_of(Section)


def test_these_are_records_and_these_are_judgements():
    for_good = {label for label, operation in RECORDS if operation == "DELETE"}
    assert for_good == {
        *("trail.Entry", "trail.Link"),
        *(f"casestudies.{name}" for name in ("Change", "CaseStudyMove", "FrameworkChange", "StageMove")),
        *(
            f"scoring.{name}"
            for name in (
                *("Score", "AgreedScore", "Publication", "PublicationFile", "FixedPlace", "SentReport"),
                "Withdrawal",
            )
        ),
    }
    assert {label for label, operation in RECORDS if operation == "UPDATE"} - for_good == {
        *(f"casestudies.{name}" for name in ("Version", "Explanation", "ObjectiveNote", "DutyPublication")),
        *(f"scoring.{name}" for name in ("Approval", "ProgressNote", "Commentary")),
    }
    judgements = {model._meta.label for model, audit in policy.logged_models() if audit.is_judgement}
    assert judgements == {
        "scoring.AgreedScore",
        "scoring.Commentary",
        "scoring.DomainChoice",
        "scoring.Score",
    }


def test_rows_of_an_organisation_lead_to_it():
    """A table without a way to an organisation would be seen by administrators alone."""
    without = {one.kind for one in policy.logged_tables() if not one.to_organisation}
    third_party = ("account.", "accounts.", "mfa.", "socialaccount.")
    own = {kind for kind in without if not kind.startswith(third_party)}
    assert own == {
        "casestudies.integratedcaresystem",
        *(f"casestudies.{name}" for name in ("framework", "frameworkchange", "grade", "band", "domain")),
        *("casestudies.outcomearea", "casestudies.ratingdescriptor", "casestudies.listentry"),
    }


def test_missing_triggers_are_told_and_made_anew(db):
    assert triggers.missing(connection) == []
    name = "trail_casestudies_section" + ("" if connection.vendor == "postgresql" else "_changed")
    with connection.cursor() as cursor:
        cursor.execute(triggers.DIALECTS[connection.vendor].drop(name))
    assert triggers.missing(connection) == [name]
    triggers.install(connection)
    assert triggers.missing(connection) == []


def test_the_portals_own_command_to_empty_tables_is_refused(cast):
    whole(cast)
    scores = Score.objects.count()
    with pytest.raises(CommandError), transaction.atomic():
        call_command("flush", interactive=False, verbosity=0)
    assert Score.objects.count() == scores
    assert (Organisation.objects.count(), Review.objects.count()) == (2, 1)
