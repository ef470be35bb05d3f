"""Who writes a case study and gathers evidence for it."""

import pytest

from eds import stages


@pytest.fixture
def gathering(cast):
    cast.move(stages.WRITING)
    return cast


@pytest.fixture
def author(client, gathering):
    client.force_login(gathering.author)
    return client
