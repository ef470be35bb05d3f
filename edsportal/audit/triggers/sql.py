"""The texts of the triggers: what both databases share."""

from edsportal.audit.policy import LoggedTable, Path

NOT_KEPT = "not kept here"
TABLE = "trail_entry"
COLUMNS = (
    "at, by_id, request, source, organisation_id, review_id, case_study, of_case_study_id, did, kind, row, label, "
    "old, new, written_in"
)


def refusal(table: str, operation: str) -> str:
    """What the database answers to who tries to change a frozen row."""
    doing = {"UPDATE": "changed", "DELETE": "removed", "TRUNCATE": "removed"}[operation]
    return f"Rows of {table} are a record: they are never {doing}."


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def key_of(path: Path, row: str) -> str:
    """SQL for the key at the end of the path that begins at `row` (NEW or OLD). A row that is not there gives NULL."""
    key = f'{row}."{path[0][1]}"'
    for table, column in path[1:]:
        key = f'(SELECT "{column}" FROM "{table}" WHERE "id" = {key})'
    return key


def places(one: LoggedTable, row: str) -> str:
    """SQL for organisation, review, and the case study's title and key, of the row, as four values."""
    case_study, key = "''", "NULL"
    if one.to_case_study:
        key = key_of(one.to_case_study, row)
        table, title = one.case_study_title
        case_study = f'COALESCE((SELECT "{title}" FROM "{table}" WHERE "id" = {key}), \'\')'
    keys = (key_of(path, row) if path else "NULL" for path in (one.to_organisation, one.to_review))
    return ", ".join((*keys, case_study, key))


def label(one: LoggedTable, row: str) -> str:
    return f"COALESCE({row}.\"{one.label}\", '')" if one.label else "''"
