"""Encodings are told apart."""

from __future__ import annotations

import random

import pytest

from copydesk.transforms.cleaning.decode import decode, decode_document, inflate
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


STYLE = "<style>" + ".menu li { margin: 0 auto; padding: 3px 5px }\n" * 60 + "</style>"
SPOKEN = {
    "windows-1251": "Больницу закроют в июне, сообщил мэр города.",
    "koi8-r": "Больницу закроют в июне, сообщил мэр города.",
    "iso-8859-9": "Hastane haziran ayında kapanıyor, dedi Belediye Başkanı.",
    "shift_jis": "市の病院は六月に閉鎖されると市長が述べた。",
    "iso-2022-jp": "市の病院は六月に閉鎖されると市長が述べた。",
    "gb2312": "市长说医院将在六月关闭。",
    "euc-kr": "시장은 병원이 유월에 문을 닫는다고 말했다.",
    "windows-1256": "قال رئيس البلدية إن المستشفى سيغلق في يونيو.",
    "tis-620": "นายกเทศมนตรีกล่าวว่าโรงพยาบาลจะปิดในเดือนมิถุนายน",
}


@pytest.mark.parametrize("charset", SPOKEN)
def test_the_charset_that_a_page_names_is_believed_before_any_guess(charset: str) -> None:
    """Most of a page is ASCII of styles and menus, which tells a guesser nothing."""
    for named in (
        f'<meta charset="{charset}">',
        f"<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset={charset.upper()}'>",
    ):
        page = f"<html><head>{named}{STYLE}</head><body><p>{SPOKEN[charset]}</p></body></html>"
        assert decode_document(page.encode(charset), "text/html", 10**6) == page
        assert decode_document(page.encode(charset), "text/html; charset=windows-1252", 10**6) == page
    page = f'<?xml version="1.0" encoding="{charset}"?><html><head>{STYLE}</head><body><p>{SPOKEN[charset]}</p></body></html>'
    assert decode_document(page.encode(charset), "text/html", 10**6) == page


def test_a_page_that_names_a_wrong_charset_is_read_by_its_bytes() -> None:
    page = f"<meta charset=windows-1251>{STYLE}<p>“We are far,” said the mayor of Malmö.</p>"
    assert decode_document(page.encode(), "text/html", 10**6) == page
    page = page.replace("windows-1251", "utf-16")
    assert decode_document(page.encode(), "text/html", 10**6) == page
    assert decode_document(TEXT.encode("cp1252"), "text/plain", 10**6) == TEXT
