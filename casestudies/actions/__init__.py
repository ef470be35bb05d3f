"""All writes of the case studies app: keyword-only functions, each atomic, named as sentences."""
