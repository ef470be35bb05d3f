"""What an organisation's reports look like: its own logo and colour, where it has them."""

import base64

from eds.colours import NHS_BLUE, can_be_read
from eds.content import Organisation


def own_colour_of(organisation: Organisation) -> str:
    """Its own colour, such as "#005eb8", where it has one on which white can be read; else ""."""
    own = organisation.colour
    return own if own and can_be_read(own) else ""


def colour_of(organisation: Organisation) -> str:
    """Its own colour, or else that of the NHS."""
    return own_colour_of(organisation) or NHS_BLUE


def logo_of(organisation: Organisation) -> bytes | None:
    """The PNG picture, or None."""
    return base64.b64decode(organisation.logo) if organisation.logo else None
