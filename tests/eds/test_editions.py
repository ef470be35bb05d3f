"""The editions that ship: complete, consistent, and unchanged by a way through JSON."""

import json

import pytest

from eds.editions import edition_from_dict, edition_to_dict, load, names

EDS_2022_CODES = ["1A", "1B", "1C", "1D", "2A", "2B", "2C", "2D", "3A", "3B", "3C"]
EDS2_CODES = [
    *["1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "2.3", "2.4"],
    *["3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "4.1", "4.2", "4.3"],
]


def codes(edition):
    return [outcome.code for domain in edition.domains for outcome in domain.outcomes]


def test_two_editions_ship_the_newest_first():
    assert names() == ("EDS 2022", "EDS2")


def test_eds_2022():
    edition = load("EDS 2022")
    assert codes(edition) == EDS_2022_CODES
    assert [(d.number, d.title, d.aggregation) for d in edition.domains] == [
        (1, "Commissioned or provided services", "middle case study"),
        (2, "Workforce health and well-being", "sum"),
        (3, "Inclusive leadership", "sum"),
    ]
    assert (
        edition.outcome("1C").statement
        == "When patients (service users) use the service, they are free from harm"
    )
    assert [(b.lowest, b.highest, b.name) for b in edition.bands] == [
        *[(0, 7, "Undeveloped"), (8, 21, "Developing"), (22, 32, "Achieving"), (33, 33, "Excelling")]
    ]
    assert [(g.score, g.name, g.activity) for g in edition.grades] == [
        (0, "Undeveloped", "Undeveloped activity"),
        (1, "Developing", "Developing activity"),
        (2, "Achieving", "Achieving activity"),
        (3, "Excelling", "Excelling activity"),
    ]
    assert edition.highest == 3
    assert (edition.has_points, edition.allows_not_applicable) == (True, False)


def test_eds_2022_statements_are_those_of_the_2024_report():
    assert [outcome.statement for outcome in load("EDS 2022").domain(1).outcomes] == [
        "Patients (service users) have required levels of access to the service",
        "Individual patients (service users) health needs are met",
        "When patients (service users) use the service, they are free from harm",
        "Patients (service users) report positive experiences of the service",
    ]


def test_eds2():
    edition = load("EDS2")
    assert codes(edition) == EDS2_CODES
    assert [domain.title for domain in edition.domains] == [
        "Better health outcomes",
        "Improved patient access and experience",
        "A representative and supported workforce",
        "Inclusive leadership",
    ]
    assert {domain.aggregation for domain in edition.domains} == {"none"}
    assert [grade.name for grade in edition.grades] == ["Undeveloped", "Developing", "Achieving", "Excelling"]
    assert (edition.has_points, edition.allows_not_applicable, edition.bands) == (False, True, ())
    assert edition.outcome("2.3").statement == "People report positive experiences of the NHS"


@pytest.mark.parametrize("name", names())
def test_every_outcome_has_a_statement_and_a_descriptor_for_each_score(name):
    edition = load(name)
    scores = [grade.score for grade in edition.grades]
    assert scores == [0, 1, 2, 3]
    assert len(set(codes(edition))) == len(codes(edition))
    for code in codes(edition):
        outcome = edition.outcome(code)
        assert outcome.statement
        assert not outcome.statement.endswith(".")
        assert [score for score, _ in outcome.descriptors] == scores
        assert len({text for _, text in outcome.descriptors}) == len(scores)
    assert "Local help text" in edition.help_source
    assert "NHS England" in edition.source


@pytest.mark.parametrize("name", names())
def test_an_edition_comes_back_equal_from_json(name):
    edition = load(name)
    assert edition_from_dict(json.loads(json.dumps(edition_to_dict(edition)))) == edition


def test_reading_an_edition_leaves_the_values_as_they_were():
    values = edition_to_dict(load("EDS2"))
    before = json.dumps(values)
    edition_from_dict(values)
    assert json.dumps(values) == before


def test_an_unknown_edition_is_a_key_error():
    with pytest.raises(KeyError, match="EDS 2099"):
        load("EDS 2099")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda values: values.pop("grades"),
        lambda values: values.update(colour="red"),
        lambda values: values["domains"][0].pop("title"),
        lambda values: values["domains"][0]["outcomes"][0].update(descriptors={"high": "Good"}),
        lambda values: values.update(domains=3),
    ],
)
def test_what_is_not_an_edition_is_refused(spoil):
    values = edition_to_dict(load("EDS 2022"))
    spoil(values)
    with pytest.raises(ValueError, match="not an edition of the EDS"):
        edition_from_dict(values)
