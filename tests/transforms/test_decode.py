"""Encodings are told apart."""

from __future__ import annotations

import random

import pytest

from copydesk.transforms.decode import decode, inflate
from copydesk.transforms.types import Verdict

TEXT = "“We are far,” he said. The café’s owner – a man of 40 – left for Malmö on Tuesday. " * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_western_text(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("El presidente dijo que la situación en España está más difícil. " * 5, "latin-1"),
        ("Zażółć gęślą jaźń, powiedział minister w środę w Warszawie. " * 5, "cp1250"),
        ("Президент сказал, что ситуация сложная. " * 5, "cp1251"),
        ("彼は昨日東京で話した。状況は難しい。" * 5, "shift_jis"),
    ],
)
def test_other_alphabets(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def reason(found: str | bytes | Verdict) -> str | None:
    return found.reason if isinstance(found, Verdict) else None


def test_what_is_no_text() -> None:
    assert reason(decode(b"")) == "empty"
    assert reason(decode(b" \r\n\t ")) == "empty"
    assert reason(decode("\ufeff".encode())) == "empty"
    assert reason(decode(random.Random(5).randbytes(3000))) == "not_text"
    assert reason(decode(b"\x89PNG\r\n\x1a\n" + b"\0\1\2" * 300)) == "not_text"
    assert reason(inflate(b"\x1f\x8bnot really", 100)) == "unreadable"
