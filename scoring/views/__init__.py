"""Pages of the scoring app. Each view begins at a door of `doors.py`, which fetches what this person may see."""
