"""What the machine refuses, said so that somebody can do something about it."""

from __future__ import annotations

import errno

REMEDIES = {
    errno.ENOSPC: "The disk is full. Make room and run the command again.",
    errno.EDQUOT: "The quota of the disk is used up. Make room and run the command again.",
    errno.EROFS: "The disk is read-only. Use a home that can be written, or make this one writable.",
    errno.EACCES: "It is not yours to write or read. Change its permissions, or run as its owner.",
    errno.EPERM: "It is not yours to write or read. Change its permissions, or run as its owner.",
    errno.EMFILE: "Too many files are open. Raise the limit with ulimit -n.",
    errno.ENOMEM: "There is not enough memory. Stop other programs, raise the limit (ulimit -v), or take fewer --jobs.",
    errno.ENAMETOOLONG: "The name is too long for the disk. Choose a shorter one.",
    errno.ELOOP: "A link leads back to itself. Choose another path, or mend the link.",
    errno.EBADMSG: "A database in the home is damaged, or is none. One in its folder cache may be deleted, since it is made "
    "again; where it is the log (log.sqlite), restore the home from a backup: copydesk restore.",
    errno.EIO: "The disk fails. Look after the machine, then run: copydesk verify",
}
WORDS = {
    "disk is full": errno.ENOSPC,
    "no space left": errno.ENOSPC,
    "readonly database": errno.EROFS,
    "read-only file system": errno.EROFS,
    "unable to open database file": errno.EACCES,
    "permission denied": errno.EACCES,
    "disk i/o error": errno.EIO,
    "file is not a database": errno.EBADMSG,
    "disk image is malformed": errno.EBADMSG,
    "malformed database schema": errno.EBADMSG,
    "cannot allocate memory": errno.ENOMEM,
    "out of memory": errno.ENOMEM,
    "bad_alloc": errno.ENOMEM,
    "malloc of size": errno.ENOMEM,
    "can't start new thread": errno.ENOMEM,
    "failed to launch worker thread": errno.ENOMEM,
    "not built with support for the parquet": errno.ENOMEM,
    "without setting an exception": errno.ENOMEM,  # CPython, of a C function that had no memory left for its error
    "without exception set": errno.ENOMEM,  # CPython, of an import that had none
    "failed to map segment from shared object": errno.ENOMEM,
}
"""What libraries say that have no error number to give."""


NO_MEMORY = f"copydesk: {REMEDIES[errno.ENOMEM]} What was committed is kept.\n".encode()
"""What is written where there is no memory left to do more than write it."""


def explained(error: BaseException) -> str | None:
    """A sentence with a remedy for an error of the disk or the memory, whichever library raised it; none for other errors."""
    number = error.errno if isinstance(error, OSError) else None
    if number not in REMEDIES:
        said = str(error).casefold()
        number = next((number for words, number in WORDS.items() if words in said), None)
    if number is None:
        return None
    place = getattr(error, "filename", None)
    return f"{f'{place}: ' if place else ''}{REMEDIES[number]} What was committed is kept."
