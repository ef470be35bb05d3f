"""Scoring on paper: the sheets to print, and entering one for a member."""

from io import BytesIO

import pypdf
import pytest

from casestudies.models import DeclaredInterest, PanelMember
from eds import stages
from eds.scores.answers import Answer
from edsportal.web.refusals import NotPossible
from scoring.models import Draft, Score
from scoring.scores.actions import NotWhole, save_draft
from scoring.workshops.paper import enter_paper_sheet, sheet_html, sheet_pdf
from tests.cast import STAGES
from tests.scoring.scores.score_sheet.test_score_pages import CODES, address, whole
from tests.test_addresses import PEOPLE

pytestmark = pytest.mark.slow


def base(cast) -> str:
    return f"/reviews/{cast.organisation.slug}/2026/"


def entry(cast, user=None, number: int = 1) -> str:
    return f"{base(cast)}paper/{number}/{cast.members[user or cast.member].pk}/"


@pytest.fixture
def lead(client, cast):
    client.force_login(cast.lead)
    return client


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("large_print", [False, True])
def test_the_sheet_asks_what_the_page_asks(cast, tmp_path, verapdf, large_print):
    case_study = cast.case_studies[0]
    pdf = sheet_pdf(case_study, large_print=large_print)
    text = text_of(pdf)
    assert "Scoring sheet for case study 1: Falls clinic" in text
    assert "NHS Ambleford, EDS 2022, 2026" in text
    for area in case_study.domain.outcome_areas.all():
        assert f"{area.code}: {area.statement}" in text
        assert f"Your reason for {area.code}" in text
        for row in area.descriptors.all():
            assert " ".join(row.text.split()) in text
    assert text.count("I can’t judge this, so I abstain") == 4
    for grade in case_study.domain.framework.grades.all():
        assert text.count(f"{grade.score} {grade.name}") == 4
    path = tmp_path / "sheet.pdf"
    path.write_bytes(pdf)
    assert verapdf(path, "PDFUA-1") == {}


@pytest.mark.parametrize(
    ("reasons", "sentence"),
    [
        ("as_liked", "You can give a reason if you like."),
        ("each_case_study", "Give a reason for at least one of your scores."),
        ("every_score", "Give your reason for each score."),
    ],
)
def test_the_sheet_says_which_reasons_the_lead_asks_for_and_who_reads_them(cast, reasons, sentence):
    cast.ask_reasons(reasons)
    text = sheet_html(cast.case_studies[0])
    assert sentence in text
    assert "If you abstain, you do not need a reason." in text
    assert "The panel and the equality lead can read your reasons after scoring closes" in text
    assert ("Your reason for 1A (optional)" in text) is (reasons == "as_liked")


def test_entering_a_sheet_asks_for_the_reasons_that_the_lead_wants(lead, cast):
    cast.ask_reasons("every_score")
    typed = whole(rationale_1B="", rationale_1D="")  # 1D is an abstention
    page = lead.post(entry(cast), typed)
    assert page.context["form"].errors == {"rationale_1B": ["Give your reason for 1B"]}
    cast.ask_reasons("as_liked")
    assert lead.post(entry(cast), typed).status_code == 302
    assert Score.objects.filter(rationale="").count() == 2


def test_large_print_is_18_points_or_more(cast):
    def sizes(pdf: bytes) -> set[int]:
        found = set()

        def note(text, matrix, transform, font, size):
            if text.strip():
                found.add(round(abs(size * transform[3] * matrix[3])))

        for page in pypdf.PdfReader(BytesIO(pdf)).pages:
            page.extract_text(visitor_text=note)
        return found

    assert min(sizes(sheet_pdf(cast.case_studies[0]))) < 18
    assert min(sizes(sheet_pdf(cast.case_studies[0], large_print=True))) >= 18


def test_members_and_the_lead_download_sheets(lead, cast):
    for user in (cast.lead, cast.member):
        lead.force_login(user)
        answer = lead.get(f"{base(cast)}case-studies/1/paper/large-print/")
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == (
            'attachment; filename="scoring-sheet-2026-1-falls-clinic-large-print.pdf"'
        )
        assert "/case-studies/1/paper/standard/" in lead.get(base(cast) + "paper/").content.decode()
    assert lead.get(f"{base(cast)}case-studies/1/paper/huge/").status_code == 404


ANSWERS = dict.fromkeys(("author", "reader", "chair", "member", "other"), 403)
ANSWERS |= {"administrator": 404, "stranger": 404, "public": 302, "lead": 302}


def test_only_the_lead_enters_a_sheet(client, cast):
    for who in (*(who for who in PEOPLE if who not in ("lead", "guest")), "lead"):
        client.logout()
        if cast.people[who] is not None:
            client.force_login(cast.people[who])
        assert client.post(entry(cast), whole()).status_code == ANSWERS[who], who
        assert Score.objects.count() == (4 if who == "lead" else 0)


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != stages.SCORING])
def test_sheets_are_entered_only_while_members_score(lead, cast, stage):
    cast.move(stage)
    assert lead.post(entry(cast), whole()).status_code == 403
    assert Score.objects.count() == 0


def test_a_sheet_is_recorded_for_the_member_as_entered_by_the_lead(lead, cast):
    page = lead.post(entry(cast), whole(), follow=True)
    assert page.redirect_chain == [(base(cast) + "paper/", 302)]
    text = page.content.decode()
    assert "You entered the scoring sheet of Mona Member for Case study 1: Falls clinic." in text
    assert "Mona Member, case study 1: entered by Lena Lead" in text
    assert "Because of" not in text
    scores = Score.objects.order_by("outcome_area__code")
    assert [(score.value, score.abstained, score.rationale) for score in scores] == [
        (0, False, "Because of 1A"),
        (1, False, "Because of 1B"),
        (2, False, "Because of 1C"),
        (None, True, "Because of 1D"),
    ]
    assert {(score.member.user, score.submitted_by) for score in scores} == {(cast.member, cast.lead)}
    assert Draft.objects.count() == 0


def test_the_lead_does_not_see_the_values_again_before_moderation(lead, cast):
    lead.post(entry(cast), whole())
    assert not Score.objects.visible_to(cast.lead).exists()
    for page in (entry(cast), base(cast) + "paper/", base(cast)):
        assert "Because of" not in lead.get(page).content.decode()
    cast.move(stages.MEETING)
    text = lead.get(base(cast) + "moderation/1/").content.decode()
    assert "Because of 1A" in text
    assert text.count("Entered by Lena Lead for Mona Member") == 4


def test_the_member_sees_who_entered_them(client, cast):
    client.force_login(cast.lead)
    client.post(entry(cast), whole())
    client.force_login(cast.member)
    text = client.get(address(cast)).content.decode()
    assert "Lena Lead entered these scores for you from your paper sheet" in text
    assert "Because of 1A" in text
    cast.score(cast.member, 2, 1, 1, 1, 1)
    assert "entered these scores" not in client.get(address(cast, 2)).content.decode()


def test_a_member_without_an_account_scores_on_paper(lead, cast):
    row = PanelMember.objects.create(review=cast.review, name="Pat Paper", interest="carer")
    row.domains.set([cast.case_studies[0].domain])
    lead.post(f"{base(cast)}paper/1/{row.pk}/", whole())
    assert Score.objects.filter(member=row, submitted_by=cast.lead).count() == 4
    assert "Pat Paper, case study 1: entered by Lena Lead" in lead.get(base(cast) + "paper/").content.decode()


def test_what_is_missing_is_named_and_what_was_typed_stays(lead, cast):
    page = lead.post(entry(cast), whole(score_1C=""))
    assert page.context["form"].errors == {"score_1C": ["Choose a score for 1C, or abstain"]}
    assert page.context["form"]["rationale_1A"].value() == "Because of 1A"
    assert Score.objects.count() == 0
    assert Draft.objects.count() == 0


def test_a_sheet_never_overwrites_what_a_member_wrote_themselves(lead, cast):
    cast.score(cast.member, 1, 3, 3, 3, 3)
    page = lead.post(entry(cast), whole())
    assert (
        "Scores of Mona Member for Case study 1: Falls clinic are already submitted" in page.content.decode()
    )
    assert "Reason of" not in page.content.decode()
    assert page.context["form"]["rationale_1A"].value() == "Because of 1A"
    lead.force_login(cast.member)
    lead.post(address(cast, 2), whole(score_1D="", save="yes"))
    lead.force_login(cast.lead)
    page = lead.post(entry(cast, number=2), whole())
    assert "Mona Member has started scoring Case study 2: Eye screening" in page.content.decode()
    assert Draft.objects.get(outcome_area__code="1A").rationale == "Because of 1A"
    assert Score.objects.count() == 4


def answers() -> dict[str, Answer]:
    return {code: Answer(value=1, rationale=f"Because of {code}") for code in CODES}


def test_the_write_itself_refuses_other_domains_declared_interests_and_gaps(cast):
    case_study = cast.case_studies[0]
    member = cast.members[cast.member]
    sheet = {
        "member": member,
        "version": case_study.versions.get(),
        "areas": list(case_study.domain.outcome_areas.all()),
        "entered_by": cast.lead,
    }
    with pytest.raises(NotWhole):
        enter_paper_sheet(answers=answers() | {"1A": Answer()}, **sheet)
    DeclaredInterest.objects.create(member=member, case_study=case_study, reason="My sister")
    with pytest.raises(NotPossible, match="declared an interest"):
        enter_paper_sheet(answers=answers(), **sheet)
    member.domains.clear()
    with pytest.raises(NotPossible, match="other domains"):
        enter_paper_sheet(answers=answers(), **sheet)
    assert Score.objects.count() == Draft.objects.count() == 0


def test_a_member_of_another_review_or_a_case_study_that_is_not_there_answers_404(lead, cast):
    from casestudies.models import Review

    other = Review.objects.create(
        organisation=cast.organisation, framework=cast.review.framework, year="2020"
    )
    elsewhere = PanelMember.objects.create(review=other, name="Elsewhere")
    assert lead.get(f"{base(cast)}paper/1/{elsewhere.pk}/").status_code == 404
    assert lead.get(f"{base(cast)}paper/9/{cast.members[cast.member].pk}/").status_code == 404


def test_choosing_leads_to_the_form(lead, cast):
    member = cast.members[cast.member]
    answer = lead.post(base(cast) + "paper/", {"member": member.pk, "case_study": "2"})
    assert answer["Location"] == entry(cast, number=2)
    page = lead.post(base(cast) + "paper/", {"member": "", "case_study": ""})
    assert page.context["form"].errors == {
        "member": ["Choose who filled in this sheet"],
        "case_study": ["Choose the case study"],
    }


def test_a_draft_saved_while_the_sheet_is_entered_is_not_overwritten(cast, monkeypatch):
    """The member's page saves after the look and before the write."""
    case_study = cast.case_studies[0]
    member = cast.members[cast.member]
    place = {"version": case_study.versions.get(), "areas": list(case_study.domain.outcome_areas.all())}
    typed = {"1A": Answer(value=3, rationale="Typed by myself")}
    monkeypatch.setattr(
        "scoring.workshops.paper.why_not_enter",
        lambda member, version: save_draft(member=member, answers=typed, **place) and None,
    )
    with pytest.raises(NotPossible, match="has started scoring"):
        enter_paper_sheet(member=member, answers=answers(), entered_by=cast.lead, **place)
    assert Score.objects.count() == 0
