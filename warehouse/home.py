"""A home: the folder, or object store, that holds everything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.store import Store, store_at

LOG = "log.sqlite"
"""The event log's name in the folder of a home."""


@dataclass(frozen=True)
class Home:
    """Where the parts of a home lie. `cache` may be deleted at any time; it is made again.

    `root` is its folder. Where `remote` names an object store, the Parquet files, the inbox and `sources.toml` lie there,
    and `root` holds what each machine has for itself: the cache and what is published.
    """

    root: Path
    remote: str | None = None

    def __str__(self) -> str:
        return self.remote or str(self.root)

    @property
    def store(self) -> Store:
        """Where the Parquet files lie, under `data/TABLE/`."""
        return store_at(self.root, self.remote)

    @property
    def log(self) -> Path:
        return self.root / LOG

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    @property
    def search(self) -> Path:
        """The search index."""
        return self.cache / "search.sqlite"

    @property
    def desk(self) -> Path:
        """The index of the desk."""
        return self.cache / "desk.duckdb"

    @property
    def published(self) -> Path:
        return self.root / "published"

    @property
    def warehouse(self) -> Path:
        """The symlink that readers open."""
        return self.root / "warehouse.duckdb"

    @property
    def inbox(self) -> str:
        """The folder whose new files are taken in, as a path or an address."""
        return f"{self.remote.rstrip('/')}/inbox" if self.remote else str(self.root / "inbox")

    @property
    def report(self) -> Path:
        """The folder of its own report."""
        return self.root / "report"

    @property
    def feeds(self) -> Path:
        """The folder of the feeds of its watches."""
        return self.root / "feeds"

    def prepared(self) -> Home:
        """This home with its folders made.

        Raises PermanentError where the folder cannot be written.
        """
        folders = [self.root, self.cache, self.published, *(() if self.remote else (self.root / "data",))]
        try:
            for folder in folders:
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PermanentError(
                f"The home {self.root} cannot be written ({error.strerror}). Choose another folder with --home, "
                "or make this one writable."
            ) from error
        return self

    def with_inbox(self) -> Home:
        """This home with its inbox made, where that is a folder; an object store has no empty ones."""
        self.prepared()
        if not self.remote:
            Path(self.inbox).mkdir(exist_ok=True)
        return self

    @property
    def exists(self) -> bool:
        """Whether anything was ever ingested here; a home whose log is elsewhere may hold nothing and yet exist."""
        return self.log.exists()
