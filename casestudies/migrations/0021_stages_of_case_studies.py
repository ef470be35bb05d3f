"""From one stage for a whole review to a stage for each case study, and back where one stage can say the same."""

from django.db import migrations
from django.db.models import Q

from edsportal.audit import triggers

WRITING, SCORING, MEETING, AGREED = "writing", "scoring", "meeting", "agreed"
OPEN, APPROVAL, PUBLISHED = "open", "approval", "published"
SETUP, EVIDENCE, MODERATION = "setup", "evidence", "moderation"
OF_CASE_STUDIES = {
    SETUP: WRITING,
    EVIDENCE: WRITING,
    SCORING: SCORING,
    APPROVAL: AGREED,
    PUBLISHED: AGREED,
}


def to_case_studies(apps, schema_editor):
    """Every case study gets the stage of its review; in a meeting, agreed where every outcome area is."""
    for review in apps.get_model("casestudies", "Review").objects.all():
        rows = apps.get_model("casestudies", "CaseStudy").objects.filter(review=review)
        rows.update(scoring_closes_on=review.scoring_closes_on)
        if review.stage == MODERATION:
            # One that was published and opened again is being corrected.
            was_published = review.stage_moves.filter(to_stage=PUBLISHED).exists()
            for row in rows:
                is_agreed = not was_published and _is_agreed(apps, row)
                rows.filter(pk=row.pk).update(stage=AGREED if is_agreed else MEETING)
        else:
            rows.update(stage=OF_CASE_STUDIES[review.stage])
        if review.stage not in (APPROVAL, PUBLISHED):
            review.stage = OPEN
            review.save(update_fields=["stage"])


def _is_agreed(apps, case_study) -> bool:
    """Does the newest agreed score of each outcome area say something?"""
    agreed = apps.get_model("scoring", "AgreedScore").objects.filter(case_study=case_study)
    said = Q(value__isnull=False) | Q(not_applicable=True)
    areas = apps.get_model("casestudies", "OutcomeArea").objects.filter(domain=case_study.domain_id)
    newest = [agreed.filter(outcome_area=area).order_by("pk").last() for area in areas]
    done = set(agreed.filter(said).values_list("pk", flat=True))
    return bool(newest) and all(row is not None and row.pk in done for row in newest)


def to_reviews(apps, schema_editor):
    """Every review gets the one stage of its case studies. Refuses, naming the review, where they have no one stage."""
    triggers.remove(schema_editor.connection)  # moves are records, which it never changes; they come back after
    moves = apps.get_model("casestudies", "StageMove").objects
    for review in apps.get_model("casestudies", "Review").objects.select_related("organisation"):
        rows = apps.get_model("casestudies", "CaseStudy").objects.filter(review=review)
        days = [row.scoring_closes_on for row in rows if row.scoring_closes_on]
        review.scoring_closes_on = max(days, default=None)
        review.stage = _one_stage(review, {row.stage for row in rows})
        review.save(update_fields=["stage", "scoring_closes_on"])
    moves.filter(from_stage=OPEN).update(from_stage=MODERATION)
    moves.filter(to_stage=OPEN).update(to_stage=MODERATION)


def _one_stage(review, at: set[str]) -> str:
    if review.stage in (APPROVAL, PUBLISHED):
        if at <= {AGREED}:
            return review.stage
    elif at == {SCORING}:
        return SCORING
    elif at and at <= {MEETING, AGREED}:
        return MODERATION
    elif at <= {WRITING}:
        return EVIDENCE if at else SETUP
    raise ValueError(
        f"The review of {review.organisation.name} {review.year} can't go back to one stage: its case studies are at "
        f"different stages ({', '.join(sorted(at))}). Nothing was changed."
    )


class Migration(migrations.Migration):

    dependencies = [
        ('casestudies', '0020_case_study_stages'),
        ('scoring', '0017_table_meanings'),
    ]

    operations = [
        migrations.RunPython(to_case_studies, to_reviews),
    ]
