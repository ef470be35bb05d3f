"""Forms of the scoring app, shown by the nhsuk template pack."""
