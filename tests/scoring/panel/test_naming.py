"""How the report names members of the panel: as each chose, or by their group only; and whom it counts."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from casestudies.models import PanelMember
from eds import stages
from reports.formats import FORMATS
from reports.writing import methods
from scoring.panel.actions import add_member
from scoring.review.content import report_content

NAMES_THE_PANEL = ("html", "pdf", "pdf-large", "docx", "xlsx", "json")


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


@pytest.mark.slow
@pytest.mark.parametrize("format", [name for name in FORMATS if name != "pictures"])
def test_no_form_of_the_report_names_whoever_did_not_agree(cast, format):
    """Mona has a place on the panel, scored, declared an interest and is named by her group alone."""
    cast.score(cast.other, 1, 0, 1, 2, 3)
    cast.score(cast.member, 2, 0, 1, 2, 3)
    cast.members[cast.member].declared_interests.create(case_study=cast.case_studies[0], reason="My sister")
    PanelMember.objects.filter(pk=cast.members[cast.member].pk).update(named_as="group")
    PanelMember.objects.filter(pk=cast.members[cast.other].pk).update(named_as="name")
    cast.move(stages.MEETING)
    text = text_of(FORMATS[format].make(report_content(cast.review)))
    assert "Mona" not in text
    assert cast.member.email not in text
    assert ("Oscar Other" in text) == (format in NAMES_THE_PANEL)


def text_of(data: bytes) -> str:
    """All that a file holds: the text of a PDF with its properties, the parts of an archive, or the bytes as UTF-8."""
    if data.startswith(b"%PDF"):
        reader = PdfReader(BytesIO(data))
        return " ".join([str(reader.metadata), *(page.extract_text() for page in reader.pages)])
    if data.startswith(b"PK"):
        archive = ZipFile(BytesIO(data))
        return " ".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    return data.decode()
