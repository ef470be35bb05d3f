"""Whatever stands in which cell of a table: its words are in the report, named as left out, or named as a problem."""

import re

from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from reports.reading.problems import ImportProblem
from reports.writing.data.json_report import to_json
from tests.reports.reading.template.template_files import EDS, EDS2, read, report, statement, table

CELLS = [
    *["", "", "{word}", "{word} and more.", "2", "1", "2 - Achieving activity", "Developing (1)", "N/A", "TBC {word}"],
    *["1A", "1A: {word}", "(1B) {word}", "2A: {word}", "3C", "9Z {word}", "1C {word}", "7/12", "4 {word}", "2/{word}"],
    *["Domain 1: {word}", "Domain 2", "Service 2: {word}", "Overall rating {word}", "Total: {word}", "Total"],
    *["EDS Lead", "EDS Lead: {word}", "Date completed", "14 May 2024", "{word} 2024", "Individual organisation"],
    *["Partnership* (two or more organisations)", "Trade Union Rep(s): {word}", "Peer Reviewer(s):", "Board Sponsor"],
    *["Additional commentary", "Additional commentary: {word}", "Name of Organisation",],
    *["EDS Organisation Rating: {word}", "☒ {word}", "✓", "Access {word}", "Two", "☐", "●●○", "AMBER", "Average: 2"],
    *["Domain 1 outcome A: {word}", "Domain 2: Workforce health and well-being", "1B – Achieving activity (2)", "1-A"],
    *["Score: 2 – {word}", "Rating: 2", "1 A {word}", "1.1 {word}", "2.1", "Achieving – Green", "Purple {word}", "8"],
]  # fmt: skip
HEADS = [
    *["Domain", "Outcome", "Evidence", "Rating", "Owner", "Action", "Objective", "Completion date", "Status"],
    *["{word}", "{word} rating", "{word} evidence", "Self-assessment", "Service", "Rating {word}"],
    *["RAG", "Evidence and score", "Average", "1A", "1B", "Maternity {word}", "Domain/Outcome", "Goal"],
    *["Related equality objectives", "Total", "Findings {word}", "1 Developing", "2 Achieving", "3 Excelling"],
]  # fmt: skip
LINES = [
    *["Case study 1: {word}", "Domain 1: {word}", "Domain 2: Workforce health and well-being", "EDS Action Plan"],
    *["Service 1: {word}", "{word}", "{word}.", "1A: {word}: 2/3", "EDS Lead: {word}", "Panel scores"],
    *["Table 2: {word}", "Domain 1 (continued) {word}", "1A – Achieving (2) {word}", "1B: {word} – Score: 2"],
    *["1C: 2/3 {word}", "Goal 1: {word}", "1.1: {word}", "Goal 2 {word} (continued)", "1A\t2"],
    *["Domain 1 overall rating: 5", "Trade Union Reps: {word}", "Completed actions from previous year", "1B {word}"],
]  # fmt: skip

ROWS = st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=5), min_size=1, max_size=6)
MERGED = st.sampled_from(["nothing", "down", "across"])
TABLES = st.tuples(st.lists(st.sampled_from(HEADS), max_size=5), ROWS, MERGED)
PARTS = st.lists(st.one_of(TABLES, st.tuples(st.sampled_from(LINES), st.booleans())), min_size=1, max_size=5)


class Words:
    """Gives every place a word of its own, and knows where each stands."""

    def __init__(self):
        self.given: list[str] = []

    def __call__(self, text: str) -> str:
        if "{word}" not in text:
            return text
        self.given.append(f"word{len(self.given)}x")
        return text.format(word=self.given[-1])


@settings(max_examples=150, deadline=None)
@example([([], [["", "1A", "1A"]], "nothing")], ())  # a head of outcome areas without a row of a service
@example([([], [["TBC {word}", "1A", "1B"], ["{word}"]], "nothing")], ())
@example([([], [["", "", "1A", "(1B) {word}"], ["{word}"]], "nothing")], ())
@given(PARTS, st.sampled_from([(), (EDS2,)]))
def test_no_cell_is_lost(parts, others):
    words, document = Words(), report()
    document.add_heading("Case study 9: Clinic", 1)
    for part in parts:
        if isinstance(part[0], str):
            add = document.add_heading if part[1] else document.add_paragraph
            add(words(part[0]))
        else:
            head, rows, merged = part
            rows = [[words(text) for text in row] for row in ([head] if head else []) + rows]
            down = [(1, len(rows) - 1, 0)] if merged == "down" and len(rows) > 2 else []
            width = max(map(len, rows))
            across = [(0, 0, width - 1)] if merged == "across" and len(rows) > 1 < width else []
            if across:
                rows[0] = [rows[0][0], *[""] * (width - 1)]
            if down:
                rows[2:] = [["", *row[1:]] for row in rows[2:]]
            table(document, rows, down=down, across=across)
    try:
        found = read(document, others=others)
        event("read")
    except ImportProblem:
        found = read(document, others=others, lenient=True)
        event("read with problems")
    shown = {text for row in document.element.body.itertext() for text in re.findall(r"word[0-9]+x", row)}
    told = to_json(found.content) + "\n".join(line.text for line in found.skipped)
    told += "\n".join(str(problem.text) for problem in found.problems)
    assert {word for word in shown if word not in told} == set()


RATINGS = [
    "2",
    "2.0",
    "1.5",
    "N/A",
    "TBC",
    "Not scored",
    "Excellent",
    "5",
    "2 - Developing",
    "1 to 2",
    "",
    "Green",
]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(RATINGS), min_size=4, max_size=4))
def test_every_rating_is_read_or_named(ratings):
    document = report()
    document.add_heading("Domain 1: Commissioned or provided services – Maternity", 1)
    codes = EDS.domain(1).codes
    rows = [
        (statement(code), f"What we did for {code}.", rating)
        for code, rating in zip(codes, ratings, strict=True)
    ]
    table(document, [("Outcome", "Evidence", "Rating"), *rows])
    found = read(document)
    (case_study,) = found.content.case_studies
    named = [line.text for line in found.skipped]
    for code, rating in zip(codes, ratings, strict=True):
        judged = case_study.scores.get(code)
        assert (judged is not None and (judged.score is not None or rating in ("Not scored", *named))) or (
            rating in named or rating == ""
        )
    for rating in set(ratings) & {"Excellent", "5", "2 - Developing", "1 to 2", "N/A", "TBC"}:
        assert rating in named
