"""Bytes to text: compression, then the encoding, told by a library."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib

import charset_normalizer
import webencodings

from copydesk.transforms.types import Verdict

CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffd]")
CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
WESTERN = ("cp1252", "latin-1")
EUROPEAN = ("cp1252", "cp1250", "cp1254", "cp1257", "iso8859_2", "iso8859_15", "latin_1")
UNTOLD = ("utf-8", "windows-1252", "x-user-defined", "replacement")
"""Charsets whose naming says nothing: UTF-8 is tried anyway, and Western servers name theirs for pages of all scripts."""

WIDER = {"shift_jis": "cp932", "euc-kr": "cp949", "big5": "big5hkscs", "gbk": "gb18030"}
"""Charsets by which browsers read a wider one."""

HEAD_BYTES = 16 * 1024
"""Bytes of a page in which it names its charset; browsers look through 1,024, and many pages put scripts in front."""

META_CHARSET = re.compile(rb"""<meta\b[^>]{0,1000}?\bcharset\s*=\s*["']?\s*([a-z0-9_.:-]{1,40})""", re.IGNORECASE)

XML_ENCODING = re.compile(rb"""\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([a-z0-9_.:-]{1,40})""", re.IGNORECASE)

SEVEN_BIT = ("utf-16", "iso-2022", "hz")
"""Beginnings of the names of charsets whose bytes can pass for ASCII."""

REPLACED_SHARE = 0.001
"""Text in the charset that a server names has fewer unreadable characters than this."""

SPARSE = 0.2
"""Texts in the Latin alphabet have a smaller share of bytes beyond ASCII than this."""
CONTROL_SHARE = 0.02
"""Text with more control characters than this is not text."""


def inflate(data: bytes, limit: int) -> bytes | Verdict:
    """The content of a gzip stream, at most `limit` bytes of it; a verdict where there is more or it is broken.

    >>> inflate(gzip.compress(b"news"), 100)
    b'news'
    >>> inflate(gzip.compress(b"a" * 1000), 100).reason
    'too_large'
    """
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            content = stream.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        return Verdict("unreadable", f"The gzip data is damaged ({error}). Fetch the file again.")
    if len(content) > limit:
        return Verdict("too_large", f"It unpacks to more than the limit of {limit:,} bytes.")
    return content


def with_charset(media_type: str, charset: str) -> str:
    """A media type that keeps the charset which a server named beside it, where that helps to read the bytes.

    This is how a charset travels: as the one parameter of the media type, by its name in the Encoding Standard.

    >>> with_charset("text/html", "KOI8-R"), with_charset("text/html", "utf8"), with_charset("text/html", "none")
    ('text/html; charset=koi8-r', 'text/html', 'text/html')
    """
    known = webencodings.lookup(charset) if charset.isascii() else None
    return media_type if known is None or known.name in UNTOLD else f"{media_type}; charset={known.name}"


def charset_of(media_type: str) -> str:
    """The charset that a media type names, empty where it names none.

    >>> charset_of("text/html; charset=koi8-r"), charset_of("text/plain")
    ('koi8-r', '')
    """
    return media_type.partition("; charset=")[2]


def decode_document(data: bytes, media_type: str, limit: int) -> str | Verdict:
    """The text of a received document, unpacked first (to at most `limit` bytes) where its media type ends in `+gzip`.

    A charset that the media type names is heeded, then the one that a page of HTML names itself.

    >>> decode_document(gzip.compress(b"news"), "text/plain+gzip", 100)
    'news'
    >>> decode_document("<meta charset='koi8-r'><p>Паводок".encode("koi8-r"), "text/html", 100)
    "<meta charset='koi8-r'><p>Паводок"
    """
    packed = media_type.partition(";")[0].endswith("+gzip")
    content = inflate(data, limit) if packed else data
    if isinstance(content, Verdict):
        return content
    charset = charset_of(media_type)
    if media_type.startswith("text/html") and not _says_something(charset):
        charset = charset_in(content)
    return decode(content, charset)


def _says_something(charset: str) -> bool:
    known = webencodings.lookup(charset) if charset else None
    return known is not None and known.name not in UNTOLD


def charset_in(page: bytes) -> str:
    """The charset that a page of HTML names in its head, empty where it names none.

    One that says UTF-16 is none: bytes in which that can be read as ASCII are not in UTF-16.

    >>> charset_in(b'<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">'), charset_in(b"<p>charset=x")
    ('Shift_JIS', '')
    """
    head = page[:HEAD_BYTES]
    found = XML_ENCODING.match(head) or META_CHARSET.search(head)
    named = found[1].decode("ascii") if found else ""
    return "" if named.lower().startswith("utf-16") else named


def decode(data: bytes, charset: str = "") -> str | Verdict:
    """The text of `data`, without its byte order mark; a verdict where it is empty, binary or unreadable.

    A byte order mark is believed first, then UTF-8 where the bytes are whole in it, then the `charset` that came with them.

    >>> decode("Überfall".encode("cp1252"))
    'Überfall'
    >>> decode("Паводок".encode("koi8-r"), "koi8-r")
    'Паводок'
    >>> decode(b"").reason, decode(bytes(range(256)) * 8).reason
    ('empty', 'not_text')
    """
    if not data.strip():
        return Verdict("empty", "The file holds nothing but white space.")
    early = charset.lower().startswith(SEVEN_BIT) and not data.startswith(tuple(bom for bom, _ in BOMS))
    text = (_declared(data, charset) if early else None) or _strict(data)
    if text is None:
        text = _declared(data, charset)
    if text is None:
        if _binary(data):
            return Verdict("not_text", "The bytes are not text in any encoding that news is written in.")
        text = _guessed(data)
    if text is None:
        return Verdict("undecodable", "No encoding fits the bytes. Save the file as UTF-8 and drop it in again.")
    if _control_share(text) > CONTROL_SHARE:
        return Verdict("not_text", "The content has too many control characters to be text.")
    if not text.strip():
        return Verdict("empty", "The file holds nothing but white space.")
    return text


def _declared(data: bytes, charset: str) -> str | None:
    """The text in the charset that came with it, a damaged letter here and there replaced; none where it does not fit."""
    known = webencodings.lookup(charset) if charset else None
    if known is None or known.name in UNTOLD:
        return None
    text = data.decode(WIDER.get(known.name, known.codec_info.name), "replace")
    return text if text.count("\N{REPLACEMENT CHARACTER}") <= len(text) * REPLACED_SHARE else None


def _strict(data: bytes) -> str | None:
    """By byte order mark, as UTF-8, or as UTF-16 without a mark (every other byte of Latin text is 0)."""
    for bom, name in BOMS:
        if data.startswith(bom):
            return _try(data, name)
    text = _try(data, "utf-8")
    if text is not None and "\0" not in text:
        return text
    sample = data[:2000]
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if sample[offset::2].count(0) > len(sample) * 0.3:
            return _try(data, name)
    return text


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _binary(data: bytes) -> bool:
    sample = data[:8192]
    return len(CONTROL_BYTES.findall(sample)) > len(sample) * CONTROL_SHARE


def _guessed(data: bytes) -> str | None:
    """The text in a single-byte or East Asian encoding, by charset-normalizer.

    Where few bytes are beyond ASCII only European encodings are asked, and Windows-1252, which
    holds Latin-1's letters, is taken where the library sees nothing that speaks against it.
    """
    sample = data[:200_000]
    sparse = len(BEYOND_ASCII.findall(sample)) < len(sample) * SPARSE
    matches = list(charset_normalizer.from_bytes(sample, cp_isolation=list(EUROPEAN) if sparse else None))
    names = [match.encoding for match in matches[:1]]
    if any(WESTERN[0] in match.could_be_from_charset and match.chaos <= matches[0].chaos + 0.02 for match in matches):
        names = [*WESTERN] if sparse else [*names, *WESTERN]
    for name in names or WESTERN:
        text = _try(data, name)
        if text is not None:
            return text
    return None


def _control_share(text: str) -> float:
    sample = text[:20_000]
    return len(CONTROL.findall(sample)) / max(1, len(sample))
