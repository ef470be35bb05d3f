"""Editing a draft, and putting it in use, changes no page and no published file of a review by a byte."""

import re

import pytest

from casestudies.frameworks.actions import (
    copy_framework,
    edit_outcome_area,
    move_outcome_area,
    order_of,
    put_in_use,
)
from casestudies.models import Framework, OutcomeArea, Review
from eds import stages
from edsportal.web.refusals import mark_of
from reports.formats import FORMATS
from scoring.models import Publication
from scoring.publishing.actions import make_files, publish
from scoring.review.content import report_content
from tests.prepare import record_agreed_score

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]  # what pages and files say is no question of the database

PAGES = ("", "stage/", "case-studies/1/", "case-studies/1/score/", "moderation/", "moderation/1/", "report/")
TOKENS = re.compile(
    rb'(name="csrfmiddlewaretoken" value|name="typed_by" value|nonce|name="page" value)="[^"]*"'
)


def everything_said(client, cast):
    """Each page of the running review for each of its people, each page and file of the published one."""
    said = {}
    for who in ("lead", "author", "reader", "chair", "member", None):
        client.logout()
        if who:
            client.force_login(cast.people[who])
        for page in PAGES:
            answer = client.get(f"/reviews/{cast.organisation.slug}/2026/{page}")
            said[who, page] = (answer.status_code, TOKENS.sub(b"", answer.content))
        published = f"/reports/{cast.organisation.slug}/2025"
        said[who, "published"] = TOKENS.sub(b"", client.get(f"{published}/").content)
        said[who, "json"] = client.get(f"{published}.json").content
    for name in FORMATS:
        answer = client.get(f"{published}.{name}")
        assert answer.status_code == 200, name
        said[name] = answer.content
    return said


def published_last_year(cast):
    """A published review of the year before, with an agreed score for each outcome area."""
    review = Review.objects.create(
        organisation=cast.organisation, framework=cast.review.framework, year="2025", stage=stages.APPROVAL
    )
    domain = cast.case_studies[0].domain
    study = review.case_studies.create(number=1, domain=domain, title="Walking aids")
    for area in domain.outcome_areas.all():
        record_agreed_score(
            case_study=study, outcome_area=area, value=1, rationale="Some", recorded_by=cast.lead
        )
    content = report_content(review)
    publish(review=review, content=content, files=make_files(content), published_by=cast.lead, note="")
    Review.objects.filter(pk=review.pk).update(stage=stages.PUBLISHED)


@pytest.mark.parametrize("stage", [stages.SCORING, stages.MEETING])
def test_nothing_of_a_review_changes_by_a_byte(client, cast, stage):
    published_last_year(cast)
    cast.score(cast.member, 1, 0, 1, 2, 3)
    cast.move(stage)
    everything_said(client, cast)
    before = everything_said(client, cast)
    kept = list(Publication.objects.values_list("content", "edition", "sha256"))

    eds = cast.review.framework
    draft = copy_framework(framework=eds, name="EDS 2027", copied_by=cast.administrator)
    area = OutcomeArea.objects.get(domain__framework=draft, code="1A")
    edit_outcome_area(
        area=area, statement="LEAKED STATEMENT", guidance="LEAKED GUIDANCE",
        descriptors=dict.fromkeys(range(4), "LEAKED MEANING"), seen=mark_of(area.as_value()),
        edited_by=cast.administrator,
    )  # fmt: skip
    move_outcome_area(area=area, up=False, seen=order_of(area.domain), moved_by=cast.administrator)
    assert everything_said(client, cast) == before

    whole = Framework.objects.whole().get(pk=draft.pk).as_edition()
    put_in_use(framework=draft, seen=mark_of(whole), put_by=cast.administrator)
    assert everything_said(client, cast) == before
    assert list(Publication.objects.values_list("content", "edition", "sha256")) == kept
    assert "LEAKED" not in str(report_content(cast.review))
