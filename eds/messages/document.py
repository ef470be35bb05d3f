"""docs/messages.md, made from the table of messages: `python -m eds.messages.document > docs/messages.md`. Pure."""

from eds.messages import MESSAGES, Message, when

HEAD = """# Messages

This page is made from `eds/messages/__init__.py`. To change it, change the table there, then run
`python -m eds.messages.document > docs/messages.md`. `tests/casestudies/messages/test_messages.py` compares the two.

Each message is stored in the outbox with the change that causes it, goes out after that, and is never sent twice. It is
plain text and HTML. None holds a score, a reason or anything about a person but their name. The portal fills in what
is in braces.

The equality lead sees all messages of a review under “Messages”, with an example of each. There they can switch off any
of them, give the address of the board sponsor, and see what could not be sent. A person can choose one e-mail a day in
“Your account”. `manage.py daily` sends what is due on a day ([running](running.md)).

| message | who gets it | when | subject |
|---|---|---|---|
"""


def document() -> str:
    """The whole page."""
    rows = (f"| {each.title} | {each.to} | {when(each)} | {each.subject} |\n" for each in MESSAGES.values())
    return HEAD + "".join(rows) + "".join(map(_part, MESSAGES.values()))


def _part(message: Message) -> str:
    texts = (*message.before, f"**{message.link}**", *message.after)
    return f"\n## {message.title}\n\n" + "\n>\n".join(f"> {text}" for text in texts) + "\n"


if __name__ == "__main__":
    print(document(), end="")
