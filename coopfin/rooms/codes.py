"""Codes that are read off a wall, PINs, and the random tokens by which a browser is known: only hashes are kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets

# Without I, L, O, 0 and 1, which look alike on a wall.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
SIGNS, PIN_DIGITS = 6, 6


def new_code() -> str:
    """A room's code: six signs without look-alikes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))


def normal(code: str) -> str:
    """A code as people type it, in capitals and without spaces and dashes; empty where it cannot be one."""
    plain = "".join(sign for sign in code[:40].upper() if sign not in " -\u00a0\u2011\u2013")
    return plain if len(plain) == SIGNS and set(plain) <= set(ALPHABET) else ""


def new_pin() -> str:
    """A PIN of six digits."""
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}"


def new_token() -> str:
    """What makes a browser known again: 128 random bits."""
    return secrets.token_urlsafe(16)


def new_salt() -> str:
    """A room's own salt, in hexadecimal digits."""
    return secrets.token_hex(16)


def token_hash(salt: str, token: str) -> str:
    """What is kept of a token. Random bits need no slow hash."""
    return hashlib.blake2b(token.encode(), key=bytes.fromhex(salt), digest_size=16).hexdigest()


def pin_hash(salt: str, pin: str) -> str:
    """What is kept of a PIN: by scrypt, so that a stolen file gives it away slowly."""
    return hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1).hex()


def same(one: str, other: str) -> bool:
    """Whether two hashes are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one, other)
