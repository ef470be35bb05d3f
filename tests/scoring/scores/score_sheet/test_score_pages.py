"""A panel member's pages: my work, read and score, check your answers, submit."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from casestudies.models import CaseStudy, Review
from eds import stages
from scoring.models import Draft, Score
from scoring.my_work.tasks import CHANGED, _by
from tests.cast import put
from tests.prepare import mark_ready

CODES = ("1A", "1B", "1C", "1D")


def address(cast, number: int = 1, more: str = "") -> str:
    return f"/reviews/{cast.organisation.slug}/{cast.review.year}/case-studies/{number}/score/{more}"


def whole(**changes) -> dict[str, str]:
    data = {f"score_{code}": str(value) for code, value in zip(CODES, (0, 1, 2, "abstain"), strict=True)}
    return data | {f"rationale_{code}": f"Because of {code}" for code in CODES} | changes


@pytest.fixture
def member(client, cast):
    cast.like_one_page(cast.member)
    client.force_login(cast.member)
    return client


def test_my_work_lists_what_is_owed_in_order_with_its_status(member, cast):
    cast.score(cast.member, 2, 1, 1, 1, 1)
    member.post(address(cast, 3), {"score_1A": "2", "save": "yes"})
    page = member.get("/my-work/")
    assert [(task.text, task.status) for task in page.context["tasks"]] == [
        ("Score case study 1: Falls clinic", "Not started"),
        ("Continue scoring case study 3: Young carers", "In progress"),
    ]
    assert [(task.text, task.status) for task in page.context["done"]] == [
        ("See or change your scores for case study 2: Eye screening", "Submitted")
    ]


NEXT = {
    stages.WRITING: "Case studies are being written.",
    stages.MEETING: "The panel is now agreeing its scores.",
    stages.APPROVAL: "The panel has agreed its scores.",
    stages.PUBLISHED: "The report is published. See what became of your scores.",
}


@pytest.mark.parametrize("stage", NEXT)
def test_nothing_is_owed_outside_scoring_and_what_happens_next_is_said(member, cast, stage):
    cast.move(stage)
    page = member.get("/my-work/")
    assert page.context["tasks"] == []
    assert NEXT[stage] in page.content.decode()


def test_everything_scored_says_what_happens_next(member, cast):
    for number in (1, 2, 3):
        cast.score(cast.member, number, 1, 1, 1, 1)
    page = member.get("/my-work/")
    assert (len(page.context["tasks"]), len(page.context["done"])) == (0, 3)
    assert "You have scored everything. Next, the panel meets" in page.content.decode()


def test_my_work_says_by_when_and_the_earliest_review_comes_first(member, cast):
    later = Review.objects.create(
        organisation=cast.organisation, framework=cast.review.framework, year="2025"
    )
    seat = later.panel_members.create(user=cast.member, name="Mona Member")
    seat.domains.set(cast.members[cast.member].domains.all())
    case_study = CaseStudy.objects.create(
        review=later, number=1, domain=cast.case_studies[0].domain, title="Without a date"
    )
    mark_ready(case_study=case_study, made_by=cast.lead)
    put(later, stages.SCORING)
    cast.review.case_studies.update(scoring_closes_on="2026-03-12")
    cast.score(cast.member, 1, 1, 1, 1, 1)
    page = member.get("/my-work/")
    assert [(task.text, task.hint) for task in page.context["tasks"]] == [
        ("Score case study 2: Eye screening", "NHS Ambleford 2026, by 12 March 2026"),
        ("Score case study 3: Young carers", "NHS Ambleford 2026, by 12 March 2026"),
        ("Score case study 1: Without a date", "NHS Ambleford 2025"),
    ]
    assert [task.hint for task in page.context["done"]] == ["NHS Ambleford 2026"]


def test_after_submitting_one_the_next_is_a_button_away(member, cast):
    assert "Next:" not in member.get("/my-work/").content.decode()
    member.post(address(cast), whole(check="yes"))
    text = member.post(address(cast, more="submit/"), follow=True).content.decode()
    assert "Next: score case study 2: Eye screening" in text


def test_a_case_study_that_changed_since_it_was_scored_comes_first(member, cast):
    cast.score(cast.member, 3, 1, 1, 1, 1)
    cast.change_text(3, "Open on Sundays")
    page = member.get("/my-work/")
    assert [(task.text, task.status) for task in page.context["tasks"]] == [
        ("Check your scores for case study 3: Young carers", "Changed since you scored it"),
        ("Score case study 1: Falls clinic", "Not started"),
        ("Score case study 2: Eye screening", "Not started"),
    ]
    cast.move(stages.MEETING)
    assert len(member.get("/my-work/").context["tasks"]) == 1


def test_the_page_shows_the_text_and_the_descriptors(member, cast):
    text = member.get(address(cast)).content.decode()
    assert "Why we chose Falls clinic." in text
    assert "<li>Open on Saturdays</li>" in text
    for row in cast.case_studies[0].domain.outcome_areas.get(code="1A").descriptors.all():
        assert row.text in text
    assert "0 of 4 questions answered" in text


def test_a_draft_is_kept_and_how_many_are_answered_is_said(member, cast):
    answers = whole(score_1D="", save="yes")
    page = member.post(address(cast), answers, follow=True)
    assert page.redirect_chain == [(address(cast), 302)]
    text = page.content.decode()
    assert "Draft saved. 3 of 4 questions answered." in text
    assert "3 of 9" not in text
    assert page.context["form"]["rationale_1D"].value() == "Because of 1D"
    assert Score.objects.count() == 0


def test_leaving_one_out_names_it_and_keeps_the_rest(member, cast):
    page = member.post(address(cast), whole(score_1C="", check="yes"))
    assert page.context["form"].errors == {"score_1C": ["Choose a score for 1C, or abstain"]}
    assert "<title>Error: Score Falls clinic" in page.content.decode()
    assert Draft.objects.get(outcome_area__code="1D").abstained is True


def test_what_is_typed_comes_back_even_when_it_is_refused(member, cast):
    long = "x" * 2001
    page = member.post(address(cast), whole(rationale_1A=long, save="yes"))
    assert page.status_code == 200
    assert long in page.content.decode()
    assert page.context["form"].errors == {
        "rationale_1A": ["Your reason for 1A must be 2,000 characters or fewer"]
    }


def test_check_your_answers_then_submit(member, cast):
    member.post(address(cast), whole(check="yes"))
    page = member.get(address(cast, more="check/"))
    assert [line["words"] for line in page.context["sheet"].lines] == [
        "0 Undeveloped",
        "1 Developing",
        "2 Achieving",
        "Abstained",
    ]
    assert "3 of 9, 1 outcome abstained" in page.content.decode()
    done = member.post(address(cast, more="submit/"), follow=True)
    assert done.redirect_chain == [("/my-work/", 302)]
    assert Score.objects.filter(member__user=cast.member).count() == 4
    shown = member.get(address(cast)).content.decode()
    assert "You submitted these scores on" in shown


def test_checking_names_what_is_missing_and_nothing_can_be_submitted(member, cast):
    member.post(address(cast), whole(score_1C="", save="yes"))
    text = member.get(address(cast, more="check/")).content.decode()
    assert "Choose a score for 1C, or abstain" in text
    assert "Submit your scores" not in text
    answer = member.post(address(cast, more="submit/"))
    assert (answer.status_code, answer["Location"]) == (302, address(cast, more="check/"))
    assert Score.objects.count() == 0


def test_nobody_elses_scores_are_on_any_page_of_a_member(member, cast):
    cast.score(cast.other, 1, 3, 3, 3, 3)
    cast.score(cast.chair, 2, 3, 3, 3, 3)
    for page in (
        "/my-work/",
        "/reviews/",
        address(cast),
        address(cast, 2),
        address(cast).replace("score/", ""),
    ):
        text = member.get(page).content.decode()
        for leak in ("Reason of", "Oscar", "Charles", "12/12"):
            assert leak not in text, (page, leak)


@pytest.mark.parametrize(
    ("who", "status"),
    [("lead", 403), ("reader", 403), ("author", 403), ("stranger", 404), ("administrator", 404)],
)
def test_only_members_score_and_others_are_told_why(client, cast, who, status):
    client.force_login(cast.people[who])
    answer = client.post(address(cast), whole(save="yes"))
    assert answer.status_code == status
    if status == 403:
        wrote = (
            "You are an author of this case study"
            if who == "author"
            else "Only panel members can score case studies."
        )
        assert wrote in answer.content.decode()
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(
    ("stage", "status", "reason"),
    [(stages.WRITING, 404, "Page not found"), (stages.MEETING, 403, "Scoring has closed.")],
)
def test_a_member_is_told_when_scoring_is_not_open(member, cast, stage, status, reason):
    """Before it opens members know nothing of the case study."""
    cast.move(stage)
    answer = member.post(address(cast), whole(save="yes"))
    assert answer.status_code == status
    assert reason in answer.content.decode()


@pytest.mark.parametrize(
    ("moment", "day"),
    [("2026-06-30T23:30+00:00", "1 July 2026"), ("2026-12-31T23:30+00:00", "31 December 2026")],
)
def test_a_change_is_dated_as_people_here_date_it(moment, day):
    row = SimpleNamespace(changed_at=datetime.fromisoformat(moment))
    assert _by(row, CHANGED) == f"changed on {day}"
