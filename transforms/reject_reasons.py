"""Why a document can be turned away: every reason slug with what it means and what to do.

A reject carries one of these slugs in `rejects.reason` and `documents.reason`; `copydesk requeue --reason SLUG` decides
such documents again. The page docs/reference/reject-reasons.md is made from this table, and a test fails on a slug that
the code uses and this table lacks.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectReason:
    """What a reject slug means: `what` the document was, and the `remedy` for a person."""

    what: str
    remedy: str


REASONS = {
    "empty": RejectReason(
        what="The file holds nothing but white space.",
        remedy="Nothing to do. If it should hold text, fetch it again.",
    ),
    "not_text": RejectReason(
        what="The bytes are no text: a picture, a program, noise.",
        remedy="Nothing to do, or convert it to text first.",
    ),
    "undecodable": RejectReason(
        what="The text is in no encoding that is known.",
        remedy="Save the file as UTF-8 and ingest it again.",
    ),
    "too_large": RejectReason(
        what="The document is larger than `max_bytes`, or its gzip data unpacks to more than that. Its first part is kept.",
        remedy="Raise `--max-bytes` and ingest it again.",
    ),
    "unreadable": RejectReason(
        what="The file could not be read, or its packed data is damaged, packed twice, or packed in an unknown way.",
        remedy="Check its permissions, or fetch it again; then ingest it again.",
    ),
    "vanished": RejectReason(
        what="The file was listed and then gone before it was read.",
        remedy="Put it back and ingest it again.",
    ),
    "broken_container": RejectReason(
        what="An archive, a table or a web archive cannot be read to its end. The detail says where and why.",
        remedy="Correct the file or the source's settings, then ingest again. Members that were read before are kept.",
    ),
    "broken_member": RejectReason(
        what="A member of an archive or a record of a web archive is damaged. Those before and after it are read.",
        remedy="Fetch the container again, or unpack it and ingest the file itself.",
    ),
    "broken_row": RejectReason(
        what="A row of a table cannot be read, or its text is a structure that is no text. The others are read.",
        remedy="Correct the row, or name the column of the text in `columns` of the source.",
    ),
    "truncated": RejectReason(
        what="A body or a record was cut short when it was saved.",
        remedy="Fetch it again.",
    ),
    "unsupported_compression": RejectReason(
        what="A member is packed in a way that is not read.",
        remedy="Unpack the container and ingest the files.",
    ),
    "too_many_members": RejectReason(
        what="A container holds more members than its bound.",
        remedy="Unpack it and ingest the folder, or split it.",
    ),
    "too_slow": RejectReason(
        what="Reading a container took more processor time than its bound.",
        remedy="Unpack it and ingest the files.",
    ),
    "invalid_address": RejectReason(
        what="An address that is none: a wrong port or host, or over 4,096 characters.",
        remedy="Correct the address in the list, feed or sitemap. All others are read.",
    ),
    "encrypted": RejectReason(
        what="A member of an archive is locked by a password.",
        remedy="Unpack it and ingest the file itself.",
    ),
    "unreachable": RejectReason(
        what="An address could not be fetched: no answer, an error of the server, too many redirects.",
        remedy="See whether the address is right. To fetch it again: `copydesk requeue --reason unreachable`.",
    ),
    "forbidden": RejectReason(
        what="An address that the site's robots.txt, its scheme, its port or its private host keeps from being fetched.",
        remedy="For a private host of your own name it in `allow` of the source. Nothing else makes it allowed.",
    ),
    "wrong_kind": RejectReason(
        what="An address answered with neither HTML nor plain text.",
        remedy="Take it out of the list, or name the address of the page itself.",
    ),
    "no_article": RejectReason(
        what="The document holds fewer than 25 words of running text.",
        remedy="Look at what was made of it: `copydesk clean FILE`.",
    ),
    "expectation": RejectReason(
        what="A row of the document broke an expectation; `rejects.expectation` names it.",
        remedy="Read the detail. After the rules were mended: `copydesk requeue --reason NAME-OF-THE-EXPECTATION`.",
    ),
    "failed": RejectReason(
        what="A rule raised an error; its traceback is the detail.",
        remedy="Report it with the detail. After an update: `copydesk requeue --reason failed`.",
    ),
    "timed_out": RejectReason(
        what="The rules used more than `max_seconds` of processor time for the document.",
        remedy="Raise `max_seconds`, then `copydesk requeue --reason timed_out`.",
    ),
    "crashed_worker": RejectReason(
        what="The process that read the document died twice, stood still, or used more than `max_memory`.",
        remedy="Raise `max_memory`, then `copydesk requeue --reason crashed_worker`. Report the file if that does not help.",
    ),
}
