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


def test_a_domain_is_added_and_removed_and_the_others_move_up(administrator, draft):
    base = f"/frameworks/{draft.pk}"
    before = [domain.title for domain in draft.domains.all()]
    page = administrator.get(f"{base}/domains/add/").content.decode()
    assert "For example, scores of 2, 1, 2 and 3 make 8 points." in page
    sent = {"title": "Communities", "aggregation": "sum", "practice_title": ""}
    assert administrator.post(f"{base}/domains/add/", sent).url == f"{base}/"
    added = draft.domains.get(number=4)
    assert (str(added), added.aggregation) == ("Domain 4: Communities", "sum")
    assert "Domain 4 has no outcome area." in administrator.get(f"{base}/").content.decode()
    administrator.post(f"{base}/domains/2/remove/")
    rows = draft.domains.all()
    assert [(row.number, row.title) for row in rows] == [(1, before[0]), (2, before[2]), (3, "Communities")]
    assert draft.changes.first().what == f"Domain 2: {before[1]}: removed."
    for number in (1, 1, 1):
        page = administrator.post(f"{base}/domains/{number}/remove/", follow=True).content.decode()
    assert "Domain 1 is the only domain, so it stays." in page
    assert draft.domains.count() == 1


def test_every_rule_that_changed_is_a_difference_and_the_source_must_be_looked_at(administrator, draft):
    base = f"/frameworks/{draft.pk}"

    def parts() -> dict[str, str]:
        page = administrator.get(f"{base}/differences/")
        return {part.heading: "".join(piece.text for piece in part.pieces) for part in page.context["parts"]}

    assert parts() == {}
    assert not administrator.get(f"{base}/use/").context["asks_source"]
    seen = seen_on(administrator, f"{base}/rules/")
    rules = {"name": "Draft 2", "allows_not_applicable": "on", "seen": seen}
    assert administrator.post(f"{base}/rules/", rules).url == f"{base}/"
    draft.grades.filter(score=1).update(activity="Some activity")
    draft.domains.filter(number=2).update(aggregation="none")
    draft.bands.order_by("lowest").last().delete()
    assert {heading.partition(":")[0] for heading in parts()} == {
        "Grades count as points",
        "An outcome area may be not applicable",
        "Grade 1",
        "Domain 2",
        "Overall rating 4",
    }
    assert "Domain 2: how its scores add up" in parts()
    draft.refresh_from_db()
    draft.bands.all().delete()
    page = administrator.get(f"{base}/use/")
    sent = {"seen": page.context["seen"]}
    refused = administrator.post(f"{base}/use/", sent, follow=True).content.decode()
    assert "Say that you have checked where it comes from." in refused
    administrator.post(f"{base}/use/", sent | {"source_checked": "yes"})
    draft.refresh_from_db()
    assert draft.status == Framework.Status.IN_USE


def test_an_edition_is_taken_out_of_use_but_never_the_last(administrator, draft):
    origin = draft.origin
    draft.status = Framework.Status.IN_USE
    draft.save()
    for row in Framework.objects.filter(status=Framework.Status.IN_USE).exclude(pk=origin.pk):
        page = administrator.post(f"/frameworks/{row.pk}/retire/", follow=True).content.decode()
        assert f"{row} is no longer used for new reviews." in page
    page = administrator.post(f"/frameworks/{origin.pk}/retire/", follow=True).content.decode()
    assert f"{origin} is the only edition in use. Put another one in use first." in page
    assert list(Framework.objects.filter(status=Framework.Status.IN_USE)) == [origin]


@pytest.mark.parametrize("code", ["1a", "1A", "remove"])
def test_no_two_codes_are_alike_and_each_has_a_digit(administrator, draft, code):
    address = f"/frameworks/{draft.pk}/domains/2/add/"
    form = administrator.get(address).context["form"]
    sent = dict.fromkeys(form.fields, "Text") | {"code": code}
    assert administrator.post(address, sent).status_code == 200
    assert not draft.domains.get(number=2).outcome_areas.filter(code=code).exists()
