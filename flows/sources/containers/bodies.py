"""Bodies of HTTP as an archive keeps them: without chunks, and unpacked to a limit. A body that is not whole is refused."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping

LINE = re.compile(rb"\s*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
TEXT = re.compile(rb"^\s*(?:<|[\x20-\x7e\s\x80-\xff]{200})")
ZSTD = b"\x28\xb5\x2f\xfd"
WINDOW_LOG = 27
"""The power of two of the bytes that a zstd body may want to look back to."""


class BodyError(Exception):
    """A body that cannot be read. `reason` is the slug of the reject."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def dechunked(data: bytes) -> bytes:
    """A chunked body without its chunks' sizes; one that is not chunked in truth as it is.

    Raises BodyError where the chunks end before the last.

    >>> dechunked(b"3\\r\\nabc\\r\\n0\\r\\n\\r\\n"), dechunked(b"<html>")
    (b'abc', b'<html>')
    """
    out, at = bytearray(), 0
    while True:
        head = LINE.match(data, at)
        if head is None:
            if not out:
                return data
            raise BodyError("truncated", "its chunks end before the last one.")
        size, at = int(head[1], 16), head.end()
        if size == 0:
            return bytes(out)
        chunk = data[at : at + size]
        if len(chunk) < size:
            if not out and data.lstrip()[:1] == b"<":
                return data
            raise BodyError("truncated", f"its chunks end before the last one: {len(chunk):,} of {size:,} bytes.")
        out += chunk
        at += size
        at += len(data[at : at + 2]) - len(data[at : at + 2].lstrip(b"\r\n"))


def unpacked_body(data: bytes, encodings: str, limit: int) -> bytes:
    """A body unpacked by its Content-Encoding, at most one byte more than the limit; one that is not packed in truth as it is.

    Raises BodyError where it is damaged, cut, or packed more than once or in another way.
    """
    names = [name.strip().lower() for name in encodings.split(",")]
    names = [name for name in names if name not in ("", "identity", "none", "utf-8")]
    if not names:
        return data
    if len(names) > 1:
        raise BodyError("unsupported_compression", "it is packed more than once, which no honest server does.")
    unpack = UNPACKERS.get(names[0].removeprefix("x-"))
    if unpack is None:
        raise BodyError("unsupported_compression", f"it is packed by {names[0][:40]!r}, which is not read.")
    return unpack(data, limit)


def _gzip(data: bytes, limit: int) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    out = bytearray()
    while data.startswith(b"\x1f\x8b") and len(out) <= limit:
        unpacker = zlib.decompressobj(31)
        out += _whole(unpacker, data, limit + 1 - len(out), "gzip")
        data = unpacker.unused_data
    return bytes(out)


def _deflate(data: bytes, limit: int) -> bytes:
    for window in (15, -15):
        try:
            return _whole(zlib.decompressobj(window), data, limit + 1, "deflate")
        except BodyError as error:
            if error.reason == "truncated" and window == 15:
                raise
    if TEXT.match(data):
        return data
    raise BodyError("broken_member", "its deflate data is damaged.")


def _whole(unpacker: zlib._Decompress, data: bytes, most: int, name: str) -> bytes:
    try:
        out = unpacker.decompress(data, most)
    except zlib.error as error:
        raise BodyError("broken_member", f"its {name} data is damaged: {error}.") from error
    if not unpacker.eof and len(out) < most:
        raise BodyError("truncated", f"its {name} data ends too early.")
    return out


def _brotli(data: bytes, limit: int) -> bytes:
    import brotli

    unpacker = brotli.Decompressor()
    try:
        out = bytearray(unpacker.process(data, output_buffer_limit=limit + 1))
        while not unpacker.is_finished() and len(out) <= limit:
            more = unpacker.process(b"", output_buffer_limit=limit + 1 - len(out))
            if not more:
                break
            out += more
    except brotli.error as error:
        if TEXT.match(data):
            return data
        raise BodyError("broken_member", f"its brotli data is damaged: {error}.") from error
    if not unpacker.is_finished() and len(out) <= limit:
        raise BodyError("truncated", "its brotli data ends too early.")
    return bytes(out)


def _zstd(data: bytes, limit: int) -> bytes:
    from backports import zstd

    if not data.startswith(ZSTD):
        return data
    unpacker = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: WINDOW_LOG})
    try:
        out = bytearray(unpacker.decompress(data, limit + 1))
        while not unpacker.eof and not unpacker.needs_input and len(out) <= limit:
            out += unpacker.decompress(b"", limit + 1 - len(out))
    except zstd.ZstdError as error:
        raise BodyError("broken_member", f"its zstd data is damaged: {error}.") from error
    if not unpacker.eof and len(out) <= limit:
        raise BodyError("truncated", "its zstd data ends too early.")
    return bytes(out)


UNPACKERS: Mapping[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
    "zst": _zstd,
}
