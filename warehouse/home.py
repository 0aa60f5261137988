"""A home: the folder that holds everything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import PermanentError


@dataclass(frozen=True)
class Home:
    """Where the parts of a home lie. `cache` may be deleted at any time; it is made again."""

    root: Path

    @property
    def log(self) -> Path:
        return self.root / "log.sqlite"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    @property
    def published(self) -> Path:
        return self.root / "published"

    @property
    def warehouse(self) -> Path:
        """The symlink that readers open."""
        return self.root / "warehouse.duckdb"

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    def prepared(self) -> Home:
        """This home with its folders made.

        Raises PermanentError where the folder cannot be written.
        """
        try:
            for folder in (self.root, self.data, self.cache, self.published):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PermanentError(
                f"The home {self.root} cannot be written ({error.strerror}). Choose another folder with --home, "
                "or make this one writable."
            ) from error
        return self

    @property
    def exists(self) -> bool:
        """Whether anything was ever ingested here."""
        return self.log.exists()
