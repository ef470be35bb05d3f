"""All writes of the scoring app: keyword-only functions, each atomic, named as sentences."""
