#!/usr/bin/env python3
"""Runs a command with the settings of a file, and nothing else of the shell: with_settings.py FILE [--as NAME] COMMAND…

The file is read, never run: what looks like shell in it stays text. It is read as systemd reads an EnvironmentFile and
Docker an env_file; a line that they might read in another way is refused with its number. Needs Python alone.
"""

import os
import pwd
import re
import sys
from pathlib import Path

KEPT = re.compile(r"PATH|LANG|LC_\w+|TERM|TZ|HOME")  # of the shell: everything else comes from the file
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Unreadable(Exception):
    """The file can't be read as settings; the sentence says why and what to do."""


def settings_in(text: str) -> dict[str, str]:
    """The settings of a file by their names. Raises Unreadable."""
    values = {}
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        line = line.strip()
        if not line or line[0] in "#;":
            continue
        name, is_set, value = line.partition("=")
        if not is_set or not NAME.fullmatch(name):
            raise Unreadable(f"Line {number} is no setting. Write NAME=value, without spaces around the =.")
        values[name] = _value(value.strip(), number)
    return values


def _value(value: str, number: int) -> str:
    """The value without the quotes around it."""
    if value[:1] not in ("'", '"'):
        if "\\" in value or "\0" in value:
            raise Unreadable(f"Line {number} has a backslash. Put the value in single quotes.")
        return value
    quote = value[0]
    inside = value[1:-1]
    if len(value) < 2 or value[-1] != quote or quote in inside:
        raise Unreadable(f"Line {number}: the quotes must go around the whole value, once.")
    if quote == '"' and "\\" in inside:
        raise Unreadable(f"Line {number} has a backslash. Put the value in single quotes.")
    return inside


def environment(path: Path) -> dict[str, str]:
    """What a command gets: the file's settings, and of the shell its path and language. Raises Unreadable."""
    try:
        text = path.read_text(encoding="utf-8")
    except PermissionError:
        raise Unreadable(f"You may not read {path}. Run this as root, for example with sudo.") from None
    except (OSError, UnicodeDecodeError) as problem:
        raise Unreadable(f"{path} can't be read: {problem}.") from None
    return {name: value for name, value in os.environ.items() if KEPT.fullmatch(name)} | settings_in(text)


def become(account: str) -> None:
    """Give up root's rights for those of this account. Raises Unreadable where it doesn't exist."""
    try:
        entry = pwd.getpwnam(account)
    except KeyError:
        raise Unreadable(f"There is no account {account}. Make it first, as docs/running.md says.") from None
    os.initgroups(account, entry.pw_gid)
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)


def for_account(values: dict[str, str]) -> dict[str, str]:
    """The same without root's home; fonts are cached where every account may write."""
    return {"XDG_CACHE_HOME": "/tmp"} | {name: values[name] for name in values if name != "HOME"}  # noqa: S108


def main(arguments: list[str]) -> None:
    path, *command = arguments
    account = None
    if command[:1] == ["--as"]:
        account, command = command[1], command[2:]
    try:
        values = environment(Path(path))
        if account and os.geteuid() == 0:
            become(account)
            values = for_account(values)
    except Unreadable as problem:
        sys.exit(f"{path}: {problem}")
    os.umask(0o077)
    os.execvpe(command[0], command, values)  # noqa: S606 (the command that was asked for)


if __name__ == "__main__":
    main(sys.argv[1:])
