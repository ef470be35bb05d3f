"""The key that nobody finds in the database: it signs the head of the chain, and the portal's own transactions."""

import hmac
import secrets
from functools import cache
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 16  # hexadecimal characters
MAC = 32


@cache
def _derived(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"edsportal.audit.keys").derive(
        secret.encode()
    )


def keys() -> list[bytes]:
    """The key in use, then earlier ones: AUDIT_KEY and its fallbacks, else those made from SECRET_KEY."""
    current = settings.AUDIT_KEY or settings.SECRET_KEY
    earlier = (*settings.AUDIT_KEY_FALLBACKS, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return list(dict.fromkeys(_derived(secret) for secret in (current, *earlier)))


def sign(data: bytes, key: bytes | None = None) -> str:
    return hmac.new(key or keys()[0], data, sha256).hexdigest()


def is_signed(data: bytes, signature: str) -> bool:
    """Was it signed with a key of ours?"""
    return any(hmac.compare_digest(sign(data, key), signature) for key in keys())


def new_token() -> str:
    """What the portal gives a transaction: nobody without the key can make one."""
    nonce = secrets.token_hex(NONCE // 2)
    return nonce + sign(b"transaction" + nonce.encode())[:MAC]


def is_token(token: str) -> bool:
    nonce, mac = token[:NONCE].encode(), token[NONCE:]
    return any(hmac.compare_digest(sign(b"transaction" + nonce, key)[:MAC], mac) for key in keys())
