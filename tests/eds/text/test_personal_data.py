"""Personal data in a text: what is found, and what must not be."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eds.text.personal_data import ADDRESS, EMAIL, NHS_NUMBER, TELEPHONE, Span, is_nhs_number, personal_data


def found(text, **more):
    return [(text[span.start : span.end], span.kind) for span in personal_data(text, **more)]


# 943 476 5919 is the number that the NHS uses in examples; Ofcom keeps 07700 900000 to 900999, 01632 960000 and
# others for drama. No number here is anybody's.
@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Patient 943 476 5919 was seen late.", "943 476 5919"),
        ("Patient 9434765919.", "9434765919"),
        ("Patient (943-476-5919)", "943-476-5919"),
        ("943\u00a0476\u00a05919", "943\u00a0476\u00a05919"),
        ("9 4 3 4 7 6 5 9 1 9", "9 4 3 4 7 6 5 9 1 9"),
        ("NHS number: 94 34 76 59 19", "94 34 76 59 19"),
        ("her NHS No. is 9434 765 919", "9434 765 919"),
        ("Ref:9434765919, 2024", "9434765919"),
    ],
)
def test_nhs_numbers(text, what):
    assert found(text) == [(what, NHS_NUMBER)]


@pytest.mark.parametrize(
    "text",
    [
        "Patient 943 476 5918 was seen late.",  # the check digit is wrong
        "NHS number: 94 34 76 59 18",
        "ISBN 1843560283",  # a book's number has the same check digit
        "https://example.nhs.uk/papers/9434765919.pdf",
        "doi 10.1136/9434765919",
        "£9434765919 and 0.9434765919 and 9434765919%",
        "reference 194347659190",
        "943 476-5919",
        "4444444444",
        "030 640 6152 people",  # none begins with 0
        "Between 2019 and 2023, 476 of 5919 people",
    ],
)
def test_other_digits_are_not_nhs_numbers(text):
    assert found(text) == []


@given(st.integers(100_000_000, 999_999_999))
def test_at_most_one_check_digit_is_right_for_nine_digits(nine):
    assert sum(is_nhs_number(f"{nine}{check}") for check in range(10)) <= 1


@pytest.mark.parametrize(
    "address",
    [
        "jane.smith@nhs.net",
        "j.smith2@westmoor.nhs.uk",
        "mary-ann.o’neill@example.org",
        "janesmith84@gmail.com",
        "js@hotmail.co.uk",
        "Jane_Smith@BTInternet.com",
        "ed.lee@outlook.com",
    ],
)
def test_addresses_of_persons(address):
    assert found(f"Write to {address}.") == [(address, EMAIL)]


@pytest.mark.parametrize(
    "address",
    [
        "equality@westmoor.nhs.uk",
        "stw.edi@nhs.net",
        "patient.experience@westmoor.nhs.uk",
        "pals@westmoor.nhs.uk",
        "info@example.org",
        "westmoor.vale@westmoorvale.org",
        "three.valleys@nhs.net",  # the organisation's own name
        "ludworthcarers@gmail.com",
        "freedom.to.speak-up.team@nhs.net",
        "no address at all: jane.smith(at)nhs.net",
    ],
)
def test_mailboxes_of_teams_are_not_persons(address):
    assert found(f"Write to {address}.", known=["Three", "Valleys"]) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Ring me on 07700 900123.", "07700 900123"),
        ("07700900123", "07700900123"),
        ("(07700) 900-123", "(07700) 900-123"),
        ("+44 7700 900123", "+44 7700 900123"),
        ("+44 (0)7700 900 123", "+44 (0)7700 900 123"),
        ("0044 7700 900123", "0044 7700 900123"),
        ("077 00 90 01 23", "077 00 90 01 23"),
        ("The team rang Jane on 07700 900123", "07700 900123"),
        ("Mrs Lee can be reached on 01632 960001", "01632 960001"),
        ("Mrs Lee told the clinic to use 01632 960 001", "01632 960 001"),
        ("My home number is (01632) 960001 and the surgery has it", "(01632) 960001"),
        ("020 7946 0018", "020 7946 0018"),
        ("The team is kind. Anna: 01632 960001", "01632 960001"),
    ],
)
def test_telephone_numbers_of_persons(text, what):
    assert found(text) == [(what, TELEPHONE)]


@pytest.mark.parametrize(
    "text",
    [
        "Call 111, 999 or 116 123",
        "Childline 0800 1111, Samaritans 0808 123 4567, our line 0300 123 4567, 0345 123 4567",
        "PALS: 01632 960001",
        "Call us on 01632 960001",
        "The GP surgery told patients to ring 01632 960001 before 9am",
        "Westmoor Talking Therapies team\nTel: 01632 960001",
        "01632 960001 (switchboard)",
        "Text the Westmoor crisis team on 07700 900123",
        "Our deaf text line is 07700 900123",
        "between 07900 and 07950 people, and 01.03.2024 to 01.04.2025",
        "2023-2028, 2024/25, 1,234,567,890 steps, £07700900123",
        "01 02 03 04 05 06",
        "07700 90012",
    ],
)
def test_numbers_of_organisations_and_other_digits_are_left_alone(text):
    assert found(text) == []


def test_a_home_address_is_found_but_a_postcode_alone_is_not():
    home = "Flat 2, 14 High Street, Ludworth ZZ1 1AA"
    assert found(f"She lives at {home}.") == [(home, ADDRESS)]
    assert found("Services in ZZ1 1AA and ZZ2, 14 of them in High Street") == []


def test_spans_stand_in_the_order_of_the_text_and_never_overlap():
    text = "NHS number 943 476 5919, jane.smith@gmail.com, 07700 900123"
    assert personal_data(text) == (Span(11, 23, NHS_NUMBER), Span(25, 45, EMAIL), Span(47, 59, TELEPHONE))


@given(st.text("0123456789 .-()+@abNHSno:\n", max_size=80))
@example("0" * 5000)
@example("07 " * 2000)
@example("a." * 3000 + "@" + "b." * 3000)
@example("1 Aa " * 2000)
def test_any_text_is_read(text):
    ends = [0]
    for span in personal_data(text):
        assert ends[-1] <= span.start < span.end <= len(text)
        ends.append(span.end)
