"""The audit log: the database itself notes every change of a row; see docs/decisions/0020."""
