"""What lets a browser into the desk: a signed cookie, a path that only those inside know, a token in every form.

All three are made of the auth string, so that they hold over a restart and end where the string is changed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable

DAYS = 30
"""How long a browser stays logged in."""

OURS = "/copydesk/"
"""The path under which copydesk's own pages lie; Prefect has none there."""

LOGIN = f"{OURS}desk"
"""The path of the page that asks for the auth string, which no cookie and no key is needed for."""


class Keys:
    """Makes and checks what lets a browser in.

    A cookie is sent to every port of a host. So its path has a part that other servers of the machine cannot know: a page of
    theirs that leads a browser to them is not sent the cookie.

    Args:
        auth_string: What they are made of
        clock: Seconds since 1970
    """

    def __init__(self, auth_string: str, clock: Callable[[], float] = time.time) -> None:
        self._auth_string = auth_string
        self._clock = clock
        self.root = f"{OURS}{self._made('path')[:12]}"
        """The path under which the desk lies, without a slash at its end."""
        self.cookie = f"copydesk-{self._made('cookie')[:8]}"
        """The name of the cookie: two desks on one host keep theirs apart."""

    def opens(self, given: str) -> bool:
        """Whether what was typed is the auth string."""
        return hmac.compare_digest(given.strip().encode(), self._auth_string.encode())

    def session(self) -> str:
        """A new value of the cookie.

        >>> keys = Keys("a string of a test", lambda: 0.0)
        >>> keys.is_session(keys.session()), keys.is_session("x"), Keys("another", lambda: 0.0).is_session(keys.session())
        (True, False, False)
        """
        told = f"{int(self._clock()) + DAYS * 86_400}.{secrets.token_urlsafe(9)}"
        return f"{told}.{self._made(f'session {told}')}"

    def is_session(self, value: str) -> bool:
        """Whether a cookie's value was made here and still holds."""
        told, _, signature = value.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._made(f"session {told}").encode()):
            return False
        return int(told.partition(".")[0]) > self._clock()

    def form_token(self, session: str) -> str:
        """What every form of a session carries, so that no other page can have written it."""
        return self._made(f"form {session}")

    def is_form_token(self, given: str, session: str) -> bool:
        """Whether a form was written for this session."""
        return hmac.compare_digest(given.encode(), self.form_token(session).encode())

    def set_cookie(self) -> str:
        """The header `Set-Cookie` that logs a browser in: no script reads it, no form of another site sends it."""
        return f"{self.cookie}={self.session()}; Path={self.root}; Max-Age={DAYS * 86_400}; HttpOnly; SameSite=Lax"

    def _made(self, purpose: str) -> str:
        made = hmac.new(self._auth_string.encode(), f"copydesk desk {purpose}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(made).decode().rstrip("=").replace("-", "x").replace("_", "y")
