"""Text that is kept encrypted, with a key made from SECRET_KEY; older ones (SECRET_KEY_FALLBACKS) still open it."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def _key(secret: str) -> Fernet:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"edsportal.accounts.secrets")
    return Fernet(base64.urlsafe_b64encode(made.derive(secret.encode())))


def _keys() -> MultiFernet:
    return MultiFernet([_key(each) for each in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def closed(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def opened(text: str) -> str:
    """Raises cryptography.fernet.InvalidToken where no key of ours fits."""
    return _keys().decrypt(text.encode()).decode()
