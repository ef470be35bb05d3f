"""What differs between two editions of the EDS, field by field and word by word."""

from eds.edition import Edition, Outcome
from eds.text_diff import ChangedPart, compared


def edition_changes(old: Edition, new: Edition) -> tuple[ChangedPart, ...]:
    """The parts that say something else in the new edition, in its order; those that it lacks come last."""
    before, after = _texts(old), _texts(new)
    headings = [*after, *(heading for heading in before if heading not in after)]
    return tuple(
        ChangedPart(heading=heading, pieces=compared(before.get(heading, ""), after.get(heading, "")))
        for heading in headings
        if before.get(heading, "") != after.get(heading, "")
    )


def _texts(edition: Edition) -> dict[str, str]:
    """Everything that an edition says but its name, each under a heading."""
    texts = {
        "Where it comes from": edition.source,
        "Where the help text comes from": edition.help_source,
        "Grades": ", ".join(f"{grade.score} {grade.name}" for grade in edition.grades),
        "Overall ratings": ", ".join(
            f"{band.lowest} to {band.highest} {band.name}" for band in edition.bands
        ),
    }
    for domain in edition.domains:
        texts[domain.name] = domain.title
        texts[f"{domain.name}: tested by third parties"] = "Yes" if domain.tested_by_third_parties else "No"
        texts[f"{domain.name}: order of outcome areas"] = ", ".join(domain.codes)
        for outcome in domain.outcomes:
            texts |= _outcome_texts(edition, outcome)
    return texts


def _outcome_texts(edition: Edition, outcome: Outcome) -> dict[str, str]:
    meanings = {
        f"{outcome.code}: what “{grade.name}” means": outcome.descriptor(grade.score)
        for grade in edition.grades
    }
    return {
        f"{outcome.code}: statement": outcome.statement,
        f"{outcome.code}: guidance": outcome.guidance,
    } | meanings
