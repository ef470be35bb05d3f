"""Writes of what a draft says for easy read, and of the made-up case study on which members practise."""

from collections.abc import Mapping

from django.db import transaction

from casestudies.frameworks.actions import changed_meanwhile, locked_draft
from casestudies.models import OutcomeArea
from casestudies.notes import note_change
from edsportal.web.refusals import mark_of

NAMES = {
    "picture": "the picture",
    "easy_statement": "the statement in easy words",
    "practice": "the practice text",
    "easy_descriptors": "what grades mean in easy words",
    "practice_reasons": "the practice reasons",
}


def easy_words_of(area: OutcomeArea) -> dict:
    """What an outcome area says for easy read and practice; the texts by score as a mapping."""
    value = area.as_value()
    said = {name: getattr(value, name) for name in ("picture", "easy_statement", "practice")}
    by_score = {name: dict(getattr(value, name)) for name in ("easy_descriptors", "practice_reasons")}
    return said | by_score


def mark_of_easy_words(area: OutcomeArea) -> str:
    return mark_of(easy_words_of(area))


@transaction.atomic
def edit_easy_words(
    *,
    area: OutcomeArea,
    picture: str,
    easy_statement: str,
    easy_descriptors: Mapping[int, str],
    practice: str,
    practice_reasons: Mapping[int, str],
    seen: str,
    edited_by,
) -> None:
    """Change the easy words and the practice of an outcome area of a draft; texts of grades by score.

    `seen` is the mark of what the page showed. Raises Frozen, and ChangedMeanwhile where it says something else by now.
    """
    draft = locked_draft(area.domain.framework_id)
    area = OutcomeArea.objects.prefetch_related("descriptors").get(pk=area.pk)
    before = easy_words_of(area)
    if mark_of(before) != seen:
        raise changed_meanwhile(draft)
    after = {
        "picture": picture,
        "easy_statement": easy_statement,
        "practice": practice,
        "easy_descriptors": {score: text for score, text in easy_descriptors.items() if text},
        "practice_reasons": {score: text for score, text in practice_reasons.items() if text},
    }
    area.picture, area.easy_statement, area.practice = picture, easy_statement, practice
    area.save(update_fields=["picture", "easy_statement", "practice"])
    for row in area.descriptors.all():
        row.easy_text = after["easy_descriptors"].get(row.score, "")
        row.practice_reason = after["practice_reasons"].get(row.score, "")
        row.save(update_fields=["easy_text", "practice_reason"])
    if changed := [words for name, words in NAMES.items() if before[name] != after[name]]:
        note_change(framework=draft, what=f"{area.code}: changed {', '.join(changed)}.", changed_by=edited_by)
