"""Why a document, or a row of one, can be turned away: every reason with what it means and what a person can do.

A reject carries one of these slugs in `rejects.reason` and `documents.reason`; `copydesk requeue --reason SLUG` decides
such documents again. The page docs/reference/reject-reasons.md is made from this vocabulary, and a test fails on a slug
that the code uses and this vocabulary lacks.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class RejectReason(StrEnum):
    """The slug of a reason: `meaning` says what the document was, `remedy` what a person can do."""

    meaning: str
    remedy: str

    def __new__(cls, value: str, meaning: str, remedy: str) -> Self:
        reason = str.__new__(cls, value)
        reason._value_ = value
        reason.meaning = meaning
        reason.remedy = remedy
        return reason

    EMPTY = (
        "empty",
        "The file holds nothing but white space.",
        "Nothing to do. If it should hold text, fetch it again.",
    )
    NOT_TEXT = (
        "not_text",
        "The bytes are no text: a picture, a program, noise.",
        "Nothing to do, or convert it to text first.",
    )
    UNDECODABLE = (
        "undecodable",
        "The text is in no encoding that is known.",
        "Save the file as UTF-8 and ingest it again.",
    )
    TOO_LARGE = (
        "too_large",
        "The document is larger than `max_bytes`, or its gzip data unpacks to more than that. Its first part is kept.",
        "Raise `--max-bytes` and ingest it again.",
    )
    UNREADABLE = (
        "unreadable",
        "The file could not be read, or its packed data is damaged, packed twice, or packed in an unknown way.",
        "Check its permissions, or fetch it again; then ingest it again.",
    )
    VANISHED = (
        "vanished",
        "The file was listed and then gone before it was read.",
        "Put it back and ingest it again.",
    )
    BROKEN_CONTAINER = (
        "broken_container",
        "An archive, a table or a web archive cannot be read to its end. The detail says where and why.",
        "Correct the file or the source's settings, then ingest again. Members that were read before are kept.",
    )
    BROKEN_MEMBER = (
        "broken_member",
        "A member of an archive or a record of a web archive is damaged. Those before and after it are read.",
        "Fetch the container again, or unpack it and ingest the file itself.",
    )
    BROKEN_ROW = (
        "broken_row",
        "A row of a table cannot be read, or its text is a structure that is no text. The others are read.",
        "Correct the row, or name the column of the text in `columns` of the source.",
    )
    TRUNCATED = (
        "truncated",
        "A body or a record was cut short when it was saved.",
        "Fetch it again.",
    )
    UNSUPPORTED_COMPRESSION = (
        "unsupported_compression",
        "A member is packed in a way that is not read.",
        "Unpack the container and ingest the files.",
    )
    TOO_MANY_MEMBERS = (
        "too_many_members",
        "A container holds more members than its bound.",
        "Unpack it and ingest the folder, or split it.",
    )
    TOO_SLOW = (
        "too_slow",
        "Reading a container took more processor time than its bound.",
        "Unpack it and ingest the files.",
    )
    INVALID_ADDRESS = (
        "invalid_address",
        "An address that is none: a wrong port or host, or over 4,096 characters.",
        "Correct the address in the list, feed or sitemap. All others are read.",
    )
    ENCRYPTED = (
        "encrypted",
        "A member of an archive is locked by a password.",
        "Unpack it and ingest the file itself.",
    )
    UNREACHABLE = (
        "unreachable",
        "An address could not be fetched: no answer, an error of the server, too many redirects.",
        "See whether the address is right. To fetch it again: `copydesk requeue --reason unreachable`.",
    )
    FORBIDDEN = (
        "forbidden",
        "An address that the site's robots.txt, its scheme, its port or its private host keeps from being fetched.",
        "For a private host of your own name it in `allow` of the source. Nothing else makes it allowed.",
    )
    WRONG_KIND = (
        "wrong_kind",
        "An address answered with neither HTML nor plain text.",
        "Take it out of the list, or name the address of the page itself.",
    )
    NO_ARTICLE = (
        "no_article",
        "The document holds fewer than 25 words of running text.",
        "Look at what was made of it: `copydesk clean FILE`.",
    )
    EXPECTATION = (
        "expectation",
        "A row of the document broke an expectation; `rejects.expectation` names it.",
        "Read the detail. After the rules were mended: `copydesk requeue --reason NAME-OF-THE-EXPECTATION`.",
    )
    FAILED = (
        "failed",
        "A rule raised an error; its traceback is the detail.",
        "Report it with the detail. After an update: `copydesk requeue --reason failed`.",
    )
    TIMED_OUT = (
        "timed_out",
        "The rules used more than `max_seconds` of processor time for the document.",
        "Raise `max_seconds`, then `copydesk requeue --reason timed_out`.",
    )
    CRASHED_WORKER = (
        "crashed_worker",
        "The process that read the document died twice, stood still, or used more than `max_memory`.",
        "Raise `max_memory`, then `copydesk requeue --reason crashed_worker`. Report the file if that does not help.",
    )
