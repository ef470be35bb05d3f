"""Thirty people submit at once, each from a browser of their own: all is stored once, without an error."""

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest
from django.test import Client

from casestudies.models import PanelMember
from scoring.models import Draft, Score, ScoreSheet
from tests.cast import make_cast, person
from tests.scoring.scores.score_sheet.test_score_pages import whole

PEOPLE = 30
SCORE = "/reviews/nhs-ambleford/2026/case-studies/1/score/"
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def join(cast, number: int) -> dict[str, str]:
    """A new member of the panel, signed in; their cookies."""
    user = person(f"Member {number}")
    seat = PanelMember.objects.create(review=cast.review, user=user, name=user.name)
    seat.domains.set([cast.case_studies[0].domain])
    client = Client()
    client.force_login(user)
    cast.like_one_page(user)
    client.get(SCORE)
    return {name: morsel.value for name, morsel in client.cookies.items()}


def post(server: str, cookies: dict[str, str], path: str, data: dict, **headers: str) -> int:
    connection = HTTPConnection(urlsplit(server).netloc)
    headers |= {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode(data | {"csrfmiddlewaretoken": cookies["csrftoken"]})
    connection.request("POST", path, body, headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_thirty_people_save_and_submit_at_once(live_server):
    cast = make_cast()
    everybody = [join(cast, number) for number in range(PEOPLE)]

    def score(number: int) -> list[int]:
        cookies = everybody[number]
        words = whole(rationale_1A=f"Reason of {number}", page=f"page {number}")
        saves = [
            post(live_server.url, cookies, SCORE, words | {"revision": revision}, Accept="application/json")
            for revision in (0, 1)
        ]
        checked = post(live_server.url, cookies, SCORE, words | {"check": "yes"})
        return [*saves, checked, *(post(live_server.url, cookies, f"{SCORE}submit/", {}) for _ in range(2))]

    with ThreadPoolExecutor(PEOPLE) as pool:
        answers = list(pool.map(score, range(PEOPLE)))
    assert answers == [[200, 200, 302, 302, 302]] * PEOPLE
    assert (Score.objects.count(), ScoreSheet.objects.count(), Draft.objects.count()) == (
        PEOPLE * 4,
        PEOPLE,
        0,
    )
    stored = Score.objects.filter(outcome_area__code="1A").values_list("rationale", flat=True)
    assert sorted(stored) == sorted(f"Reason of {number}" for number in range(PEOPLE))


def test_one_person_pressing_ten_times_at_once_makes_one_row(live_server):
    cast = make_cast()
    cookies = join(cast, 1)
    assert post(live_server.url, cookies, SCORE, whole(check="yes")) == 302
    with ThreadPoolExecutor(10) as pool:
        presses = [pool.submit(post, live_server.url, cookies, f"{SCORE}submit/", {}) for _ in range(10)]
    assert {press.result() for press in presses} == {302}
    assert Score.objects.count() == 4
