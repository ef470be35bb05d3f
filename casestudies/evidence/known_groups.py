"""The groups that an organisation names besides those of the lists that ship."""

from casestudies.models import Group, Organisation
from eds import content
from eds.lists.national_groups import CORE20PLUS5, INCLUSION, PROTECTED


def known_groups(organisation: Organisation) -> tuple[content.Group, ...]:
    """The organisation's own groups, and the national ones that are not named as in the lists that ship.

    One that an import made of a bare code says no more than its code, and is left out.
    """
    shipped = {(code, name) for code, name in (*PROTECTED, *INCLUSION, *CORE20PLUS5)}
    return tuple(
        content.Group(code=row.code, name=row.name, kind=row.kind, source=row.source or None)
        for row in Group.objects.of(organisation)
        if (row.code, row.name) not in shipped and not row.is_bare
    )
