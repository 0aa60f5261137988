"""Bytes to text: compression, then the encoding, told by a library."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Sequence

import charset_normalizer
import webencodings

from copydesk.transforms.types import Verdict

CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffd]")
CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""The byte order marks; that of UTF-32 begins with that of UTF-16."""

HEAD = 16_384
"""A page names its charset in its first bytes, up to this many."""

COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
META_CHARSET = re.compile(rb"<meta\s[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:+-]{2,40})", re.IGNORECASE)
XML_CHARSET = re.compile(rb"\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([\w.:+-]{2,40})", re.IGNORECASE)
UNREAD = re.compile(
    rb"<(script|style|svg)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[a-z/!?][^<>]*+>?+", re.DOTALL | re.IGNORECASE
)
"""What stands between the texts of a page: its letters are ASCII in every language."""

ESCAPES = re.compile(rb"\x1b\$[@B].*?\x1b\([BJ]", re.DOTALL)
"""Japanese between its escape sequences: ISO-2022-JP."""

TURKISH = frozenset(b"\xe7\xc7\xf0\xd0\xfd\xdd\xf6\xd6\xfe\xde\xfc\xdc\xe2\xee\xfb\xc2\xce\xdb")
"""The letters of Turkish beyond ASCII, in ISO-8859-9 and Windows-1254."""
ONLY_TURKISH = (b"\xf0", b"\xfd", b"\xfe")
"""The Turkish letters in whose places other charsets have Icelandic ones."""
WESTERN = ("cp1252", "latin-1")
EUROPEAN = ("cp1252", "cp1250", "cp1254", "cp1257", "iso8859_2", "iso8859_15", "latin_1")
UNTOLD = ("utf-8", "windows-1252", "x-user-defined", "replacement")
"""Charsets whose naming says nothing: UTF-8 is tried anyway, and Western servers name theirs for pages of all scripts."""

WIDER = {"shift_jis": "cp932", "euc-kr": "cp949", "big5": "big5hkscs", "gbk": "gb18030"}
"""Charsets by which browsers read a wider one."""

SEVEN_BIT = ("utf-16", "iso-2022", "hz")
"""Beginnings of the names of charsets whose bytes can pass for ASCII."""

REPLACED_SHARE = 0.005
"""Text in the charset that is named for it has no greater share of unreadable characters, one of them aside."""

GOOD_TO_BAD = 4
"""Bytes are UTF-8 with damage where so many letters beyond ASCII are whole for each that is not; one where UTF-8 is named."""

SPARSE = 0.2
"""Texts in the Latin alphabet have a smaller share of bytes beyond ASCII than this."""
SAMPLE, TAGGED = 200_000, 1_000_000
"""How many bytes the charset is told by, and of how many bytes of a page the tags are taken out for that."""

UTF16_SHARE = 0.2
"""UTF-16 without a mark has control characters as every other byte; for each parity at least this share of all bytes."""

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

    A charset that the media type names is heeded.

    >>> decode_document(gzip.compress(b"news"), "text/plain+gzip", 100)
    'news'
    """
    packed = media_type.partition(";")[0].endswith("+gzip")
    content = inflate(data, limit) if packed else data
    return decode(content, charset_of(media_type)) if isinstance(content, bytes) else content


def decode(data: bytes, charset: str = "") -> str | Verdict:
    """The text of `data`, without its byte order mark; a verdict where it is empty, binary or unreadable.

    A byte order mark is believed first, then UTF-8 where the bytes are whole in it or damaged in a few letters only, then the
    `charset` that came with them, then the one that a page names in its head. Where nothing is named, the charset is told
    by the letters between the tags.

    >>> decode("Überfall".encode("cp1252"))
    'Überfall'
    >>> decode("Паводок".encode("koi8-r"), "koi8-r")
    'Паводок'
    >>> decode('<meta charset="koi8-r"><p>Паводок'.encode("koi8-r"))
    '<meta charset="koi8-r"><p>Паводок'
    >>> decode(b"").reason, decode(bytes(range(256)) * 8).reason
    ('empty', 'not_text')
    """
    if not data.strip():
        return Verdict("empty", "The file holds nothing but white space.")
    named = charset, _named(data)
    text = _seven_bit(data, named)
    text = _strict(data) if text is None else text
    text = _damaged(data, named="utf-8" in map(_name, named)) if text is None else text
    for one in named:
        text = _declared(data, one) if text is None else text
    if text is None:
        if _binary(data):
            return Verdict("not_text", "The bytes are not text in any encoding that news is written in.")
        text = _guessed(data, western="windows-1252" in map(_name, named))
    if text is None:
        return Verdict("undecodable", "No encoding fits the bytes. Save the file as UTF-8 and drop it in again.")
    if _control_share(text) > CONTROL_SHARE:
        return Verdict("not_text", "The content has too many control characters to be text.")
    if not text.strip():
        return Verdict("empty", "The file holds nothing but white space.")
    return text


def _named(data: bytes) -> str:
    """The charset that a page names in its head, empty where it names none.

    A page that names UTF-16 in letters of one byte is not in UTF-16: that name is not believed.
    """
    head = data[:HEAD]
    if b"<" not in head:
        return ""
    found = XML_CHARSET.match(head) or META_CHARSET.search(COMMENT.sub(b"", head))
    name = found[1].decode("ascii", "replace") if found else ""
    return "" if _name(name).startswith("utf-16") else name


def _name(charset: str) -> str:
    """The name of a charset in the Encoding Standard; empty where it is unknown there."""
    known = webencodings.lookup(charset) if charset.isascii() else None
    return known.name if known else ""


def _seven_bit(data: bytes, named: Sequence[str]) -> str | None:
    """The text of bytes that could pass for ASCII but are not: such a charset is named, or Japanese escapes stand there."""
    if data.startswith(tuple(bom for bom, _ in BOMS)):
        return None
    for charset in named:
        if charset.lower().startswith(SEVEN_BIT) and (text := _declared(data, charset)) is not None:
            return text
    japanese = b"\x1b$" in data and data.isascii() and ESCAPES.search(data) is not None
    return data.decode("iso2022_jp_2", "replace") if japanese else None


def _damaged(data: bytes, *, named: bool) -> str | None:
    """The text of bytes that are UTF-8 but for a few, each of these replaced; none where too little speaks for UTF-8.

    `named` tells whether UTF-8 was named for them.
    """
    text = data.decode("utf-8", "replace")
    bad = text.count("\N{REPLACEMENT CHARACTER}")
    good = len(text) - bad - sum(byte < 0x80 for byte in data) if bad < len(text) * REPLACED_SHARE * 4 + 1 else 0
    return text if good and bad * (1 if named else GOOD_TO_BAD) <= good else None


def _declared(data: bytes, charset: str) -> str | None:
    """The text in the charset that is named for it, a damaged letter here and there replaced; none where it does not fit."""
    name = _name(charset)
    if not name or name in UNTOLD:
        return None
    text = data.decode(WIDER.get(name, webencodings.lookup(name).codec_info.name), "replace")
    return text if text.count("\N{REPLACEMENT CHARACTER}") <= 1 + len(text) * REPLACED_SHARE else None


def _strict(data: bytes) -> str | None:
    """By byte order mark, as UTF-8, or as UTF-16 without a mark."""
    for bom, name in BOMS:
        if data.startswith(bom):
            return _try(data, name)
    text = _try(data, "utf-8")
    sample = data[:2000]
    if text is not None and not CONTROL_BYTES.search(sample):
        return text
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = len(CONTROL_BYTES.findall(sample[offset::2]))
        low = len(CONTROL_BYTES.findall(sample[1 - offset :: 2]))
        if high > len(sample) * UTF16_SHARE and low * 10 < high:
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


def _guessed(data: bytes, *, western: bool) -> str | None:
    """The text in a single-byte or East Asian encoding, by charset-normalizer on the letters between the tags.

    Where few bytes are beyond ASCII only European encodings are asked, and Windows-1252, which
    holds Latin-1's letters, is taken where it is named (`western`) or the library sees nothing that speaks against it.
    """
    sample = UNREAD.sub(b" ", data[:TAGGED])[:SAMPLE] if data.lstrip().startswith(b"<") else data[:SAMPLE]
    if not BEYOND_ASCII.search(sample):
        sample = data[:SAMPLE]
    sparse = len(BEYOND_ASCII.findall(sample)) < len(sample) * SPARSE
    if sparse and _is_turkish(sample):
        return data.decode("cp1254", "replace")
    matches = list(charset_normalizer.from_bytes(sample, cp_isolation=list(EUROPEAN) if sparse else None))
    names = [match.encoding for match in matches[:1]]
    if any(WESTERN[0] in match.could_be_from_charset and match.chaos <= matches[0].chaos + 0.02 for match in matches):
        names = [*WESTERN] if sparse else [*names, *WESTERN]
    names = [*WESTERN, *names] if sparse and western else names
    for name in names or WESTERN:
        text = _try(data, name)
        if text is not None:
            return text
    return data.decode(names[0], "replace") if names else None


def _is_turkish(sample: bytes) -> bool:
    """Whether all letters beyond ASCII are Turkish ones, and two of those that only Turkish has are among them."""
    letters = [byte for byte in sample if byte >= 0xC0]
    return sum(map(sample.__contains__, ONLY_TURKISH)) > 1 and all(map(TURKISH.__contains__, letters))


def _control_share(text: str) -> float:
    sample = text[:20_000]
    return len(CONTROL.findall(sample)) / max(1, len(sample))
