"""The domains of a draft and where an edition comes from, on pages of the portal."""

import pytest

from casestudies.frameworks.actions import Frozen, copy_framework
from casestudies.frameworks.domain_actions import change_source, mark_of_source, order_of_domains
from casestudies.models import Framework

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast) -> Framework:
    return copy_framework(framework=cast.review.framework, name="Draft", copied_by=cast.administrator)


@pytest.fixture
def administrator(client, cast):
    client.force_login(cast.administrator)
    return client


def seen_on(client, address: str) -> str:
    return client.get(address).context["form"].initial["seen"]


def test_name_aggregation_and_who_tests_a_domain_are_changed(administrator, draft):
    address = f"/frameworks/{draft.pk}/domains/1/"
    sent = {"title": "Services", "aggregation": "sum", "tested_by_third_parties": "on"}
    sent["practice_title"] = "Elm Street walking group"
    answer = administrator.post(address, sent | {"seen": seen_on(administrator, address)})
    assert answer.url == f"/frameworks/{draft.pk}/"
    domain = draft.domains.get(number=1)
    assert (domain.title, domain.aggregation, domain.tested_by_third_parties) == ("Services", "sum", True)
    what = "Domain 1: changed name, how it is added up, who tests it."
    assert draft.changes.first().what == what
    assert "The sum of its outcomes" in administrator.get(f"/frameworks/{draft.pk}/").content.decode()


def test_two_domains_change_places(administrator, draft):
    titles = [domain.title for domain in draft.domains.all()]
    sent = {"way": "down", "seen": order_of_domains(draft)}
    administrator.post(f"/frameworks/{draft.pk}/domains/1/move/", sent)
    assert [domain.title for domain in draft.domains.all()] == [titles[1], titles[0], *titles[2:]]
    assert [domain.number for domain in draft.domains.all()] == [1, 2, 3]
    page = administrator.post(f"/frameworks/{draft.pk}/domains/1/move/", sent, follow=True).content.decode()
    assert "Domain 1 was not moved. This is the order now." in page


def test_the_source_is_changed_and_what_another_saved_is_shown(administrator, draft, cast):
    address = f"/frameworks/{draft.pk}/source/"
    seen = seen_on(administrator, address)
    administrator.post(address, {"source": "NHS England, changed by us", "help_source": "", "seen": seen})
    draft.refresh_from_db()
    assert (draft.source, draft.help_source) == ("NHS England, changed by us", "")
    page = administrator.post(address, {"source": "Theirs", "help_source": "", "seen": seen})
    assert "saved this while you were editing" in page.content.decode()
    draft.refresh_from_db()
    assert draft.source == "NHS England, changed by us"


@pytest.mark.parametrize("end", ["source/", "domains/1/", "domains/1/move/"])
def test_an_edition_in_use_stays_as_it_is(administrator, cast, end):
    framework = cast.review.framework
    before = Framework.objects.whole().get(pk=framework.pk).as_edition()
    assert administrator.post(f"/frameworks/{framework.pk}/{end}", {"title": "X"}).status_code == 403
    assert Framework.objects.whole().get(pk=framework.pk).as_edition() == before


def test_the_action_refuses_too(cast):
    framework = cast.review.framework
    given = {"source": "X", "help_source": "", "seen": mark_of_source(framework)}
    with pytest.raises(Frozen):
        change_source(framework=framework, changed_by=cast.administrator, **given)
