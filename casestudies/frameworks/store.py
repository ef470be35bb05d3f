"""Turns an edition, a plain value, into framework rows. Used by migrations, so it takes the models it writes to."""

from eds.edition import Domain, Edition, Outcome


def store_edition(*, get_model, edition: Edition, status: str) -> None:
    """Store a whole edition, unless a framework of that name is there. `get_model` takes a model's name.

    An earlier migration's models may lack a field that an edition has by now: it is left out there.
    """
    framework, created = get_model("Framework").objects.get_or_create(
        name=edition.name,
        defaults={
            "status": status,
            "source": edition.source,
            "help_source": edition.help_source,
            "has_points": edition.has_points,
            "allows_not_applicable": edition.allows_not_applicable,
        },
    )
    if not created:
        return
    for grade in edition.grades:
        framework.grades.create(score=grade.score, name=grade.name, activity=grade.activity)
    for band in edition.bands:
        framework.bands.create(lowest=band.lowest, highest=band.highest, name=band.name)
    for domain in edition.domains:
        _store_domain(framework=framework, domain=domain)


def _store_domain(*, framework, domain: Domain) -> None:
    names = ("title", "aggregation", "noun", "tested_by_third_parties", "practice_title")
    values = {name: getattr(domain, name) for name in names}
    row = framework.domains.create(number=domain.number, **_known(framework.domains, values))
    for position, outcome in enumerate(domain.outcomes, start=1):
        _store_outcome(domain=row, position=position, outcome=outcome)


def _known(rows, values: dict) -> dict:
    """The values for which the model of these rows has a field."""
    known = {field.name for field in rows.model._meta.get_fields()}
    return {name: value for name, value in values.items() if name in known}


def _store_outcome(*, domain, position: int, outcome: Outcome) -> None:
    names = ("code", "statement", "guidance", "picture", "easy_statement", "practice")
    values = {name: getattr(outcome, name) for name in names}
    area = domain.outcome_areas.create(position=position, **_known(domain.outcome_areas, values))
    easy, reasons = dict(outcome.easy_descriptors), dict(outcome.practice_reasons)
    for score, text in outcome.descriptors:
        values = {"easy_text": easy.get(score, ""), "practice_reason": reasons.get(score, "")}
        area.descriptors.create(score=score, text=text, **_known(area.descriptors, values))
