"""The demo: built once for this module, in a transaction that is rolled back after its last test."""

import re
from collections import Counter
from datetime import date
from io import StringIO
from unittest.mock import patch

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.core.validators import validate_email
from django.db import connection, transaction
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from casestudies.models import CaseStudy, Framework, IntegratedCareSystem, Organisation, Review, Role
from casestudies.reviews.roles import Standing
from eds import stages
from eds.totals import results
from edsportal.accounts.models import User
from edsportal.demo.management.commands.demo import Command
from edsportal.demo.people import ICB, MERGED, PEOPLE, TRUST
from reports.formats import FORMATS
from scoring.models import AgreedScore, Commentary, Publication, Score
from scoring.my_work.tasks import NOT_STARTED, STARTED, SUBMITTED, scoring_tasks
from scoring.panel.many_members import earlier_members
from scoring.publishing.actions import make_file
from scoring.review.content import report_content
from scoring.review.readiness import missing_before, missing_for
from scoring.review.start import start_review
from tests.reports.writing.test_template import back, told

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.xdist_group("demo"),
]  # each test in a savepoint of the module's transaction


TODAY = date(2026, 11, 30)  # the story is told as of this November


def localdate_then(value=None, zone=None, *, localdate=timezone.localdate):
    return TODAY if value is None else localdate(value, zone)


def run_demo():
    out = StringIO()
    call_command(Command(), stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture(scope="module", autouse=True)
def said(django_db_setup, django_db_blocker):
    """What the command printed when it built the demo, which is there for every test of this module."""
    quick = {name: FORMATS[name] for name in ("html", "json")}  # the rest takes a minute: see below
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DEMO=True):
            with patch.dict(FORMATS, quick, clear=True), patch.object(timezone, "localdate", localdate_then):
                said = run_demo()
            yield said
        connection.check_constraints()
        transaction.set_rollback(True)


def review(year, organisation=ICB):
    return Review.objects.get(organisation__slug=organisation, year=year)


def person(name):
    return User.objects.get(name=name)


def all_rows():
    """How many rows each of the portal's tables holds, join tables and Django's own included."""
    return {model._meta.label: model.objects.count() for model in apps.get_models(include_auto_created=True)}


# The command


def test_it_says_who_can_sign_in_and_what_for(said):
    first, hint, *people = said.splitlines()
    assert (first, hint) == (
        "The demo is ready.",
        "Choose a person on the sign-in page. No password is needed.",
    )
    assert [re.split(r"\s{2,}", line.strip()) for line in people] == [
        [person.name, person.note] for person in PEOPLE if person.note
    ]
    assert people[0] == "  Amina Yusuf     Panel member: score three case studies"


def test_a_second_run_changes_nothing(said):
    before, contents = all_rows(), [report_content(row) for row in Review.objects.order_by("pk")]
    first, *rest = run_demo().splitlines()
    assert first == "The demo is already set up."
    assert rest == said.splitlines()[1:]
    assert all_rows() == before
    assert [report_content(row) for row in Review.objects.order_by("pk")] == contents


def test_it_is_refused_outside_the_demo():
    before = all_rows()
    with override_settings(DEMO=False), pytest.raises(CommandError, match="Set EDS_DEMO=1"):
        run_demo()
    assert all_rows() == before


def test_it_is_refused_in_a_database_with_people_of_its_own():
    User.objects.update(is_demo=False)
    with pytest.raises(CommandError, match="people of its own"):
        run_demo()


# The people


def test_nobody_of_the_demo_has_a_password_or_an_address_that_could_be_real():
    users = list(User.objects.all())
    assert len(users) == len(PEOPLE)
    for user in users:
        assert user.is_demo
        assert not user.has_usable_password()
        assert user.email.endswith("@fenbridge.example")
        validate_email(user.email)


def test_who_has_no_button_cannot_sign_in():
    without = {user.name for user in User.objects.filter(is_active=False)}
    assert without == {person.name for person in PEOPLE if not person.note}


def test_a_person_for_each_role():
    held = {(role.user.name, role.kind, role.organisation.slug) for role in Role.objects.all()}
    assert held == {
        ("Priya Shah", "equality_lead", ICB),
        ("Daniel Okafor", "author", ICB),
        ("Ruth Pemberton", "reader", ICB),
        ("Callum Reid", "equality_lead", TRUST),
        ("Nadia Begum", "equality_lead", MERGED),
    }
    assert [user.name for user in User.objects.all() if user.is_administrator and user.is_staff] == [
        "Grace Adeyemi"
    ]
    assert Standing(person("Tom Hartley"), review("2025")).may("lead_meeting")
    assert Standing(person("Amina Yusuf"), review("2026")).is_member
    assert set(CaseStudy.objects.visible_to(person("Daniel Okafor"))) == {
        *review("2027").case_studies.all(),
        review("2026").case_studies.get(number=1),
    }


def test_the_two_bodies_do_not_see_each_other():
    for lead, slug, years in (
        ("Priya Shah", ICB, ["2023", "2024", "2025", "2026", "2027"]),
        ("Callum Reid", TRUST, ["2025", "2026"]),
    ):
        seen = (
            Review.objects.visible_to(person(lead)).order_by("year").values_list("organisation__slug", "year")
        )
        assert list(seen) == [(slug, year) for year in years]
        studies = CaseStudy.objects.visible_to(person(lead))
        assert set(studies) == set(CaseStudy.objects.filter(review__organisation__slug=slug))


# The reviews


def test_a_review_in_every_stage():
    """That of 2025: Domain 2 agreed a season earlier, one service in its meeting, one scored, one being written."""
    found = {
        (row.organisation.slug, row.year): (
            row.stage,
            list(row.case_studies.order_by("number").values_list("stage", flat=True)),
        )
        for row in Review.objects.filter(organisation__slug__in=(ICB, TRUST))
    }
    assert found == {
        (ICB, "2023"): ("published", ["agreed"] * 5),
        (ICB, "2024"): ("approval", ["agreed"] * 5),
        (ICB, "2025"): ("open", ["meeting", "scoring", "writing", "agreed"]),
        (ICB, "2026"): ("open", ["scoring"] * 3),
        (ICB, "2027"): ("open", ["writing"] * 3),
        (TRUST, "2025"): ("published", ["agreed"] * 3),
        (TRUST, "2026"): ("open", ["writing"]),
    }
    for row in Review.objects.all():
        reached = [move.to_stage for move in row.stage_moves.all()]
        assert reached[-1:] == ([] if row.stage == stages.OPEN else [row.stage])


def test_what_panel_members_owe_in_2026():
    tasks = {
        name: [task.status for task in scoring_tasks(person(name)) if "/2026/" in task.address]
        for name in ("Amina Yusuf", "Bronwen Pugh", "Tom Hartley", "Leon Fairweather", "Sunita Rao")
    }
    assert tasks == {
        "Amina Yusuf": [NOT_STARTED] * 3,
        "Bronwen Pugh": [SUBMITTED, STARTED, NOT_STARTED],
        "Tom Hartley": [SUBMITTED] * 3,
        "Leon Fairweather": [SUBMITTED, SUBMITTED, NOT_STARTED],
        "Sunita Rao": [SUBMITTED] * 2,  # she declared an interest in the third
    }
    assert not Score.objects.filter(member__user__name="Amina Yusuf").exists()
    assert not AgreedScore.objects.filter(case_study__review=review("2026")).exists()


def test_members_disagree_in_2025_and_the_panel_is_part_of_the_way():
    scores = Score.objects.filter(version__case_study__review=review("2025"))
    by_outcome = {}
    for number, code, value in scores.values_list(
        "version__case_study__number", "outcome_area__code", "value"
    ):
        by_outcome.setdefault((number, code), []).append(value)
    assert len(by_outcome) == 12
    given = {key: [value for value in values if value is not None] for key, values in by_outcome.items()}
    spread = {key: max(values) - min(values) for key, values in given.items()}
    assert {key for key, points in spread.items() if points >= 2} == {
        *((2, "1A"), (2, "1B"), (2, "1D")),
    }
    assert None in by_outcome[2, "1D"]  # somebody abstained
    assert sorted(given[2, "1A"]) == [0, 1, 1, 1, 3]
    assert [result.total.words for result in results(report_content(review("2025"))).case_studies] == [
        *("7/12", "No outcomes scored yet", "No outcomes scored yet", "7/12")
    ]
    assert Commentary.objects.filter(case_study__review=review("2025")).count() == 2
    declared = review("2025").panel_members.get(name="Bronwen Pugh").declared_interests.get()
    assert not scores.filter(member=declared.member, version__case_study=declared.case_study).exists()


def test_what_is_agreed_in_2024_was_agreed_by_the_chair_after_the_members_had_scored():
    row = review("2024")
    agreed = AgreedScore.objects.filter(case_study__review=row)
    assert {(one.imported, one.recorded_by.name) for one in agreed} == {(False, "Tom Hartley")}
    counts = Counter(
        Score.objects.filter(version__case_study__review=row).values_list("outcome_area__code", flat=True)
    )
    assert counts == dict.fromkeys(("1A", "1B", "1C", "1D"), 9) | dict.fromkeys(
        ("2A", "2B", "2C", "2D", "3A", "3B", "3C"), 2
    )
    assert [still.text for still in missing_before(row, stages.PUBLISHED)] == [
        "5 warnings are not yet fixed or accepted with a reason.",
        "You have not recorded an approval.",
    ]


def test_what_is_still_to_write_for_2027():
    row = review("2027")
    assert {study.number: study.sections.count() for study in row.case_studies.all()} == {1: 8, 2: 3, 3: 4}
    assert [
        missing.text
        for missing in missing_for(row, stages.SCORING, row.case_studies.filter(stage=stages.WRITING))
    ] == [
        "Case study 2: Hearing aids at the library is not accepted.",
        "Case study 3: Health care for people leaving prison is not accepted.",
    ]


@pytest.mark.parametrize(
    ("year", "totals", "domains", "overall", "rating"),
    [
        ("2023", ["6/12", "3/12", "8/12", "6/12", "4/9"], ["6/12", "6/12", "4/9"], "16/33", "Developing"),
        ("2024", ["6/12", "9/12", "5/12", "7/12", "5/9"], ["6/12", "7/12", "5/9"], "18/33", "Developing"),
    ],
)
def test_figures_of_the_whole_reports(year, totals, domains, overall, rating):
    found = results(report_content(review(year)))
    assert [result.total.words for result in found.case_studies] == totals
    assert [domain.words for domain in found.domains] == domains
    assert found.domains[0].reason == "middle of 3"
    assert (found.overall.words, found.overall.rating) == (overall, rating)


# The care system and the merger


def test_six_organisations_have_five_years_and_two_of_them_became_one(client):
    system = IntegratedCareSystem.objects.get(name="Fenbridge and Marlow Vale")
    page = client.get(reverse("system", args=[system.pk]))
    assert len(page.context["rows"]) == 6  # the two that merged are shown by the one that follows them
    years = Publication.objects.listed().filter(review__organisation__slug="reedham-dental-partnership")
    assert [row.review.year for row in years] == ["2026", "2025", "2024", "2023", "2022"]
    assert client.get("/reports/reedham-dental-partnership/").context["picture"]
    (line,) = client.get(f"/reports/{MERGED}/").context["lines"]
    assert line.names == "Calder Mental Health NHS Trust and Marlow Vale Hospitals NHS Trust"
    assert [one.year for _, one in line.rows] == [
        year for year in ("2025", "2024", "2023", "2022") for _ in "12"
    ]
    started = start_review(
        organisation=Organisation.objects.get(slug=MERGED),
        framework=Framework.objects.get(name="EDS 2022"),
        year="2027",
        title="",
        started_by=person("Nadia Begum"),
    )
    assert started.previous_actions.count() == 3
    assert started.organisation.objectives.count() == 2
    assert [row.name for row in earlier_members(started)] == ["Joan Birtles", "Dilys Morgan", "Imran Sheikh"]


def test_each_report_was_published_on_the_day_that_it_says():
    for row in Publication.objects.all():
        said = row.as_content().header.published
        assert timezone.localdate(row.published_at).isoformat().startswith(said)
        assert timezone.localdate(row.published_at) <= TODAY
        imported = {study.imported_on for study in row.as_content().case_studies}
        assert imported == {timezone.localdate(row.published_at).isoformat()}


# The published reports have nothing that a careful reader would send back


@pytest.fixture(params=[(ICB, "2023"), (TRUST, "2025")], ids=["icb", "trust"])
def published(request):
    return Publication.objects.get(review=review(request.param[1], request.param[0])).as_content()


def test_a_published_report_says_what_its_rows_say(published):
    row = Review.objects.get(organisation__name=published.organisation.name, year=published.year)
    assert published == report_content(row)


@pytest.mark.sqlite  # made of contents, without a look at the database
def test_a_published_report_comes_back_from_the_template(published):
    assert told(back(published)) == told(published)


@pytest.mark.sqlite
def test_every_form_of_a_published_report_can_be_made(published):
    files = [make_file(published, name) for name in FORMATS]
    assert all(file.data for file in files)


def test_the_header_of_a_published_report_is_complete(published):
    header = vars(published.header)
    empty = {name for name, value in header.items() if not value}
    assert empty == (set() if published.header.level == "partnership" else {"partners"})


def test_each_score_of_a_published_report_has_evidence_and_each_low_one_an_action(published):
    actions = [action for theme in published.recommendations for action in theme.actions]
    for study in published.case_studies:
        spoken = {section.outcome for section in study.sections if section.body}
        assert set(study.scores) == set(published.edition.domain(study.domain).codes) == set(study.owners)
        for code, judgement in study.scores.items():
            assert code in spoken, (study.title, code)
            assert judgement.rationale
            answered = [act for act in actions if code in act.outcomes and study.number in act.case_studies]
            assert judgement.score >= 2 or answered, (study.title, code)
        assert study.commentary
    assert all(action.owner and action.due and action.objective for action in actions)


def test_the_panel_of_a_published_report_has_people_from_outside_the_nhs(published):
    outside = {"service_user", "carer", "vcse", "healthwatch"}
    assert outside & {member.interest for member in published.panel if 1 in member.domains}
    assert [member.chair for member in published.panel].count(True) == 1
    if any(study.domain == 3 for study in published.case_studies):
        assert published.third_parties.trade_union_reps
        assert published.third_parties.independent_evaluators
