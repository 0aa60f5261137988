"""Where documents come from: one file a kind, one line in `KINDS`."""

from flows.sources.folder import FolderSource

KINDS = {"folder": FolderSource}
