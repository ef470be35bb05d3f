"""What the portal holds on people, why, and how long: the one list, for the privacy notice."""

from django.conf import settings

from edsportal.accounts.sign_in.guessing import DAYS

Row = tuple[str, str, str]
AS_ACCOUNT = "As long as your account"


def held() -> list[Row]:
    """What, why, how long."""
    return [*_of_people(), *_of_work(), *_of_visits()]


def _of_people() -> list[Row]:
    months = settings.RETENTION_MONTHS
    unused = f"Until you erase your account, or {months} months after you last signed in, once your panels are done"
    if not months:
        unused = "Until you erase your account"
    return [
        ("Your name and e-mail address", "To invite you and to show who judged what", unused),
        (
            "The same, if you are an equality lead or an administrator",
            "To run reviews and the portal",
            "Until you no longer have that role, then as above",
        ),
        (
            "Your password (unreadable) and your second step (encrypted)",
            "To keep your account secure",
            AS_ACCOUNT,
        ),
        (
            "Your roles, the panels you are on and the group you represent",
            "To show you your work",
            AS_ACCOUNT,
        ),
        ("Your reasons for not scoring a case study", "To show that the panel was fair", AS_ACCOUNT),
    ]


def _of_work() -> list[Row]:
    days = settings.GUEST_RETENTION_DAYS
    return [
        (
            "Scores that you submitted, and your reasons",
            "To show how the panel came to its judgement",
            "As long as the review is kept. If you erase your account, we keep them without your name",
        ),
        ("Scores that you have not submitted", "So that nothing you typed is lost", AS_ACCOUNT),
        (
            "Who changed what and when",
            "To answer questions about a published report",
            "As long as the review is kept. If you erase your account, we keep it without your name",
        ),
        (
            "The name of a guest of a workshop",
            "The same as for panel members",
            f"{days} days after the workshop, or until the report is published if that is later",
        ),
        (
            "The name and e-mail address of the owner of a recommendation",
            "To ask for progress",
            "As long as the review is kept, or until the equality lead removes it",
        ),
    ]


def _of_visits() -> list[Row]:
    hours = settings.SESSION_HOURS
    backups = f"Backups are deleted after {settings.BACKUP_DAYS} days"
    if settings.BACKUP_DIR == "none":
        backups = "As long as the organisation that runs the server keeps its backups"
    return [
        (
            "A file that you import, until you confirm it",
            "So that you can check it first",
            "Two days at most",
        ),
        ("That you are signed in", "To keep you signed in", f"{hours} hours at most"),
        (
            "Which browsers you signed in with, as a code in the browser",
            "So that people who guess your password cannot lock you out",
            f"{DAYS} days",
        ),
        (
            "That someone tried a wrong password or code, without a network address",
            "To stop guessing",
            "A day at most",
        ),
        ("All of this in backups", "To restore the portal after a fault", backups),
    ]
