"""The page that lists what the checks find."""

import pytest

from eds import stages
from scoring.models import AcceptedWarning
from scoring.publishing.findings import review_findings
from tests.prepare import record_agreed_score, record_commentary

SAME = "The panel saw good plans for the service, but no figures by protected characteristic yet this year."


def test_the_lead_sees_each_finding_with_its_reason_and_where_to_mend_it(client, cast):
    cast.move(stages.MEETING)
    for study in cast.case_studies[:2]:
        record_commentary(case_study=study, text=SAME, recorded_by=cast.lead)
    area = cast.case_studies[0].domain.outcome_areas.get(code="1B")
    record_agreed_score(
        case_study=cast.case_studies[0], outcome_area=area, value=2, rationale="r", recorded_by=cast.lead
    )
    client.force_login(cast.lead)
    page = client.get(f"/reviews/{cast.organisation.slug}/2026/checks/")
    found = {
        (point.finding.code, point.finding.case_study, point.address)
        for group in [*page.context["errors"], *page.context["warnings"]]
        for point in group.points
    }
    review = f"/reviews/{cast.organisation.slug}/2026/"
    assert ("commentary-repeated", 2, f"{review}moderation/2/") in found
    assert ("high-score-without-evidence", 1, f"{review}case-studies/1/") in found
    assert ("header-incomplete", None, review) in found
    assert all(group.is_error for group in page.context["errors"])
    assert not any(group.is_error for group in page.context["warnings"])


@pytest.mark.parametrize("stage", [stages.WRITING, stages.SCORING])
def test_nothing_is_told_before_scoring_has_closed(client, cast, stage):
    cast.move(stage)
    client.force_login(cast.lead)
    page = client.get(f"/reviews/{cast.organisation.slug}/2026/checks/")
    assert page.status_code == 403


def test_a_warning_is_accepted_with_a_reason_that_is_kept_and_an_error_is_not(client, cast):
    cast.move(stages.MEETING)
    points = review_findings(cast.review)
    warning = next(point for point in points if point.finding.code == "header-incomplete")
    error = next(point for point in points if point.is_error)
    client.force_login(cast.lead)
    address = f"/reviews/{cast.organisation.slug}/2026/checks/"
    refused = client.post(f"{address}{warning.key}/", {"reason": " "})
    assert refused.context["form"].errors == {"reason": ["Enter why you are accepting it"]}
    page = client.post(f"{address}{warning.key}/", {"reason": "Not decided"}, follow=True)
    assert "Not decided" in page.content.decode()
    row = AcceptedWarning.objects.get()
    assert (row.message, row.reason, row.accepted_by) == (
        warning.finding.message,
        "Not decided",
        cast.lead,
    )
    assert client.post(f"{address}{error.key}/", {"reason": "No"}).status_code == 404
    assert client.post(f"{address}{'0' * 64}/", {"reason": "No"}).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("member", 403), ("reader", 403), ("stranger", 404)])
def test_only_the_lead_accepts(client, cast, who, status):
    cast.move(stages.MEETING)
    warning = next(point for point in review_findings(cast.review) if not point.is_error)
    client.force_login(cast.people[who])
    address = f"/reviews/{cast.organisation.slug}/2026/checks/{warning.key}/"
    assert client.post(address, {"reason": "x"}).status_code == status
    assert AcceptedWarning.objects.count() == 0
