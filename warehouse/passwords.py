"""Addresses that hold passwords: they are read so that no part of a password is in any message."""

from __future__ import annotations

import re
from collections.abc import Iterable

from copydesk.warehouse.errors import PermanentError

HIDDEN = "***"
USERINFO = re.compile(r"(?<=://)(?!USER:PASSWORD@)(?:[^\s/?#'\"]*|[^\s/?#:@'\"]*:[^\s'\"]*)@")
"""The part of an address before its host; a password may hold a slash, though it should be escaped."""

NAMED = re.compile(
    r"(?i)\b(\w*(?:password|passwd|passfile|secret|token|access_?key|api_?key|signature))(=|%3D)((?:(?!:(?:\s|$))[^\s&'\";,])+)"
)
"""A password that is given by its name, as in a query or in a connection string."""

LOGIN = re.compile(r"^(\s*[a-z][a-z0-9+.-]*:[/\\]{2,})[^/?#\\]*@", re.IGNORECASE)
SLASHED_LOGIN = re.compile(r"^(\s*[a-z][a-z0-9+.-]*:[/\\]{2,})[^/?#@\\]*:(?!\d*(?:[/?#\\]|$))[^\s@]*@", re.IGNORECASE)
"""A password with a slash, # or ? in it that nobody escaped: what stands before it is no port."""

QUERY_SECRET = re.compile(
    r"([?&;#][^=&;#\s'\"]*(?:key|token|secret|passw|pwd|sig|auth|credential)[^=&;#\s'\"]*=)(?:(?!:(?:\s|$))[^&;#\s'\"])+",
    re.IGNORECASE,
)
"""A key or token in the query or the fragment of an address, by what such parts are called."""

ADDRESS = re.compile(
    r"postgres(?:ql)?://(?:[^:@/?#\s]*(?::[^@/?#\s]*)?@)?[^@?#\s/]*(?:/[^@/?#\s]*)?(?:\?[^@#\s]*)?", re.IGNORECASE
)
"""A PostgreSQL address in which nothing can be taken for something else: reserved characters of a password are escaped."""

SECRETS = ("password", "sslpassword", "passfile", "sslkey", "oauth_client_secret")
"""The parts of a connection that no message names."""


PARTS = ("password", "dbname", "host", "user", "port", "sslmode", "postgres", "postgresql")
"""Words of a connection string that tell nothing of it."""

TELLING = 4
"""The least letters of a part of a malformed address that is hidden wherever it occurs; shorter parts occur in any text."""


def without_passwords(text: str, known: Iterable[str] = ()) -> str:
    """A text in which no address shows who logs in and by what; `known` are secrets to hide wherever they stand.

    >>> without_passwords("http://desk:pw@example.org/x?token=abc cannot be read")
    'http://***@example.org/x?token=*** cannot be read'
    >>> without_passwords("https://example.org/x?key=abc&page=2&X-Amz-Credential=abc#access_token=abc: no answer")
    'https://example.org/x?key=***&page=2&X-Amz-Credential=***#access_token=***: no answer'
    """
    for secret in sorted((one for one in known if one), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", HIDDEN, text)
    text = NAMED.sub(rf"\1\2{HIDDEN}", USERINFO.sub(f"{HIDDEN}@", text))
    return QUERY_SECRET.sub(rf"\1{HIDDEN}", text)


def without_login(address: str) -> str:
    """An address without the user and password in it.

    >>> without_login("https://desk:pa@ss@news.example/a@b"), without_login("http://desk:a/b@news.example/")
    ('https://news.example/a@b', 'http://news.example/')
    """
    return SLASHED_LOGIN.sub(r"\1", LOGIN.sub(r"\1", address))


def check_no_password(address: str, what: str) -> None:
    """Raises PermanentError where the address of a store carries a password or a key, without showing it."""
    named = NAMED.search(address)
    authority = re.split(r"[/?#]", address.partition("://")[2])[0]
    hidden = "@" in authority and ":" in authority.partition("@")[0]
    # A key may hold a slash; then it does not end with the first.
    if named or hidden or re.match(r"[^/@]*:[^@]*@", address.partition("://")[2]):
        raise PermanentError(
            f"{what} is an address with a password or key in it. Take it out: keys are read from the environment, such as "
            "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        )


def postgres_parts(address: str) -> dict[str, str]:
    """The parts of the event log's address by libpq's names.

    Raises PermanentError, which shows nothing of it, for one that is malformed or names no database.
    """
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    remedy = (
        "It must be postgresql://USER:PASSWORD@HOST:PORT/DATABASE; in a password each of @ : / ? # % is written as %40 %3A %2F "
        "%3F %23 %25."
    )
    what = "The address of the event log (COPYDESK_LOG, or log in copydesk.toml)"
    malformed = PermanentError(f"{what} is malformed. {remedy}")
    if "://" in address and not ADDRESS.fullmatch(address):
        raise malformed
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(address).items() if value is not None}
    except (psycopg.Error, ValueError):
        raise malformed from None
    if not parts.get("dbname"):
        raise PermanentError(
            f"The address of the event log (COPYDESK_LOG, or log in copydesk.toml) names no database. {remedy}"
        )
    return parts


def secrets_of(address: str | None) -> list[str]:
    """What no message may show of the event log's address; the whole of one that is malformed."""
    if not address:
        return []
    try:
        parts = postgres_parts(address)
    except PermanentError:
        pieces = re.split(r"[:@/?#\s='\"]+", address.partition("://")[2] or address)
        return [address, *(piece for piece in pieces if len(piece) >= TELLING and piece not in PARTS)]
    return [address, *(parts[name] for name in SECRETS if parts.get(name))]


def said_by_postgres(error: BaseException, address: str) -> str:
    """What the driver says, in one line, without the password."""
    return without_passwords(" ".join(str(error).split()), secrets_of(address))
