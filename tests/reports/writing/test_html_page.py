"""The report within a page of the portal: what it folds away, what stands after the page at a glance."""

from lxml import html as lxml_html

from reports.writing import html_report
from tests.reports.rendered import text
from tests.reports.samples import FULL, GRADED, UNFINISHED


def test_downloads_come_after_the_page_at_a_glance():
    tree = lxml_html.fromstring(html_report.body(FULL, after_glance='<p id="downloads">Files</p>'))
    order = [element.get("id") for element in tree.iter() if element.get("id")]
    assert order[:3] == ["at-a-glance", "downloads", "contents"]


def test_a_page_folds_case_studies_and_the_appendix_and_loses_no_word():
    folded = lxml_html.fromstring(html_report.body(FULL, folded=True))
    summaries = folded.xpath("//summary")
    assert [text(one) for one in summaries] == [
        *["Read the case study and the panel’s reasons"] * 5,
        "Show how the panel worked",
        "Show how this report was made",
        "Show what each outcome area says",
        "Show the evidence map",
        "Show the glossary",
    ]
    for summary in summaries:
        summary.drop_tree()
    whole = lxml_html.fromstring(html_report.body(FULL))
    assert not whole.xpath("//details")
    assert text(folded) == text(whole)


def test_it_is_described_for_search_engines():
    assert html_report.description(FULL) == (
        "Equality Delivery System report 2024-25 of Three Valleys Care Trust. "
        "A panel of 2 people, 2 of them from outside the NHS, scored 5 case studies. "
        "The overall rating is Developing: 21 out of 33 points."
    )
    assert "There is no overall rating: 0 of 3 domains scored." in html_report.description(UNFINISHED)
    assert "rating" not in html_report.description(GRADED)
