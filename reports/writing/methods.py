"""What a report says about itself: how it was made, what its words mean, in which forms it can be had. Pure."""

from eds import labels
from eds.content import ReportContent
from eds.edition import MIDDLE_CASE_STUDY, SUM
from reports.writing.tables import Table, make_table

TERMS = (
    (
        "Agreed score",
        "the score that the panel gives an outcome area together, after its members scored alone",
    ),
    ("Case study", "a service, or what is done for staff or by leaders, as it is put before the panel"),
    ("Equality Delivery System (EDS)", "the NHS’s way to rate how well an organisation serves everybody"),
    ("Evidence", "a document, a link or a quote that shows what a case study says"),
    ("Healthwatch", "the body that speaks for people who use health and care services"),
    ("Inclusion health groups", "people whom services often miss, for example people who have no home"),
    ("Integrated care board (ICB)", "the NHS organisation that plans and pays for services in an area"),
    ("Integrated care system (ICS)", "all the bodies that plan and give health and care in an area"),
    ("Outcome area", "one of the questions on which a case study is judged, with a code such as {code}"),
    ("Panel", "the people who judge: patients, community groups, unions, staff and others"),
    (
        "Protected characteristics",
        "the nine things, such as age or race, for which the Equality Act 2010 protects people",
    ),
    ("Public Sector Equality Duty", "what the Equality Act 2010 asks of public bodies, in its section 149"),
    ("VCSE", "voluntary organisations, community groups and social enterprises"),
)
FORMS = (
    "This report can be had as a web page, as a PDF, as a PDF in large print, in Word and Excel, and as data (CSV and "
    "JSON). All say the same. They are on the web page on which it is published."
)


def methods(content: ReportContent) -> list[str]:
    """How the figures came about, by the rules of the edition."""
    edition = content.edition
    said = [f"Each outcome area of a case study is {labels.scored(edition)} {labels.scale(edition)}."]
    if edition.has_points:
        said += _aggregation(content)
        said.append("What was not scored is said to be so, and is never counted as 0.")
    if edition.bands:
        bands = labels.listed([labels.band(band) for band in edition.bands])
        said.append(
            "The organisation is rated only when every outcome area of every "
            f"{edition.domain_noun.lower()} is scored: {bands}."
        )
    said.append(
        "All totals, ratings and comparisons were worked out by software from the scores that the panel agreed. "
        "The same software checked the report for slips before it was published."
    )
    return [*said, f"Source of the wording and rules: {edition.source}"] if edition.source else said


def _aggregation(content: ReportContent) -> list[str]:
    said, edition = [], content.edition
    middle = [domain.name for domain in edition.domains if domain.aggregation == MIDDLE_CASE_STUDY]
    added = [domain.name for domain in edition.domains if domain.aggregation == SUM]
    if middle:
        said.append(
            f"The result of {labels.listed(middle)} is the total of the case study in the middle of three. Where there "
            "is no middle one, a named person chooses the one that stands for it, and the report says who and why."
        )
    if added:
        said.append(f"The result of {labels.listed(added)} is the sum of the scores of its outcome areas.")
    return said


def glossary(content: ReportContent) -> Table:
    code = content.edition.domains[0].codes[0]
    rows = [(term, f"{meaning[:1].upper()}{meaning[1:]}.".format(code=code)) for term, meaning in TERMS]
    return make_table("glossary", "What the words mean", ("Word", "Meaning"), rows)


def other_forms(content: ReportContent) -> list[str]:
    """In which forms the report can be had, and whom to ask for another one."""
    ask = content.contact or content.organisation.name
    other = "easy read, braille, audio, British Sign Language or another language"
    return [FORMS, f"To get it in another form, such as {other}, please ask: {ask}"]


def approval(content: ReportContent) -> str:
    """Who approved the report; "" where nobody is recorded."""
    said = content.approval
    if said is None:
        return ""
    return f"Approved by {said.approved_by} for {said.committee} on {labels.day(said.date)}."


def plan(content: ReportContent) -> Table:
    """Whose the action plan is, as NHS England's reporting template asks."""
    header = content.header
    rows = [
        ("EDS lead", header.eds_lead or labels.NOT_RECORDED),
        ("Year active", content.year),
        ("EDS sponsor", header.board_sponsor or labels.NOT_RECORDED),
        ("Authorisation date", labels.day(header.authorised_on or "") or labels.NOT_RECORDED),
    ]
    return make_table("plan", "About the action plan", ("What", "Answer"), rows)
