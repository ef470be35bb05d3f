"""The trail: the database itself notes every change of a row, with who, when, old and new; see docs/decisions/0020."""
