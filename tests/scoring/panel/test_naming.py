"""How the report names members of the panel: as each chose, or by their group only; and whom it counts."""

import pytest

from eds import stages
from reports.writing import methods
from scoring.panel.actions import add_member
from scoring.review.content import report_content


@pytest.mark.parametrize(
    ("named_as", "prints_groups_only", "name"),
    [
        ("name", False, "Mona Member"),
        ("group", False, "Panel member 2"),
        ("", False, "Panel member 2"),
        ("name", True, "Panel member 2"),
    ],
)
def test_a_name_is_printed_where_the_member_and_the_lead_agree(
    cast, client, named_as, prints_groups_only, name
):
    member = cast.members[cast.member]
    member.named_as = ""
    member.save()
    if named_as:
        client.force_login(cast.member)
        client.post("/my-work/name/", {f"member_{member.pk}": named_as})
    member.declared_interests.create(case_study=cast.case_studies[0], reason="My sister")
    cast.review.prints_groups_only = prints_groups_only
    report = report_content(cast.review)
    assert [each.name for each in report.panel][1] == name
    assert [each.member for each in report.interests] == [name]
    assert [each.interest for each in report.panel] == ["vcse"] * 3


def test_the_report_counts_people_who_scored_and_lists_nobody_who_never_came(cast):
    domains = cast.review.framework.domains.filter(number=1)
    given = {"interest": "carer", "domains": domains, "is_chair": False}
    add_member(review=cast.review, name="Never Came", email="never@example.org", **given)
    cast.score(cast.member, 1, 0, 1, 2, 3)
    cast.score(cast.other, 2, 0, 1, 2, 3)
    cast.move(stages.MEETING)
    report = report_content(cast.review)
    assert [each.name for each in report.panel] == ["Charles Chair", "Mona Member", "Oscar Other"]
    assert report.panel_scores.people == 2
    assert methods.sentences(report)[:2] == [
        "The panel had 3 members. From outside the NHS: 3.",
        "2 people scored.",
    ]
