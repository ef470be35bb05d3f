"""What is missing before the next stage: told before anybody presses a button, each with its page."""

import pytest

from casestudies.models import CaseStudy, PanelMember
from eds import stages
from scoring.models import DomainChoice
from scoring.review.readiness import missing_before, missing_for
from tests.prepare import mark_ready, record_agreed_score
from tests.scoring.review.stages.test_stages import agree_all


def texts(cast, target: str) -> list[str]:
    return [item.text for item in missing_before(cast.review, target)]


def texts_for(cast, target: str) -> list[str]:
    return [item.text for item in missing_for(cast.review, target, cast.case_studies)]


def test_a_change_after_ready_is_told_until_it_is_marked_again(cast):
    cast.move(stages.WRITING)
    assert texts_for(cast, stages.SCORING) == []
    cast.case_studies[1].sections.filter(position=1).update(body="Something else.")
    assert texts_for(cast, stages.SCORING) == [
        "Case study 2: Eye screening was changed after it was accepted. Send it for review again."
    ]
    mark_ready(case_study=cast.case_studies[1], made_by=cast.lead)
    assert texts_for(cast, stages.SCORING) == []


@pytest.fixture
def leadership(cast) -> CaseStudy:
    """A leadership statement whose outcomes are all agreed, with the services."""
    domain = cast.review.framework.domains.get(number=3)
    row = CaseStudy.objects.create(review=cast.review, number=4, domain=domain, title="Our leadership")
    mark_ready(case_study=row, made_by=cast.lead)
    cast.case_studies.append(row)
    cast.move(stages.AGREED)
    agree_all(cast)
    return row


def test_domain_3_waits_for_those_who_test_it(cast, leadership):
    union, evaluator = texts(cast, stages.APPROVAL)
    assert "no trade union representative is named" in union
    assert "no independent evaluator or peer reviewer is named" in evaluator
    cast.review.trade_union_reps = ["Una Steward"]
    assert texts(cast, stages.APPROVAL) == [evaluator]
    peer = PanelMember.objects.create(review=cast.review, name="Per Reviewer", interest="peer_reviewer")
    peer.domains.set([leadership.domain])
    assert texts(cast, stages.APPROVAL) == []


def test_services_alone_need_no_third_party(cast):
    cast.move(stages.AGREED)
    agree_all(cast)
    assert texts(cast, stages.APPROVAL) == []


def test_with_two_services_somebody_chooses_before_approval(db):
    from tests.cast import make_cast

    cast = make_cast(stage=stages.AGREED, services=2)
    agree_all(cast, chosen=False)
    (found,) = missing_before(cast.review, stages.APPROVAL)
    assert found.text == "Domain 1: 2 case studies: no one has chosen the one used for the domain score."
    assert found.address == f"/reviews/{cast.organisation.slug}/2026/domains/1/choice/"
    DomainChoice.objects.create(
        review=cast.review,
        domain=cast.case_studies[0].domain,
        case_study=cast.case_studies[0],
        chosen_by="Lena Lead",
        reason="Most people use it",
    )
    assert texts(cast, stages.APPROVAL) == []


def test_a_tie_is_missing_until_somebody_chooses(cast, client):
    """The link works for the lead, who reads it, while the review is open."""
    agree_all(cast, chosen=False)
    cast.move(stages.AGREED)
    (found,) = missing_before(cast.review, stages.APPROVAL)
    assert found.text == "Domain 1: joint middle score: case studies 1, 2 and 3 all have 8/12."
    client.force_login(cast.lead)
    assert client.get(found.address).status_code == 200
    cast.choose()
    assert texts(cast, stages.APPROVAL) == []


def test_nothing_scored_is_not_the_same_as_0(cast):
    cast.move(stages.AGREED)
    agree_all(cast, value=0)
    assert texts(cast, stages.APPROVAL) == []


def test_the_review_and_its_stage_page_tell_the_lead_alone_what_is_missing(cast, client):
    cast.move(stages.AGREED)
    cast.review.case_studies.filter(number=2).update(stage=stages.MEETING)
    agree_all(cast, but=(2, "1C"))
    area = cast.case_studies[1].domain.outcome_areas.get(code="1C")
    address = f"/reviews/{cast.organisation.slug}/2026/"
    line = f'<a href="{address}moderation/2/">Case study 2: no agreed score for 1C.</a>'
    client.force_login(cast.lead)
    for page in (address, address + "stage/"):
        text = client.get(page).content.decode()
        assert line in text
        assert "1 thing still to do" in text
    client.force_login(cast.chair)
    assert "still to do" not in client.get(address).content.decode()
    record_agreed_score(
        case_study=cast.case_studies[1], outcome_area=area, value=1, rationale="r", recorded_by=cast.lead
    )
    cast.move(stages.AGREED)
    client.force_login(cast.lead)
    assert "still to do" not in client.get(address).content.decode()
    text = client.get(address + "stage/").content.decode()
    assert "Everything needed for it is ready." in text
    assert "Before the review can move to: approval" in text


def test_after_publication_no_next_stage_is_told(cast, client):
    cast.move(stages.PUBLISHED)
    client.force_login(cast.lead)
    text = client.get(f"/reviews/{cast.organisation.slug}/2026/").content.decode()
    assert "still to do" not in text


@pytest.mark.parametrize("services", [1, 3])
def test_what_is_missing_before_scoring_costs_the_same_for_three(db, django_assert_num_queries, services):
    from tests.cast import make_cast

    cast = make_cast(stage=stages.WRITING, services=services)
    with django_assert_num_queries(7):
        assert texts_for(cast, stages.SCORING) == []
