"""A backup of everything in one file: `manage.py backup` and `manage.py restore`; docs/running.md tells how."""
