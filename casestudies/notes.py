"""Changes in words, beside what the audit log keeps of each row: for the history of a review and its organisation."""

from casestudies.models import Change, Framework, FrameworkChange, Organisation, Review


def note_change(
    *,
    what: str,
    changed_by,
    review: Review | None = None,
    organisation: Organisation | None = None,
    framework: Framework | None = None,
    about=None,
) -> None:
    """Keep in words what was changed in a review, an organisation or a framework, of which one is given.

    `about` is the person whose name the note begins with, so that no name outlives an account.
    """
    if framework is not None:
        FrameworkChange.objects.create(
            framework=framework, name=framework.name, what=what, changed_by=changed_by
        )
        return
    organisation_id = organisation.pk if review is None else review.organisation_id
    Change.objects.create(
        organisation_id=organisation_id, review=review, about=about, what=what, changed_by=changed_by
    )
