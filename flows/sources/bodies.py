"""The body of an answer: unpacked step by step, so that no more is in memory than was asked for."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator

STEP = 64 * 1024
"""Bytes that a step unpacks to, about."""

WINDOW_LOG = 23
"""The power of two of the bytes that a zstd body may want to look back to: what RFC 9659 allows on the web."""

MAGIC = b"\x1f\x8b"

ACCEPTED = "gzip, deflate, br, zstd"


class BadBody(Exception):
    """The body of an answer that cannot be unpacked; the message says why."""


def unpacked(chunks: Iterable[bytes], encodings: str) -> Iterator[bytes]:
    """The body whose packed bytes come in chunks, in pieces of about 64 KiB.

    `encodings` is the Content-Encoding header. Raises BadBody where it names more than one encoding, or one that is
    not known, and where the bytes are damaged.
    """
    named = [name for part in encodings.split(",") if (name := part.strip().lower()) not in ("", "identity")]
    if len(named) > 1:
        raise BadBody(f"it is packed more than once ({', '.join(named)[:100]}); one content encoding is taken")
    if not named:
        yield from chunks
        return
    unpack = UNPACK.get(named[0])
    if unpack is None:
        raise BadBody(f"it is packed as {named[0][:100]!r}; {ACCEPTED} are read")
    try:
        yield from unpack(chunks)
    except (zlib.error, EOFError) as error:
        raise BadBody(f"its {named[0]} data is damaged ({error})") from error


def gunzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The content of one gzip member after the other. Raises zlib.error or EOFError where it is damaged or cut."""
    return _inflated(chunks, lambda head: zlib.decompressobj(wbits=31))


def _inflate(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Deflate with its zlib header, or, as some servers send it, without."""
    return _inflated(chunks, lambda head: zlib.decompressobj(wbits=15 if _has_zlib_header(head) else -15))


def _has_zlib_header(head: bytes) -> bool:
    return len(head) > 1 and head[0] & 0x0F == 8 and (head[0] << 8 | head[1]) % 31 == 0


def _inflated(chunks: Iterable[bytes], begun: Callable[[bytes], zlib._Decompress]) -> Iterator[bytes]:
    stream, rest = None, b""
    for chunk in chunks:
        rest += chunk
        while rest:
            if stream is None:
                if len(rest) < 2:
                    break
                stream = begun(rest)
            piece = stream.decompress(rest, STEP)
            if piece:
                yield piece
            rest = stream.unused_data if stream.eof else stream.unconsumed_tail
            if stream.eof:
                stream = None
                if rest and not MAGIC.startswith(rest[:2]):
                    return  # what follows is no further member: filling, which every reader passes over
    while stream is not None and (piece := stream.decompress(b"", STEP)):
        yield piece
    if rest or (stream is not None and not stream.eof):
        raise EOFError("it ends too early")


def _brotli(chunks: Iterable[bytes]) -> Iterator[bytes]:
    import brotli

    stream, begun = brotli.Decompressor(), False
    try:
        for chunk in chunks:
            begun = True
            piece = stream.process(chunk, output_buffer_limit=STEP)
            while piece or not stream.can_accept_more_data():
                yield piece
                piece = stream.process(b"", output_buffer_limit=STEP)
            if stream.is_finished():
                return
    except brotli.error as error:
        raise BadBody(f"its brotli data is damaged ({error})") from error
    if begun:
        raise BadBody("its brotli data ends too early")


def _zstd(chunks: Iterable[bytes]) -> Iterator[bytes]:
    from backports import zstd

    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: WINDOW_LOG}
    stream, begun = zstd.ZstdDecompressor(options=options), False
    try:
        for chunk in chunks:
            rest = chunk
            while rest or not (stream.needs_input or stream.eof):
                if stream.eof:
                    stream, begun = zstd.ZstdDecompressor(options=options), False
                begun = begun or bool(rest)
                yield stream.decompress(rest, STEP)
                rest = stream.unused_data if stream.eof else b""
    except zstd.ZstdError as error:
        raise BadBody(f"its zstd data is damaged ({error})") from error
    if begun and not stream.eof:
        raise BadBody("its zstd data ends too early")


UNPACK: dict[str, Callable[[Iterable[bytes]], Iterator[bytes]]] = {
    "gzip": gunzip,
    "x-gzip": gunzip,
    "deflate": _inflate,
    "br": _brotli,
    "zstd": _zstd,
}
