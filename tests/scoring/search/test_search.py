"""Search: what each person finds, in which order, and what hostile questions get."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection

from casestudies.models import CaseStudy, DeclaredInterest, Review, Role
from eds import stages
from scoring.models import Recommendation, SearchText
from scoring.recommendations.actions import Wording
from scoring.search import postgres, sqlite
from scoring.search.find import marked, matching_texts, snippet, words_of
from tests.cast import join, open_a_workshop
from tests.prepare import change_section, mark_ready, recommend, record_agreed_score, record_commentary

WORD = "xylophone"  # stands in what is planted, and nowhere else
pytestmark = pytest.mark.django_db


def finds(user, question=WORD) -> list[str]:
    """What the person finds: scope, kind and text."""
    rows = matching_texts(user, words_of(question))
    return sorted(f"{_scope(row)} {row.kind}: {row.text}" for row in rows)


def _scope(row) -> str:
    scopes = ("version", "section", "evidence", "commentary", "recommendation", "publication")
    (scope,) = [name for name in scopes if getattr(row, f"{name}_id")]
    return scope


def everybody(cast) -> dict[str, list[str]]:
    return {who: finds(user or AnonymousUser()) for who, user in cast.people.items() if who != "guest"}


def plant(cast) -> None:
    """The word in a ready case study, a draft, evidence, commentary and a recommendation of the cast's review."""
    cast.change_text(1, f"A {WORD} that is ready")
    first, second = cast.case_studies[:2]
    section = second.sections.get(heading="1A")
    change_section(
        section=section,
        heading="1A",
        outcome_area=section.outcome_area,
        body=f"A {WORD} in a draft",
        seen=section.mark,
    )
    second.evidence.create(position=1, kind="quote", text=f"A {WORD} in evidence")
    for text in ("An older word", f"A {WORD} in commentary"):
        record_commentary(case_study=first, text=text, recorded_by=cast.lead)
    recommend(review=cast.review, wording=Wording(theme="Access", action=f"Buy a {WORD}"))


READY = f"version section: A {WORD} that is ready"
DRAFTS = [f"evidence evidence: A {WORD} in evidence", f"section section: A {WORD} in a draft"]
COMMENTARY = f"commentary commentary: A {WORD} in commentary"
ACTION = f"recommendation recommendation: Buy a {WORD}"
NOBODY = {"public": [], "stranger": [], "administrator": []}


@pytest.mark.parametrize(("stage", "drafts"), [(stages.WRITING, DRAFTS), (stages.SCORING, [])])
def test_before_moderation_nobody_finds_commentary_and_the_panel_no_draft(cast, stage, drafts):
    plant(cast)
    cast.move(stage)
    panel = [READY] if stage == stages.SCORING else []
    assert everybody(cast) == NOBODY | {
        "lead": sorted([READY, *drafts, ACTION]),
        "author": sorted([READY, *drafts]),
        "reader": [READY],
        "chair": panel,
        "member": panel,
        "other": panel,
    }


def test_in_moderation_the_panel_finds_commentary_and_recommendations(cast):
    plant(cast)
    cast.move(stages.MEETING)
    panel = sorted([READY, COMMENTARY, ACTION])
    assert everybody(cast) == NOBODY | {
        "lead": panel,
        "author": [READY],
        "reader": [READY],
        "chair": panel,
        "member": panel,
        "other": panel,
    }


def test_in_approval_everybody_inside_finds_them_but_an_author(cast):
    plant(cast)
    cast.move(stages.APPROVAL)
    inside = sorted([READY, COMMENTARY, ACTION])
    got = everybody(cast)
    everyone = ("lead", "reader", "chair", "member", "other")
    assert {who: got[who] for who in everyone} == dict.fromkeys(everyone, inside)
    assert got["author"] == [READY]
    assert {who: got[who] for who in NOBODY} == NOBODY


def test_who_declared_an_interest_finds_no_commentary_and_no_recommendation_in_moderation(cast):
    plant(cast)
    cast.move(stages.MEETING)
    DeclaredInterest.objects.create(
        member=cast.members[cast.member], case_study=cast.case_studies[0], reason="My sister runs it"
    )
    assert finds(cast.member) == [READY]
    assert COMMENTARY in finds(cast.other)


def test_a_guest_who_is_not_confirmed_finds_no_commentary_and_no_recommendation(cast):
    plant(cast)
    guest = join(open_a_workshop(cast))
    cast.move(stages.MEETING)
    assert finds(guest) == [READY]


def test_a_panel_member_of_another_domain_finds_no_case_study(cast):
    plant(cast)
    cast.members[cast.member].domains.set(cast.review.framework.domains.filter(number=2))
    assert finds(cast.member) == []


def test_a_case_study_that_was_never_ready_is_for_those_who_write_it(cast):
    row = CaseStudy.objects.create(
        review=cast.review, number=9, domain=cast.case_studies[0].domain, title="New"
    )
    row.sections.create(position=1, heading="Background", body=f"A new {WORD}")
    cast.move(stages.WRITING)
    new = [f"section section: A new {WORD}"]
    assert {who: rows for who, rows in everybody(cast).items() if rows} == {"lead": new}
    row.authors.set([cast.author])
    assert finds(cast.author) == new
    Role.objects.filter(user=cast.author).delete()
    assert finds(cast.author) == []
    mark_ready(case_study=row, made_by=cast.lead)
    assert finds(cast.lead) == [f"version section: A new {WORD}"]


def test_everybody_finds_what_is_published_and_only_as_it_was_published_last(client, cast):
    plant(cast)
    cast.move(stages.MEETING)
    for case_study in cast.case_studies:
        for area in case_study.domain.outcome_areas.all():
            record_agreed_score(
                case_study=case_study, outcome_area=area, value=2, rationale="r", recorded_by=cast.lead
            )
    cast.publish()
    published = sorted(
        [
            f"publication section: A {WORD} that is ready",
            f"publication section: A {WORD} in a draft",
            f"publication evidence: A {WORD} in evidence",
            f"publication commentary: A {WORD} in commentary",
            f"publication recommendation: Buy a {WORD}",
        ]
    )
    assert everybody(cast) == dict.fromkeys(everybody(cast), published)
    page = client.get("/search/", {"q": WORD}).content.decode()
    assert "5 results" in page
    assert (
        '<a href="/reports/nhs-ambleford/2026/#case-study-1-section-2">Case study 1: Falls clinic, 1A</a>'
        in page
    )
    assert client.get("/reports/nhs-ambleford/2026/").content.decode().count('id="case-study-1"') == 1

    cast.move(stages.MEETING)
    record_commentary(case_study=cast.case_studies[0], text="", recorded_by=cast.lead)
    cast.publish(note="No commentary after all")
    assert finds(AnonymousUser()) == [one for one in published if "commentary" not in one]


@pytest.mark.parametrize("stage", [stages.WRITING, stages.MEETING, stages.APPROVAL])
def test_what_is_found_leads_to_a_page_that_the_person_may_open(client, cast, stage):
    plant(cast)
    cast.move(stage)
    for who in ("lead", "author", "reader", "chair", "member"):
        client.force_login(cast.people[who])
        for hit in client.get("/search/", {"q": WORD}).context["hits"]:
            page = client.get(hit.address)
            assert page.status_code == 200, (who, hit.address)
            html, anchor = page.content.decode(), hit.address.partition("#")[2]
            assert WORD in html, (who, hit.address)
            assert not anchor or f'id="{anchor}"' in html, (who, hit.address)


# Words


@pytest.mark.parametrize("question", ["interpreting", "Interpret", "INTERPRETERS", "interpreted?"])
def test_words_are_found_by_their_stems(cast, question):
    cast.change_text(1, "We book interpreters by telephone")
    assert "version section: We book interpreters by telephone" in finds(cast.member, question)


def test_a_question_finds_what_has_most_of_its_words_first_then_titles_and_newest_first(cast):
    cast.change_text(1, "Evidence of waits")
    cast.change_text(2, "Waits, and interpreting")
    cast.change_text(3, "Nothing of that, but evidence")
    older = Review.objects.create(
        organisation=cast.organisation, framework=cast.review.framework, year="2020"
    )
    row = older.case_studies.create(number=1, domain=cast.case_studies[0].domain, title="Old")
    row.sections.create(position=1, heading="Interpreting", body="We wait")
    mark_ready(case_study=row, made_by=cast.lead)
    words = words_of("Has anyone evidence on waiting and interpreting?")
    assert words == ("waiting", "interpreting")
    texts = [row.text for row in matching_texts(cast.lead, words)]
    assert texts == ["We wait", "Waits, and interpreting", "Evidence of waits"]  # "Interpreting" is a heading
    assert words_of("Has anyone evidence?") == ("evidence",)


def test_the_words_are_marked_and_everything_else_is_escaped(client, cast):
    cast.change_text(1, "We pay 5 < 6 interpreters & [link](https://example.org/)")
    client.force_login(cast.member)
    page = client.get("/search/", {"q": "interpreting"}).content.decode()
    assert "We pay 5 &lt; 6 <mark>interpreters</mark> &amp; link (https://example.org/)" in page
    assert marked("\x02<i>\x03") == "<mark>&lt;i&gt;</mark>"


def test_a_snippet_is_a_few_words_around_the_first_that_was_found():
    words = [str(number) for number in range(100)]
    words[50] = "\x02here"
    words[79] = "\x02and\x03"
    cut = snippet(" ".join(words)).split()
    assert (cut[0], cut[1], cut[-2], cut[-1]) == ("…", "35", "\x02and\x03", "…")
    words[51], words[79] = "b", "79"
    assert snippet(" ".join(words)).endswith("79\x03 …")
    assert snippet("a \x02b\x03") == "a \x02b\x03"
    assert snippet("") == ""


def test_what_is_deleted_or_changed_is_no_longer_found(cast):
    plant(cast)
    Recommendation.objects.get().delete()
    cast.case_studies[1].evidence.get().delete()
    cast.move(stages.WRITING)
    assert finds(cast.lead) == sorted([READY, DRAFTS[1]])
    cast.change_text(1, "Gone")
    assert finds(cast.lead) == [DRAFTS[1]]


def test_the_index_made_anew_is_the_same(cast, capsys):
    plant(cast)
    cast.move(stages.WRITING)
    before = finds(cast.lead, f"{WORD} clinic saturdays interpreters")
    assert len(before) > 5
    SearchText.objects.all().delete()
    call_command("rebuild_search")
    assert "pieces of text can be found" in capsys.readouterr().out
    assert finds(cast.lead, f"{WORD} clinic saturdays interpreters") == before


# The page


@pytest.mark.parametrize(
    "question",
    [
        *[
            '"',
            "''",
            "NEAR(",
            "a AND",
            "xylophone OR *",
            "title:xylophone",
            "{a b} : c",
            "^",
            "-",
            "+",
            "xylophone*",
        ],
        *["\x00", "xylophone\x00", "\\", "%", "_", "'; DROP TABLE scoring_searchtext; --", "🙂", "ŵ", "١٢"],
        *["a" * 200, "&|!():*<->", "<script>alert(1)</script>", "the of and", "  ", "xylophone " * 15],
    ],
)
def test_a_hostile_question_gets_a_clear_page(client, cast, question):
    client.force_login(cast.lead)
    response = client.get("/search/", {"q": question, "page": "zero"})
    assert response.status_code == 200
    page = response.content.decode()
    assert ("</mark>" in page or "0 results" in page) != ("There is a problem" in page)
    assert "<script>alert" not in page


def test_a_very_long_question_is_told_how_long_it_may_be(client, db):
    page = client.get("/search/", {"q": "a" * 10_000}).content.decode()
    assert "Use 200 characters or fewer: there are 10000" in page


def test_no_more_than_ten_words_are_looked_for():
    assert len(words_of(" ".join(f"word{number}" for number in range(30)))) == 10


@pytest.mark.parametrize("question", ["", "the", "?"])
def test_nothing_to_look_for_says_so(client, db, question):
    page = client.get("/search/", {"q": question}).content.decode()
    assert "Enter a word" in page


def test_pages_of_twenty(client, cast):
    for number in range(25):
        wording = Wording(theme=f"Theme {number}", action=f"Buy {WORD} {number}")
        recommend(review=cast.review, wording=wording)
    client.force_login(cast.lead)
    assert len(client.get("/search/", {"q": WORD}).context["hits"]) == 20
    second = client.get("/search/", {"q": WORD, "page": "2"})
    assert [hit.row.text for hit in second.context["hits"]] == [f"Buy {WORD} {n}" for n in range(20, 25)]
    assert 'start="21"' in second.content.decode()


@pytest.mark.postgresql
def test_postgresql_uses_its_index(cast):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = postgres.matching(SearchText.objects.order_by(), (WORD, "clinic")).explain()
    assert "Bitmap Index Scan on search_text_words" in plan


@pytest.mark.sqlite
def test_sqlite_puts_its_triggers_back_when_a_migration_took_them(cast):
    with connection.cursor() as cursor:
        for name in sqlite.TRIGGERS:
            cursor.execute(f"DROP TRIGGER {sqlite.WORDS}_{name}")
    cast.change_text(1, f"A {WORD} meanwhile")
    assert finds(cast.lead) == []
    sqlite.put_in_place()
    assert finds(cast.lead) == [f"version section: A {WORD} meanwhile"]
