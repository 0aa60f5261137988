"""Files and folders, of this machine or of an object store, and the documents in them."""

from __future__ import annotations

import glob
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path, PurePath
from urllib.parse import quote, unquote, urlsplit

from copydesk.flows.sources.containers import Member, Options, Part, container_kind, members
from copydesk.flows.sources.containers.bounds import OverBound
from copydesk.flows.sources.containers.member import sentence
from copydesk.flows.sources.files import EMPTY, MEDIA, File, media_type
from copydesk.flows.sources.found import UNOPENED, Content, Found, Poll
from copydesk.flows.sources.local import local_files
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.store import is_remote

Holds = Callable[[str], bool]
"""Whether a file may be read, by its canonical address."""

CONTAINERS = "3"
"""The version of the reading of containers; raised whenever it gives other members or other texts of a file."""


class FolderSource:
    """Reads files, folders with all that is in them, and the containers among them, in the order of their paths.

    A place is a path, or an address such as s3://bucket/folder; with `pattern` one with * and **.
    Where `settle` is not 0, files that changed in the last `settle` seconds are still being written: they are skipped.
    `only` names the one kind of container that is read, `options` how containers are read and the language of all.
    Files that `holds` refuses are skipped. A place in an object store that is not there is an error, unless it
    `may_be_absent`: an object store has no empty folders.
    """

    def __init__(
        self,
        name: str,
        places: Sequence[Path | str],
        settle: float = 0.0,
        *,
        only: str | None = None,
        options: Options | None = None,
        outlet: str | None = None,
        pattern: bool = False,
        holds: Holds | None = None,
        may_be_absent: bool = False,
    ) -> None:
        self.name = name
        self.skipped: Counter[str] = Counter()
        self._places = places
        self._settle = settle
        self._only = only
        self._options = options or Options()
        self._outlet = outlet
        self._pattern = pattern
        self._holds = holds
        self._may_be_absent = may_be_absent

    def discover(self, poll: Poll | None = None) -> Iterator[Found]:
        """The documents that are there.

        Raises PermanentError for a path that does not exist, a named file of a kind that is not read, a broken container.
        """
        poll = poll or Poll()
        for place in map(str, self._places):
            for file in self._files(place):
                yield from self._documents(file, poll)

    def _files(self, place: str) -> Iterator[File]:
        if is_remote(place) and not place.startswith("file://"):
            from copydesk.flows.sources.remote import remote_files

            return remote_files(place, self.skipped, self._pattern, self._may_be_absent)
        path = unquote(urlsplit(place).path) if place.startswith("file://") else place
        return self._matching(path) if self._pattern else self._there(Path(path))

    def _there(self, path: Path) -> Iterator[File]:
        if not path.exists():
            raise PermanentError(f"{path}: there is no such file or folder.")
        if not path.is_file() and not path.is_dir():
            raise PermanentError(f"{path} is neither a file nor a folder. Write what it gives into a file.")
        if path.is_file() and media_type(path) is None and container_kind(path) is None:
            raise PermanentError(
                f"{path}: only {', '.join(MEDIA)}, each also as .gz, and .zip .tar .jsonl .csv .tsv .parquet .warc are read."
            )
        return local_files(path, self.skipped)

    def _matching(self, pattern: str) -> Iterator[File]:
        paths = [Path(path) for path in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207  # may be absolute
        if not paths:
            raise PermanentError(f"source {self.name!r}: {pattern} matches no file. Check the pattern.")
        for path in paths:
            yield from self._there(path)

    def _documents(self, file: File, poll: Poll) -> Iterator[Found]:
        """A file's one document, or those of a container."""
        if self._holds is not None and not self._holds(file.uri):
            self.skipped["outside_allowed_roots"] += 1
            return
        if self._settle and time.time() - file.changed < self._settle:
            self.skipped["being_written"] += 1
            return
        kind = container_kind(PurePath(file.name))
        if self._only is not None and kind != self._only:
            self.skipped["other_kind"] += 1
        elif kind is None:
            media = media_type(PurePath(file.name)) or ""
            yield Found(
                uri=file.uri,
                media_type=media,
                version=file.version,
                read=file.read,
                outlet=self._outlet,
                language=self._options.language,
            )
        elif poll.known(file.uri, self._version(file)):
            self.skipped["unchanged_container"] += 1
        else:
            yield from self._members(file, kind, poll)

    def _version(self, file: File) -> str:
        """The version of a container: of its bytes, of what the source says of it, and of the program that reads it.

        One that any of these may have changed the rows of is read again.
        """
        reading = [self._options.delimiter, self._options.language, self._outlet, sorted(self._options.columns.items())]
        return f"{file.version} {version('copydesk')} {CONTAINERS} {_short_hash(reading)}" if file.version else ""

    def _members(self, file: File, kind: str, poll: Poll) -> Iterator[Found]:
        path = file.name
        try:
            with file.local() as opened:
                path = str(opened)
                for member in members(opened, kind, self._options, self.skipped):
                    yield self._member(file, member)
        except PermanentError as error:
            reason = error.reason if isinstance(error, OverBound) else "broken_container"
            problem = Content(b"", file.size, EMPTY, reason, str(error).replace(path, file.uri))
            yield Found(uri=file.uri, media_type=UNOPENED, version=self._version(file), read=lambda limit: problem)
            return
        except Exception as error:  # noqa: BLE001  # each store has errors of its own; the other files are read
            detail = f"{file.uri} cannot be opened: {sentence(error)}. Check its permissions and run again."
            problem = Content(b"", file.size, EMPTY, "unreadable", detail)
            yield Found(uri=file.uri, media_type=UNOPENED, version="", read=lambda limit: problem)
            return
        poll.ended(file.uri, self._version(file))

    def _member(self, file: File, member: Member) -> Found:
        """A document of a container. What the source says of outlet and language goes before what a row says."""
        return Found(
            uri=f"{file.uri}#{_quoted(member.fragment)}",
            media_type=member.media_type or media_type(PurePath(member.name)) or UNOPENED,
            version="",
            read=partial(_content, member),
            url=member.url,
            outlet=self._outlet or member.outlet,
            language=self._options.language or member.language,
            title=member.title,
            published=member.published,
            published_at=member.published_at,
            authors=member.authors,
        )


def _quoted(fragment: str) -> str:
    """A place in a container as the end of an address: printable, and another for every name, whatever its bytes."""
    try:
        return quote(fragment.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return quote(fragment.encode("utf-8", "surrogatepass"))


def _content(member: Member, limit: int) -> Content:
    """What a member gives; one that cannot be read gives a problem, never an error."""
    try:
        part = member.read(limit)
    except Exception as error:  # noqa: BLE001  # whatever a library raises is that member's alone
        part = Part(b"", 0, "broken_member", f"{member.fragment}: {sentence(error)}. Make its container again.")
    return Content(part.data, part.size, sha256(part.data).hexdigest(), part.problem, part.detail)


def _short_hash(values: object) -> str:
    """A short name for values that are printed the same way each time."""
    return sha256(repr(values).encode("utf-8", "replace")).hexdigest()[:12]
