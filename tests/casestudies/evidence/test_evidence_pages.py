"""Authors and the equality lead gather evidence; others read it as it was accepted."""

import re
from io import BytesIO

from django.urls import reverse
from docx import Document

from casestudies.models import Change, Evidence, Group
from eds import stages
from tests.casestudies.evidence.pages import QUOTE, at, errors_of, upload
from tests.cast import file_of, group_of, quote_of
from tests.prepare import add_evidence, mark_ready


def test_a_quote_is_added_with_all_that_is_asked_about_it_in_one_form(author, gathering):
    areas = list(gathering.case_studies[0].domain.outcome_areas.filter(code__in=["1A", "1D"]))
    age, homeless = Group.objects.get(code="age"), Group.objects.get(code="homelessness")
    answers = {
        "outcome_areas": [area.pk for area in areas],
        "protected": [age.pk],
        "inclusion": [homeless.pk],
    }
    answer = author.post(at(gathering, "evidence_add"), QUOTE | answers, follow=True)
    assert answer.redirect_chain == [(at(gathering), 302)]
    assert "“They rang me back.” is saved." in answer.content.decode()
    row = Evidence.objects.get()
    assert (row.kind, row.text, row.source, row.date) == ("quote", QUOTE["text"], QUOTE["source"], "2026-03")
    assert row.strength == "feedback"  # what a quote is, unless another type is chosen
    assert set(row.outcome_areas.all()) == set(areas)
    assert set(row.groups.all()) == {age, homeless}
    assert Change.objects.get(what__startswith="Falls clinic: Added evidence").changed_by == gathering.author


def test_a_gap_leads_to_the_form_with_its_outcome_area_ticked(author, gathering):
    page = author.get(at(gathering, "evidence_add") + "?outcome=1C").content.decode()
    ticked = re.findall(r'<input[^>]*type="checkbox"[^>]*checked[^>]*>', page)
    area = gathering.case_studies[0].domain.outcome_areas.get(code="1C")
    assert [f'value="{area.pk}"' in box for box in ticked] == [True]
    assert author.get(at(gathering, "evidence_add") + "?outcome=x").status_code == 200


def test_what_is_typed_for_another_kind_does_not_count(author, gathering):
    sent = QUOTE | {"url": "no address", "file": upload(b"<svg/>", "waits.png"), "title": ""}
    assert author.post(at(gathering, "evidence_add"), sent).status_code == 302
    row = Evidence.objects.get()
    assert (row.kind, row.url, row.file) == ("quote", "", None)


def test_each_kind_asks_for_what_it_needs(author, gathering):
    address = at(gathering, "evidence_add")
    assert errors_of(author.post(address, {})) == [
        "Choose a file, a link or a quote",
        "Enter where it is from",
    ]
    for kind, error in (("file", "Choose a file"), ("link", "Enter the web address of the page or document")):
        refused = author.post(address, {"kind": kind, "source": "Clinic"})
        assert errors_of(refused) == [error, "Enter what it is called"]
    assert errors_of(author.post(address, {"kind": "quote", "source": "Clinic"})) == ["Enter what they said"]
    assert Evidence.objects.count() == 0


def test_the_same_link_is_not_stored_twice_after_back(author, gathering):
    address = at(gathering, "evidence_add")
    link = {"kind": "link", "title": "Report", "url": "https://a.nhs.uk/", "source": "Us"}
    page = author.get(address).context["form"]["page"].value()
    age = Group.objects.get(code="age")
    author.post(address, link | {"page": page})
    author.post(address, link | {"page": page, "title": "The report", "protected": [age.pk]})  # corrected
    row = Evidence.objects.get()
    assert (row.title, list(row.groups.all())) == ("The report", [age])
    fresh = author.get(address).context["form"]["page"].value()  # a browser that filled in the rest again
    author.post(address, link | {"page": fresh, "title": "The report", "strength": "narrative"})
    row = Evidence.objects.get()
    assert (row.strength, list(row.groups.all())) == ("narrative", [])
    author.post(address, link | {"page": fresh, "kind": "quote", "text": "Well done"})
    author.post(address, link | {"title": "Another"})
    assert list(Evidence.objects.order_by("position").values_list("kind", "title")) == [
        ("link", "The report"),
        ("quote", "Report"),
        ("link", "Another"),
    ]
    assert Change.objects.filter(what__contains="Added evidence").count() == 3


def test_evidence_that_may_identify_someone_is_named_as_soon_as_it_is_saved(author, gathering):
    answer = author.post(
        at(gathering, "evidence_add"), QUOTE | {"text": "Ring me, Joe, on 07700 900123"}, follow=True
    )
    page = answer.content.decode()
    assert "Ring me, Joe, on <mark>07700 900123</mark>" in page
    assert f'<a href="{at(gathering, "evidence_item", Evidence.objects.get().pk)}#id_text">Remove it' in page


def test_save_and_add_another_leads_to_an_empty_form(author, gathering):
    answer = author.post(at(gathering, "evidence_add"), QUOTE | {"another": "yes"}, follow=True)
    assert answer.redirect_chain == [(at(gathering, "evidence_add"), 302)]
    assert answer.context["form"]["text"].value() is None


def test_order_changes_one_place_at_a_time(author, gathering):
    rows = [
        add_evidence(
            case_study=gathering.case_studies[0],
            kind="quote",
            values={"text": text},
            added_by=gathering.author,
        )
        for text in ("one", "two", "three")
    ]

    def order():
        return list(Evidence.objects.order_by("position").values_list("text", flat=True))

    author.post(at(gathering, "evidence_move", rows[2].pk), {"up": "yes"})
    assert order() == ["one", "three", "two"]
    author.post(at(gathering, "evidence_move", rows[0].pk), {"up": "yes"})
    author.post(at(gathering, "evidence_move", rows[0].pk), {"down": "yes"})
    assert order() == ["three", "one", "two"]
    author.post(at(gathering, "evidence_remove", rows[0].pk))
    assert list(Evidence.objects.values_list("position", flat=True)) == [1, 2]


def test_of_two_authors_at_once_neither_loses_words(author, gathering):
    row = quote_of(gathering)
    address = at(gathering, "evidence_item", row.pk)
    seen = author.get(address).context["form"].initial["seen"]
    mine = QUOTE | {"text": "Mine", "seen": seen}
    Evidence.objects.filter(pk=row.pk).update(text="Theirs")
    refused = author.post(address, mine)
    (said,) = errors_of(refused)
    assert said.startswith(
        "Someone else changed this evidence after you opened it. Its current details are below."
    )
    page = refused.content.decode()
    assert "Theirs" in page
    assert "Mine" in page
    assert Evidence.objects.get().text == "Theirs"
    seen = refused.context["form"]["seen"].value()
    assert author.post(address, mine | {"seen": seen}).status_code == 302
    assert Evidence.objects.get().text == "Mine"


def test_others_read_evidence_as_it_was_marked_ready(client, gathering):
    quote_of(gathering)
    page = at(gathering)
    for who in ("member", "reader"):
        client.force_login(gathering.people[who])
        assert "They rang me back." not in client.get(page).content.decode()
    mark_ready(case_study=gathering.case_studies[0], made_by=gathering.lead)
    Evidence.objects.update(text="Not marked ready yet")
    client.force_login(gathering.author)
    assert "Not marked ready yet" in client.get(page).content.decode()
    gathering.move(stages.SCORING)
    for who in ("member", "reader"):
        client.force_login(gathering.people[who])
        for address in (
            page,
            at(gathering, "evidence_map"),
            reverse("review_evidence_map", args=gathering.address),
        ):
            said = client.get(address).content.decode()
            assert "Not marked ready yet" not in said
            assert "Change" not in said.split("<main")[1]
        assert "They rang me back." in client.get(page).content.decode()


def test_the_map_fills_as_evidence_is_told_what_it_supports(author, gathering):
    row = quote_of(gathering)
    address = at(gathering, "evidence_map")
    before = author.get(address).context["map"]
    assert (before.every.whole.count, before.without_outcome, before.without_group) == (1, 1, 1)
    row.outcome_areas.set(gathering.case_studies[0].domain.outcome_areas.filter(code="1B"))
    row.groups.set(Group.objects.filter(code="race"))
    after = author.get(address)
    race = next(line for line in after.context["map"].rows if line.code == "race")
    assert race.counts == (0, 1, 0, 0)
    page = after.content.decode()
    assert "No evidence for outcome areas 1A, 1C, 1D." in page
    assert "No evidence about 16 of 17 groups: Age; Disability; " in page
    whole = author.get(reverse("review_evidence_map", args=gathering.address))
    assert whole.context["map"].every.counts == (0, 1, 0, 0)
    assert [(part.title, count) for part, count in whole.context["parts"]] == [
        ("Falls clinic", 1),
        ("Eye screening", 0),
        ("Young carers", 0),
    ]


def test_a_case_study_in_word_tells_its_evidence_and_names_local_groups(author, gathering):
    quote_of(gathering).groups.add(group_of(gathering))
    file_of(gathering)
    answer = author.get(reverse("word_out", args=[*gathering.address, 1]))
    said = "\n".join(paragraph.text for paragraph in Document(BytesIO(answer.content)).paragraphs)
    assert "They rang me back." in said
    assert "Carer, survey. Groups: People who live on boats" in said
