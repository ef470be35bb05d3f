"""The texts of the triggers: what both databases share."""

from edsportal.audit.policy import Followed

NOT_KEPT = "not kept here"
TABLE = "trail_entry"
COLUMNS = (
    "at, by_id, request, source, organisation_id, review_id, case_study, did, kind, row, label, old, new"
)


def refusal(table: str, operation: str) -> str:
    """What the database answers to who tries to change a frozen row."""
    doing = {"UPDATE": "changed", "DELETE": "removed", "TRUNCATE": "removed"}[operation]
    return f"Rows of {table} are a record: they are never {doing}."


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def key_of(way: tuple[tuple[str, str], ...], row: str) -> str:
    """SQL for the key at the end of the way that begins at `row` (NEW or OLD). A row that is not there gives NULL."""
    found = f'{row}."{way[0][1]}"'
    for table, column in way[1:]:
        found = f'(SELECT "{column}" FROM "{table}" WHERE "id" = {found})'
    return found


def places(one: Followed, row: str) -> str:
    """SQL for organisation, review and the case study's title of the row, as three values."""
    case_study = "''"
    if one.to_case_study:
        key = key_of(one.to_case_study, row)
        case_study = f'COALESCE((SELECT "title" FROM "casestudies_casestudy" WHERE "id" = {key}), \'\')'
    ways = (key_of(way, row) if way else "NULL" for way in (one.to_organisation, one.to_review))
    return ", ".join((*ways, case_study))


def label(one: Followed, row: str) -> str:
    return f"COALESCE({row}.\"{one.label}\", '')" if one.label else "''"
