"""The report as HTML is well made, and nothing typed becomes markup."""

from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html as lxml_html

from eds.content import Action, Evidence, Judgement, Section, Theme
from reports.writing import html_report
from tests.reports.rendered import parsed, text
from tests.reports.samples import CHOSEN, FULL, GRADED, TALKING, UNFINISHED, service

EVERY = pytest.mark.parametrize(
    "content", [FULL, UNFINISHED, CHOSEN, GRADED], ids=["full", "unfinished", "chosen", "graded"]
)


def report_with(item):
    study = service(1, "Talking Therapies", (1, 1, 1, 1), evidence=(item,))
    return replace(FULL, case_studies=(study,))


@EVERY
def test_the_contents_lead_to_every_part_in_order(content):
    tree = parsed(content)
    linked = [(link.get("href"), text(link)) for link in tree.find("nav").iter("a")]
    parts = [(f"#{heading.get('id')}", text(heading)) for heading in tree.iter("h2")]
    assert linked == [part for part in parts if part != ("#contents", "Contents")]


@EVERY
def test_headings_begin_with_one_h1_and_skip_no_level(content):
    levels = [int(heading.tag[1]) for heading in parsed(content).iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@EVERY
def test_tables_have_captions_and_headers_with_scope(content):
    for table in parsed(content).iter("table"):
        assert text(table.find("caption"))
        assert {header.get("scope") for header in table.iter("th")} <= {"row", "col", "rowgroup"}
        assert all(row.find("th") is not None for row in table.iter("tr"))
        widths = {sum(int(cell.get("colspan", 1)) for cell in row) for row in table.iter("tr")}
        assert len(widths) == 1


@EVERY
def test_nothing_in_it_is_for_the_security_policy_to_refuse(content):
    tree = parsed(content)
    assert not tree.xpath("//@style | //script | //style | //@*[starts-with(name(), 'on')]")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_what_people_type_is_never_markup():
    evil = "<script>alert(1)</script><b onclick='x'>&"
    content = replace(
        FULL,
        title=evil,
        year=evil,
        organisation=replace(FULL.organisation, name=evil, ics=evil),
        case_studies=(
            replace(
                TALKING,
                title=evil,
                sections=(Section(heading=evil, body=evil),),
                commentary=evil,
                owners={"1A": evil},
                scores={"1A": Judgement(score=1, rationale=evil)},
                evidence=(Evidence(kind="quote", title=evil, text=evil, source=evil, groups=(evil,)),),
            ),
        ),
        recommendations=(Theme(theme=evil, actions=(Action(action=evil, owner=evil, objective=evil),)),),
        panel=(replace(FULL.panel[0], name=evil, interest=evil),),
    )
    for tree in (parsed(content), lxml_html.fromstring(html_report.page(content, styled=False))):
        assert not tree.xpath("//script | //b | //@onclick")
    assert "<script>alert(1)</script>" in text(parsed(content).find(".//h1"))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil", "http"]
)
def test_only_a_web_address_becomes_a_link(url):
    tree = parsed(report_with(Evidence(kind="link", title="Waits", url=url)))
    assert url not in tree.xpath("//a/@href")
    assert url in text(tree)


def test_a_web_address_becomes_a_link():
    tree = parsed(report_with(Evidence(kind="link", url="https://www.example.nhs.uk/a?b=1&c=2")))
    (link,) = tree.xpath("//section[@class='report-section']//li//a")
    assert (link.get("href"), text(link)) == ("https://www.example.nhs.uk/a?b=1&c=2",) * 2


def test_the_file_to_keep_needs_no_other_file():
    tree = lxml_html.fromstring(html_report.page(FULL))
    assert tree.get("lang") == "en-GB"
    assert (
        text(tree.find("head/title")) == "Equality Delivery System report 2024-25: Three Valleys Care Trust"
    )
    assert not tree.xpath("//link | //script | //@src")
    assert len(tree.xpath("//style")) == 1
    assert "url(" not in tree.find("head/style").text
    assert ".report-cover__band" in tree.find("head/style").text
