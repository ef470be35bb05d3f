import pytest

from edsportal.accounts.models import User

PASSWORD = "three plain words"


@pytest.fixture
def person(db) -> User:
    return User.objects.create_user(email="Ann@Example.org", name="Ann <Lee>", password=PASSWORD)


@pytest.fixture
def demo_person(db) -> User:
    return User.objects.create_user(
        email="priya@example.org",
        name="Priya Shah",
        password=PASSWORD,
        is_demo=True,
        demo_note="Panel member <chair>",
    )
