"""The page that lists what the checks find."""

import pytest

from casestudies import stages
from scoring.actions.agreed import record_agreed_score, record_commentary

SAME = "The panel saw good plans for the service, but no figures by protected characteristic yet this year."


def test_the_lead_sees_each_finding_with_its_reason_and_where_to_mend_it(client, cast):
    cast.move(stages.MODERATION)
    for study in cast.case_studies[:2]:
        record_commentary(case_study=study, text=SAME, recorded_by=cast.lead)
    area = cast.case_studies[0].domain.outcome_areas.get(code="1B")
    record_agreed_score(
        case_study=cast.case_studies[0], outcome_area=area, value=2, rationale="r", recorded_by=cast.lead
    )
    client.force_login(cast.lead)
    page = client.get(f"/reviews/{cast.organisation.slug}/2026/checks/")
    found = {
        (finding.code, finding.case_study, address)
        for group in [*page.context["errors"], *page.context["warnings"]]
        for finding, address in group.findings
    }
    review = f"/reviews/{cast.organisation.slug}/2026/"
    assert ("commentary-repeated", 2, f"{review}moderation/2/") in found
    assert ("high-score-without-evidence", 1, f"{review}case-studies/1/") in found
    assert ("header-incomplete", None, review) in found
    assert all(group.is_error for group in page.context["errors"])
    assert not any(group.is_error for group in page.context["warnings"])


@pytest.mark.parametrize("stage", [stages.SETUP, stages.EVIDENCE, stages.SCORING])
def test_nothing_is_told_before_scoring_has_closed(client, cast, stage):
    cast.move(stage)
    client.force_login(cast.lead)
    page = client.get(f"/reviews/{cast.organisation.slug}/2026/checks/")
    assert page.status_code == 403
