"""Choosing the case study that stands for a domain: only where there is no clear middle, by the lead, never unseen."""

import json

import pytest

from casestudies.models import DeclaredInterest, PanelMember
from eds import stages
from edsportal.web.refusals import NotPossible
from reports.formats import FORMATS
from reports.writing.data.json_report import to_json
from scoring.models import DomainChoice
from scoring.moderation.domain_choice import choose_case_study
from scoring.review.content import report_content
from tests.cast import make_cast
from tests.prepare import record_agreed_score

CHOICE = {"case_study": "2", "chosen_by": "Bea Board", "reason": "it is the largest"}
WORDS = "Eye screening: joint middle score; Bea Board chose this case study because it is the largest"


def agreed(*totals, stage=stages.MEETING):
    """The cast with that many services, of which each has that total out of 12."""
    cast = make_cast(stage=stage, services=len(totals))
    for case_study, total in zip(cast.case_studies, totals, strict=True):
        for place, area in enumerate(case_study.domain.outcome_areas.all()):
            value = max(0, min(3, total - 3 * place))
            record_agreed_score(
                case_study=case_study, outcome_area=area, value=value, rationale="r", recorded_by=cast.lead
            )
    return cast


def address(cast, number=1):
    return f"/reviews/{cast.organisation.slug}/2026/domains/{number}/choice/"


def test_until_a_person_chooses_the_tie_names_none_then_page_report_and_files_name_person_and_reason(
    client, db
):
    cast = agreed(5, 5, 7)
    client.force_login(cast.lead)
    for page in ("", "moderation/"):
        text = client.get(f"/reviews/{cast.organisation.slug}/2026/{page}").content.decode()
        assert "joint middle score: case studies 1 and 2 both have 5/12" in text
        assert address(cast) in text
    assert client.post(address(cast), CHOICE).status_code == 302
    for page in ("", "moderation/", "report/"):
        text = client.get(f"/reviews/{cast.organisation.slug}/2026/{page}").content.decode()
        assert WORDS in text, page
    told = json.loads(to_json(report_content(cast.review)))
    assert told["choices"] == [{"domain": 1, **CHOICE, "case_study": 2}]
    assert told["results"]["domains"][0]["case_study"] == 2
    assert WORDS.partition(", ")[2].encode() in FORMATS["json"].make(report_content(cast.review))
    row = DomainChoice.objects.get()
    assert (row.recorded_by, row.chosen_by) == (cast.lead, "Bea Board")


@pytest.mark.parametrize("totals", [(5, 7), (4, 4, 5, 7)])
def test_with_two_or_four_services_no_total_stands_until_a_person_chooses(client, db, totals):
    cast = agreed(*totals)
    client.force_login(cast.lead)
    overview = f"/reviews/{cast.organisation.slug}/2026/"
    domain = client.get(overview).context["figures"].domains[0]
    assert (domain.total, domain.case_study) == (None, None)
    assert client.post(address(cast), CHOICE).status_code == 302
    domain = client.get(overview).context["figures"].domains[0]
    assert (domain.total, domain.case_study) == (totals[1], 2)


@pytest.mark.parametrize("totals", [(5, 4, 7), (5,)])
def test_a_clear_middle_and_an_only_case_study_refuse_a_choice_with_the_reason(client, db, totals):
    cast = agreed(*totals)
    client.force_login(cast.lead)
    answer = client.post(address(cast), CHOICE | {"case_study": "1"})
    assert answer.status_code == 403
    assert "You can’t choose a case study for Domain 1 now" in answer.content.decode()
    domain = cast.case_studies[0].domain
    with pytest.raises(NotPossible):
        choose_case_study(review=cast.review, domain=domain, seen="", recorded_by=cast.lead,
                          **(CHOICE | {"case_study": 1}))  # fmt: skip
    assert DomainChoice.objects.count() == 0


def test_a_case_study_that_is_not_in_the_tie_is_refused_and_what_was_typed_stays(client, db):
    cast = agreed(5, 5, 7)
    client.force_login(cast.lead)
    page = client.post(address(cast), CHOICE | {"case_study": "3"}).content.decode()
    assert "Bea Board" in page
    assert DomainChoice.objects.count() == 0


def test_the_second_of_two_is_told_what_the_first_recorded_and_replaces_it_only_knowingly(client, db):
    cast = agreed(5, 5, 7)
    client.force_login(cast.lead)
    client.post(address(cast), CHOICE | {"seen": ""})
    second = client.post(
        address(cast), {"case_study": "1", "chosen_by": "Cy Chair", "reason": "new", "seen": ""}
    )
    text = second.content.decode()
    assert (
        "Lena Lead recorded this while you were editing: Case study 2: Eye screening. Bea Board chose it"
        in text
    )
    assert "Cy Chair" in text
    assert DomainChoice.objects.get().chosen_by == "Bea Board"
    seen = second.context["form"]["seen"].value()
    client.post(address(cast), {"case_study": "1", "chosen_by": "Cy Chair", "reason": "new", "seen": seen})
    assert DomainChoice.objects.get().chosen_by == "Cy Chair"


@pytest.mark.parametrize(("who", "status"), [("lead", 302), ("chair", 403), ("member", 403), ("reader", 403),
                                             ("author", 403), ("stranger", 404), ("administrator", 404)])  # fmt: skip
def test_only_the_lead_records_it(client, db, who, status):
    cast = agreed(5, 5, 7)
    client.force_login(cast.people[who])
    assert client.post(address(cast), CHOICE).status_code == status
    assert DomainChoice.objects.count() == (status == 302)


@pytest.mark.parametrize("stage", [stages.SCORING, stages.APPROVAL, stages.PUBLISHED])
def test_only_while_scores_are_agreed(client, db, stage):
    cast = agreed(5, 5, 7, stage=stage)
    client.force_login(cast.lead)
    assert client.post(address(cast), CHOICE).status_code == 403
    assert DomainChoice.objects.count() == 0


def test_a_lead_who_declared_an_interest_does_not_choose(client, db):
    cast = agreed(5, 5, 7)
    seat = PanelMember.objects.create(review=cast.review, user=cast.lead, name="Lena Lead", interest="vcse")
    DeclaredInterest.objects.create(member=seat, case_study=cast.case_studies[0], reason="Family")
    client.force_login(cast.lead)
    assert client.post(address(cast), CHOICE).status_code == 403
