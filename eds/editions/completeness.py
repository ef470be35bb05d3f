"""What an edition still lacks before reviews can use it. Pure: an edition in, sentences out."""

from collections.abc import Iterator

from eds.edition import NO_AGGREGATION, Edition


def missing_in(edition: Edition) -> list[str]:
    """What must be mended before it is put in use; empty where nothing is."""
    return [*_in_scale(edition), *_in_outcomes(edition), *_in_bands(edition)]


def full_total(edition: Edition) -> int | None:
    """The points of a body that scores highest everywhere; None where nothing is added up over all domains."""
    added = edition.has_points and all(domain.aggregation != NO_AGGREGATION for domain in edition.domains)
    return edition.highest * sum(len(domain.outcomes) for domain in edition.domains) if added else None


def _in_scale(edition: Edition) -> Iterator[str]:
    if len(edition.grades) < 2:
        yield "It has fewer than two grades."


def _in_outcomes(edition: Edition) -> Iterator[str]:
    for domain in edition.domains:
        if not domain.outcomes:
            yield f"{domain.name} has no outcome area."
        for outcome in domain.outcomes:
            for grade in edition.grades:
                if not outcome.descriptor(grade.score):
                    yield f"{outcome.code} does not say what “{grade.name}” means."


def _in_bands(edition: Edition) -> Iterator[str]:
    """Bands follow on one another from 0 to the full total."""
    full, expected = full_total(edition), 0
    if not edition.bands:
        return
    if full is None:
        yield "It has overall ratings but no overall total."
        return
    for band in edition.bands:
        if band.lowest != expected:
            yield f"The rating “{band.name}” begins at {band.lowest} points instead of {expected}."
        expected = band.highest + 1
    if expected != full + 1:
        yield f"The ratings end at {expected - 1} points, but the highest total is {full}."
