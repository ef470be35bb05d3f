"""The page that lists what the checks find."""

from dataclasses import replace

import pytest

from eds import stages
from scoring.models import AcceptedWarning
from scoring.publishing import findings
from scoring.publishing.findings import accept_warning, review_findings
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
    assert ("commentary-repeated", 2, f"{review}moderation/2/#id_commentary") in found
    assert ("high-score-without-evidence", 1, f"{review}case-studies/1/") in found
    assert ("outcome-not-scored", 1, f"{review}moderation/1/#id_score_1A") in found
    assert ("header-incomplete", None, f"{review}header/#id_board_sponsor") in found
    assert not any("approval" in address for *_, address in found)  # nobody can record one while it is open
    cast.review.stage = stages.APPROVAL  # nothing of the content changes any more: it is sent back first
    later = [
        one.address for one in review_findings(cast.review) if one.finding.about == "Board sponsor or lead"
    ]
    assert later == [f"{review}stage/"]
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


def test_an_accepted_warning_stays_accepted_when_its_sentence_is_worded_anew(cast, monkeypatch):
    cast.move(stages.MEETING)
    point = next(point for point in review_findings(cast.review) if not point.is_error)
    accept_warning(review=cast.review, point=point, reason="Not decided", accepted_by=cast.lead)

    def accepted(change) -> set[str]:
        monkeypatch.setattr(findings, "check", lambda *args, **more: [change(point.finding)])
        return {row.accepted.reason for row in review_findings(cast.review) if row.accepted}

    assert accepted(lambda finding: replace(finding, message="In other words.")) == {"Not decided"}
    assert accepted(lambda finding: replace(finding, about="something else")) == set()
    assert accepted(lambda finding: replace(finding, case_study=9)) == set()


def test_a_warning_that_was_accepted_by_its_sentence_stays_accepted(cast):
    cast.move(stages.MEETING)
    point = next(point for point in review_findings(cast.review) if not point.is_error)
    AcceptedWarning.objects.create(
        review=cast.review,
        key=findings._earlier_key_of(point.finding),
        message=point.finding.message,
        reason="Of last month",
        accepted_by=cast.lead,
    )
    again = next(one for one in review_findings(cast.review) if one.key == point.key)
    assert again.accepted.reason == "Of last month"


def test_no_two_findings_of_a_report_have_one_key(cast):
    cast.move(stages.MEETING)
    keys = [point.key for point in review_findings(cast.review) if not point.is_error]
    assert len(keys) > 5
    assert len(set(keys)) == len(keys)
